import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { archiveFile } from '../support/archive/archive-file.ts'
import { isOnPostgres } from '../support/archive/archive-url.ts'
import { freshGuild, sharedArchive, testArchive } from '../support/archive/shared-archive.ts'
import { entryOf } from '../support/entries/entries.ts'

const archive = await sharedArchive()

test('checking whether the archive can be written leaves nothing in it, many at once too', async () => {
  await archive.checkWritable()
  await Promise.all(Array.from({ length: 5 }, () => archive.checkWritable()))
  expect(await archive.guilds()).toEqual([])
  expect(await archive.wasAsked('-1')).toBe(false)
})

test.skipIf(isOnPostgres())('an archive that another program has locked cannot be written', async () => {
  const path = archiveFile()
  const locked = await testArchive(path)
  const other = new DatabaseSync(path)
  other.exec('BEGIN EXCLUSIVE')
  await expect(locked.checkWritable()).rejects.toThrow('database is locked')
  other.close()
  await locked.checkWritable()
})

test('the size grows with what is stored', async () => {
  const grown = await testArchive(isOnPostgres() ? undefined : archiveFile())
  const before = await grown.size()
  const guildId = freshGuild()
  const entries = Array.from({ length: 2000 }, (_, index) =>
    entryOf(guildId, {
      id: String(index + 1),
      action_type: 22,
      user_id: '7',
      target_id: '8',
      reason: 'Spam',
    }),
  )
  await grown.record([{ guildId, from: 'rest', entries }])
  expect(before).toBeGreaterThan(10_000)
  expect((await grown.size()) - before).toBeGreaterThan(100_000)
})

test('a guild has a hole while something is missing between two ranges', async () => {
  const holed = await testArchive()
  expect(await holed.countWithHoles()).toBe(0)
  const complete = (guildId: string, start: string, end: string) =>
    holed.record([{ guildId, from: 'rest', entries: [], complete: [{ start, end }] }])
  for (const guildId of ['1', '2']) {
    await complete(guildId, '10', '20')
    await complete(guildId, '30', '40')
  }
  await complete('3', '10', '20')
  expect(await holed.countWithHoles()).toBe(2)
  await complete('2', '20', '30')
  expect(await holed.countWithHoles()).toBe(1)
})
