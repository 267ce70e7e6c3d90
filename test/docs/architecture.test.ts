import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const ROOT = new URL('../../', import.meta.url)

/** Paths in the code marks of a document, such as `src/start.ts`, `commands/` or `npm test -- test/core`. */
function pathsIn(document: string): string[] {
  const text = readFileSync(new URL(document, ROOT), 'utf8')
  const code = [...text.matchAll(/`[^`\n]+`/g)].map(([marked]) => marked).join(' ')
  const paths = code.matchAll(/(?<![\w./-])(?:src|commands|sandbox|test|docs|\.github|\.ci)\/[\w./-]*/g)
  return [...new Set([...paths].map(([path]) => path))]
}

/** Folders of the tree, which the rooms of the architecture page have to name. */
const ROOMS = [
  'archive',
  'chart',
  'command',
  'core',
  'discord',
  'process',
  'sharding',
  'server',
  'sync',
  'view',
  'watch',
  'worker',
]

describe.each(['docs/architecture.md', 'CONTRIBUTING.md', 'README.md', 'SECURITY.md'])('%s', (document) => {
  test('names files and folders that exist', () => {
    const paths = pathsIn(document)
    expect(paths.length).toBeGreaterThan(3)
    expect(paths.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([])
  })
})

test('docs/architecture.md names every room of src', () => {
  const paths = pathsIn('docs/architecture.md')
  expect(ROOMS.filter((room) => !paths.includes(`src/${room}/`))).toEqual([])
})
