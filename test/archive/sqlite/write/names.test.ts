import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { firstIdAt } from '../../../../src/core/snowflake.ts'
import { archiveFile } from '../../../support/archive/archive-file.ts'
import { freshGuild, testArchive } from '../../../support/archive/shared-archive.ts'
import { entriesOf } from '../../../support/entries/entries.ts'

test.each([
  ['on the same day is not written again', 23, 0],
  ['on a later day is written again', 25, 25],
])('a member who is seen again %s', async (_, hours, written) => {
  const [path, guildId] = [archiveFile(onTestFinished), freshGuild()]
  const archive = await testArchive(path)
  const at = (hours: number) => firstIdAt(Date.UTC(2026, 10, 1, hours))
  const act = (id: string) => entriesOf(guildId, [{ id, action_type: 72, user_id: '7', target_id: '8' }])
  const names = [{ id: '7', type: 'user', name: 'ann', at: at(0), presence: 'named' }] as const
  await archive.record([{ guildId, from: 'rest', entries: act(at(0)), names }])
  await archive.record([{ guildId, from: 'gateway', entries: act(at(hours)) }])
  const database = new DatabaseSync(path, { readOnly: true })
  const rows = database.prepare('SELECT id, CAST(present_at AS TEXT) AS at FROM name').all()
  database.close()
  expect(rows).toEqual([{ id: 7, at: at(written) }])
})
