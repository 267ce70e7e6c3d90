import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { Kind } from '../../../../src/core/audit-log/kind.ts'
import { firstIdAt } from '../../../../src/core/snowflake.ts'
import { archiveBefore } from '../../../support/archive/archive-before.ts'
import { testArchive } from '../../../support/archive/shared-archive.ts'
import { allEntries, entriesOf } from '../../../support/entries/entries.ts'

const GUILD = '800000000000000001'
const NOON = Date.UTC(2026, 10, 24, 12)

const ends = (new_value: unknown) => ({ key: 'communication_disabled_until', new_value })

/** Changes that were all stored as timeouts once, and their right kind. */
const CASES: readonly [changes: readonly unknown[], kind: number][] = [
  [[ends('2026-11-24T12:10:00.000000+00:00')], Kind.Timeout],
  [[ends('2026-11-24T11:50:00.000000+00:00')], Kind.TimeoutRemove],
  [[ends('2026-11-24T12:10:00+01:00')], Kind.TimeoutRemove],
  [['odd', null, { key: 'nick', new_value: 'a' }, ends('2023-01-13T00:27:45.148+01:00')], Kind.TimeoutRemove],
  [[ends('soon')], Kind.Timeout],
  [[ends('1')], Kind.Timeout],
  [[ends(1)], Kind.Timeout],
  [[ends({ in: 'a week' })], Kind.Timeout],
]

const payloads = CASES.map(([changes], index) => ({
  id: String(BigInt(firstIdAt(NOON)) + BigInt(index)),
  action_type: 24,
  user_id: '7',
  target_id: '8',
  changes,
}))

test('entries that were stored as timeouts with a date in the past are corrected, and so are the sums', async () => {
  const path = await archiveBefore('0003-past-timeouts', entriesOf(GUILD, payloads), async (db) => {
    await sql`UPDATE entry SET kind = -1`.execute(db)
    const { rows } = await sql`SELECT kind, entries FROM daily`.execute(db)
    expect(rows).toEqual([{ kind: -1, entries: CASES.length }])
  })

  const after = await testArchive(path)
  const entries = await allEntries(after, GUILD)
  expect(entries.map(({ kind }) => kind)).toEqual(CASES.map(([, kind]) => kind))
  const counted = await after.countByKind(GUILD, {})
  const searched = await after.countByKind(GUILD, { targetId: '8' })
  for (const counts of [counted, searched]) {
    expect(Object.fromEntries(counts.map(({ key, entries: number }) => [key, number]))).toEqual({
      [Kind.Timeout]: 5,
      [Kind.TimeoutRemove]: 3,
    })
  }
})
