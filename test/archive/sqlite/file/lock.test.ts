import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { linkSync, mkdirSync, readdirSync, symlinkSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { backUp } from '../../../../src/archive/sqlite/file/backup.ts'
import { openArchive } from '../../../../src/archive/sqlite/open.ts'
import { OperatorError } from '../../../../src/core/errors.ts'
import { archiveFile } from '../../../support/archive/archive-file.ts'
import { testArchive } from '../../../support/archive/shared-archive.ts'
import { hasSmallDisks, onSmallDisk } from '../../../support/archive/small-disk.ts'

test('an archive can be open in one process at a time, until that closes it or is killed', async () => {
  const path = archiveFile()
  const holder = await holdElsewhere(path)
  await expect(openArchive(path)).rejects.toThrow(inUse(path))

  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const archive = await testArchive(path)
  expect(await archive.findNames('1', 'kept', 1)).toHaveLength(1)
  await expect(openArchive(path)).rejects.toThrow(inUse(path))

  await archive.close()
  await expect(testArchive(path)).resolves.toBeDefined()
})

function inUse(path: string): OperatorError {
  return new OperatorError(
    `The archive ${path} is in use by another Custos. Stop that one first, or set DATABASE_URL to another file.`,
  )
}

function twoNames(path: string): OperatorError {
  return new OperatorError(
    `The archive ${path} has 2 names (hard links), and each would be treated as another archive. Remove the other ` +
      'names, or put a copy of the file in its place.',
  )
}

describe('an archive that is in use cannot be opened', () => {
  test('by a symbolic link, or a link to that link', async () => {
    const path = archiveFile()
    await holdElsewhere(path)
    const link = join(dirname(path), 'link.db')
    symlinkSync(path, link)
    const toLink = join(dirname(path), 'to-link.db')
    symlinkSync('link.db', toLink)
    await expect(openArchive(link)).rejects.toThrow(inUse(path))
    await expect(openArchive(toLink)).rejects.toThrow(inUse(path))
  })

  test('by a link to its folder', async () => {
    const path = archiveFile()
    await holdElsewhere(path)
    const folder = `${dirname(path)}/elsewhere`
    symlinkSync(dirname(path), folder)
    await expect(openArchive(join(folder, 'custos.db'))).rejects.toThrow(inUse(path))
  })

  test('by a hard link, which cannot be copied either', async () => {
    const path = archiveFile()
    await holdElsewhere(path)
    const folder = join(dirname(path), 'elsewhere')
    mkdirSync(folder)
    const other = join(folder, 'other.db')
    linkSync(path, other)
    await expect(openArchive(other)).rejects.toThrow(twoNames(other))
    await expect(backUp(other, archiveFile())).rejects.toThrow(twoNames(other))
    expect(readdirSync(folder).sort()).toEqual(['other.db', 'other.db.lock'])
  })
})

test('an archive can be opened once its second name is removed', async () => {
  const path = archiveFile()
  await (await testArchive(path)).close()
  linkSync(path, `${path}.link`)
  await expect(openArchive(path)).rejects.toThrow(twoNames(path))
  unlinkSync(`${path}.link`)
  await expect(testArchive(path)).resolves.toBeDefined()
})

test('a link to a missing file creates the archive at its target, and both names are one archive', async () => {
  const path = archiveFile()
  const link = join(dirname(path), 'link.db')
  symlinkSync(join('folder', 'custos.db'), link)
  await testArchive(link)
  await expect(openArchive(join(dirname(path), 'folder', 'custos.db'))).rejects.toThrow(
    'is in use by another',
  )
  expect(readdirSync(dirname(path)).sort()).toEqual(['folder', 'link.db'])
})

test('links that form a circle fail with a message', async () => {
  const path = archiveFile()
  symlinkSync(path, path)
  const rejected = expect(openArchive(path)).rejects
  await rejected.toThrow(OperatorError)
  await rejected.toThrow(`The archive ${path} cannot be opened: ELOOP`)
})

/** Opens the archive in another process. */
async function holdElsewhere(path: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../../../support/archive/archive-holder.ts', import.meta.url))
  const holder = spawn(process.execPath, [script, path], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => {
    holder.kill('SIGKILL')
  })
  const [output] = await once(holder.stdout, 'data')
  expect(String(output)).toBe('held')
  return holder
}

test.skipIf(!hasSmallDisks(tmpdir()))('an archive that is mounted as a single file cannot be opened', () => {
  const error = expect.stringMatching(/is mounted as a single file.* Mount its folder instead\.$/)
  expect(onSmallDisk('open-mounted-file.ts', dirname(archiveFile()))).toEqual({
    opened: error,
    copied: error,
    beside: ['custos.db'],
  })
})

// Node’s own way to create several folders never returns there.
test.skipIf(process.platform !== 'linux')(
  'an archive where no folder can be created cannot be opened, and the error says so',
  async () => {
    await expect(openArchive('/proc/custos/data/custos.db')).rejects.toThrow(
      new OperatorError(
        "The archive /proc/custos/data/custos.db cannot be opened: ENOENT: no such file or directory, mkdir '/proc/custos'. " +
          'Custos needs permission to read and write that file and its folder.',
      ),
    )
  },
)
