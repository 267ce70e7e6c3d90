import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { linkSync, mkdirSync, readdirSync, symlinkSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { backUp } from '../../src/archive/backup.ts'
import { openArchive } from '../../src/archive/open.ts'
import { OperatorError } from '../../src/core/operator-error.ts'
import { archiveFile } from '../support/archive-file.ts'
import { testArchive } from '../support/shared-archive.ts'

const HOLDER = fileURLToPath(new URL('../support/archive-holder.ts', import.meta.url))

/** A process that holds an archive until the test is over. */
async function holder(path: string): Promise<void> {
  const child = spawn(process.execPath, [HOLDER, path], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(async () => {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  })
  await once(child.stdout, 'data')
}

function inUse(path: string): OperatorError {
  return new OperatorError(
    `The archive ${path} is in use by another Custos. Stop that one first, or set DATABASE_URL to another file.`,
  )
}

function twoNames(path: string): OperatorError {
  return new OperatorError(
    `The archive ${path} has 2 names (hard links), and each would be taken for another archive. Remove the other ` +
      'names, or put a copy of the file in its place.',
  )
}

describe('an archive that a process holds lets no second one in', () => {
  test('by a symbolic link to it, nor by a link to that link', async () => {
    const path = archiveFile()
    await holder(path)
    const link = join(dirname(path), 'link.db')
    symlinkSync(path, link)
    const toLink = join(dirname(path), 'to-link.db')
    symlinkSync('link.db', toLink)
    await expect(openArchive(link)).rejects.toThrow(inUse(path))
    await expect(openArchive(toLink)).rejects.toThrow(inUse(path))
  })

  test('by a link to a folder that it lies in', async () => {
    const path = archiveFile()
    await holder(path)
    const folder = `${dirname(path)}/elsewhere`
    symlinkSync(dirname(path), folder)
    await expect(openArchive(join(folder, 'custos.db'))).rejects.toThrow(inUse(path))
  })

  test('by a hard link, which nobody may copy either', async () => {
    const path = archiveFile()
    await holder(path)
    const folder = join(dirname(path), 'elsewhere')
    mkdirSync(folder)
    const other = join(folder, 'other.db')
    linkSync(path, other)
    await expect(openArchive(other)).rejects.toThrow(twoNames(other))
    await expect(backUp(other, archiveFile())).rejects.toThrow(twoNames(other))
    expect(readdirSync(folder).sort()).toEqual(['other.db', 'other.db.lock'])
  })
})

test('an archive whose second name is gone is opened', async () => {
  const path = archiveFile()
  await (await testArchive(path)).close()
  linkSync(path, `${path}.link`)
  await expect(openArchive(path)).rejects.toThrow(twoNames(path))
  unlinkSync(`${path}.link`)
  await expect(testArchive(path)).resolves.toBeDefined()
})

test('a link that leads to no file yet gets its archive where it leads, and one for both names', async () => {
  const path = archiveFile()
  const link = join(dirname(path), 'link.db')
  symlinkSync(join('folder', 'custos.db'), link)
  await testArchive(link)
  await expect(openArchive(join(dirname(path), 'folder', 'custos.db'))).rejects.toThrow(
    'is in use by another',
  )
  expect(readdirSync(dirname(path)).sort()).toEqual(['folder', 'link.db'])
})

test('a link that leads in a circle is refused with a sentence', async () => {
  const path = archiveFile()
  symlinkSync(path, path)
  const refused = expect(openArchive(path)).rejects
  await refused.toThrow(OperatorError)
  await refused.toThrow(`The archive ${path} cannot be opened: ELOOP`)
})
