import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { archiveBefore } from '../../../support/archive/archive-before.ts'
import { testArchive } from '../../../support/archive/shared-archive.ts'
import { entriesOf } from '../../../support/entries/entries.ts'

/** What is stored of a guild, in the tables of that time. */
const STORED = [
  "entry (guild, id, kind, payload_rest) VALUES (11, 1, 22, '[{}]'), (12, 1, 22, '[{}]')",
  'coverage (guild, start, "end") VALUES (21, 5, 9)',
  'guild (guild, read_at, swept_at) VALUES (21, 700, 600), (22, 800, NULL)',
  `name (guild, id, class, type, name, folded, named_at, present_at, gone_at)
    VALUES (31, 1, 'role', 'role', 'R', 'r', 1, 1, 0)`,
  "saved_query (guild, asked_at, query) VALUES (41, 5, '{}')",
  "setting (guild, time_zone) VALUES (51, 'Asia/Tokyo')",
  "operation (guild, id, executor, type, detail) VALUES (61, 1, 7, 'export', '{}')",
  'erasure (guild, member, up_to, stage) VALUES (71, -1, 100, 0)',
  'departure (guild, at) VALUES (11, 5)',
]

test('the register has every server of which anything but erasures is stored, and when its log was read', async () => {
  const path = await archiveBefore('0010-one-guild-at-a-time', [], async (db) => {
    for (const rows of STORED) await sql`INSERT INTO ${sql.raw(rows)}`.execute(db)
  })
  const archive = await testArchive(path)
  expect((await archive.guilds()).sort()).toEqual(['11', '12', '21', '22', '31', '41', '51', '61'])
  expect(await archive.coverage('21')).toEqual({
    ranges: [{ start: '5', end: '9' }],
    readAt: 700,
    sweptAt: 600,
  })
  expect((await archive.coverage('22')).readAt).toBe(800)
})

test('sums go on where the triggers stopped, so that they are gone with the last entry', async () => {
  const entries = entriesOf('11', [
    { id: '1', action_type: 22, user_id: '7' },
    { id: '2', action_type: 72, user_id: '7', options: { count: '3' } },
  ])
  const archive = await testArchive(await archiveBefore('0010-one-guild-at-a-time', entries))
  const more = entriesOf('11', [
    { id: '2', action_type: 72, user_id: '7', options: { count: '5' } },
    { id: '3', action_type: 22, user_id: '7' },
  ])
  await archive.record([{ guildId: '11', from: 'rest', entries: more }])
  expect((await archive.countByKind('11', {})).toSorted((a, b) => a.key - b.key)).toEqual([
    { key: 22, entries: 2, units: 2 },
    { key: 72, entries: 1, units: 5 },
  ])
  await archive.applyRetention('11', '9', 0)
  expect([await archive.countHeld('11'), await archive.countByKind('11', {})]).toEqual([0, []])
})
