import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { migrations } from '../../../../src/archive/sqlite/migrations/index.ts'

const FOLDER = new URL('../../../../src/archive/sqlite/migrations/', import.meta.url)

const files = readdirSync(FOLDER).filter((name) => name !== 'index.ts')

test('each migration is a file of its own, named by its number', () => {
  expect(files.sort()).toEqual(Object.keys(migrations).map((name) => `${name}.ts`))
  expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, index) => index + 1))
})

test.each(files)('%s imports nothing that can change', (name) => {
  const source = readFileSync(new URL(name, FOLDER), 'utf8')
  const imported = [...source.matchAll(/\b(?:from|import|require)\s*\(?\s*'([^']+)'/g)].map(
    ([, from]) => from,
  )
  expect(imported).toEqual(['kysely'])
})
