import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addBackup } from '../../src/archive/backup-folder.ts'
import { OperatorError } from '../../src/core/errors.ts'
import { archiveFile } from '../support/archive/archive-file.ts'

const NOW = Date.parse('2026-11-24T03:15:00.789Z')
const NEW = 'custos-2026-11-24T031500Z.db'

const dayOf = (day: number, ending = 'db') => `custos-2026-11-${day}T031500Z.${ending}`

/** A folder with files, and a function that makes a backup in it. */
function folderOf(...names: string[]) {
  const folder = dirname(archiveFile())
  for (const name of names) writeFileSync(join(folder, name), '')
  const add = (keep: number, now = NOW) =>
    addBackup({ folder, ending: 'db', keep, now }, async (path) => writeFileSync(path, ''))
  return { folder, add, names: () => readdirSync(folder).sort() }
}

describe('a backup in a folder', () => {
  test('has the time in its name, and its folder is created for its owner only', async () => {
    const folder = join(folderOf().folder, 'a', 'b')
    const options = { folder, ending: 'dump', keep: 1, now: NOW } as const
    expect(await addBackup(options, async (path) => path)).toEqual({
      result: join(folder, 'custos-2026-11-24T031500Z.dump'),
      deleted: 0,
    })
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  test('deletes the oldest ones beyond those to keep, of both kinds of archive', async () => {
    const { add, names } = folderOf(dayOf(20), dayOf(21, 'dump'), dayOf(22), dayOf(23))
    expect(await add(3)).toMatchObject({ deleted: 2 })
    expect(names()).toEqual([dayOf(22), dayOf(23), NEW])
  })

  test('deletes nothing while there are fewer', async () => {
    const { add, names } = folderOf(dayOf(23))
    expect(await add(14)).toMatchObject({ deleted: 0 })
    expect(names()).toEqual([dayOf(23), NEW])
  })

  test('deletes no other file', async () => {
    const others = ['custos.db', 'notes.txt', `${dayOf(20)}.copy`, `old-${dayOf(20)}`, 'custos-2025.db']
    const { add, names } = folderOf(...others, dayOf(20))
    expect(await add(1)).toMatchObject({ deleted: 1 })
    expect(names()).toEqual([...others, NEW].sort())
  })

  test('stays when the clock was set back, and the others seem newer', async () => {
    const { add, names } = folderOf(dayOf(27), dayOf(28))
    await add(2)
    expect(names()).toEqual([NEW, dayOf(28)])
  })

  test('deletes none if it fails', async () => {
    const { folder, names } = folderOf(dayOf(20), dayOf(21))
    const failure = new OperatorError('The disk is full.')
    const options = { folder, ending: 'db', keep: 1, now: NOW } as const
    await expect(addBackup(options, () => Promise.reject(failure))).rejects.toBe(failure)
    expect(names()).toEqual([dayOf(20), dayOf(21)])
  })

  test('says what cannot be created or deleted', async () => {
    const { folder, add } = folderOf('file')
    mkdirSync(join(folder, dayOf(20)))
    await expect(add(1)).rejects.toThrow(
      `The backup is complete, but the old one ${join(folder, dayOf(20))} cannot be deleted: `,
    )
    const below = { folder: join(folder, 'file', 'below'), ending: 'db', keep: 1, now: NOW } as const
    await expect(addBackup(below, async () => {})).rejects.toThrow(
      `The folder ${below.folder} cannot be created: `,
    )
  })
})
