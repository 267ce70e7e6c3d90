import fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { automaticActor } from '../../../../src/core/audit-log/action.ts'
import type { Entry } from '../../../../src/core/audit-log/entry.ts'
import { maxId } from '../../../../src/core/snowflake.ts'
import { archiveBefore } from '../../../support/archive/archive-before.ts'
import { testArchive } from '../../../support/archive/shared-archive.ts'
import { entriesOf } from '../../../support/entries/entries.ts'

const MEMBERS = ['1', '2', '3', '4', '5', '6']

const timeout = { key: 'communication_disabled_until', new_value: '2099-01-01T00:00:00+00:00' }

const anyPayload = fc.record(
  {
    action_type: fc.constantFrom(20, 22, 23, 24, 25, 28, 72, 74, 75, 143, 144, 145, 146, 180),
    user_id: fc.option(fc.constantFrom(...MEMBERS)),
    target_id: fc.option(fc.constantFrom(...MEMBERS)),
    changes: fc.constantFrom([], [timeout], [{ key: timeout.key }]),
  },
  { requiredKeys: ['action_type', 'user_id', 'target_id'] },
)

/** The newest of the entries that say something of a member, as an id. */
const newest = (entries: readonly Entry[], says: (entry: Entry) => boolean) =>
  entries.filter(says).reduce((last, { id }) => maxId(last, id), '0')

/** Logs of guilds in one archive, because it takes long to open many. */
const anyLogs = fc.array(fc.array(anyPayload, { maxLength: 25 }), { minLength: 20, maxLength: 20 })

test('an earlier archive knows who is present as if the current version had stored it', async () => {
  await fc.assert(
    fc.asyncProperty(anyLogs, async (logs) => {
      const guilds = logs.map((payloads, index) => {
        const guildId = String(100_000 + index)
        const sent = payloads.map((payload, nth) => ({ id: String(200_000 + nth), ...payload }))
        return { guildId, entries: entriesOf(guildId, sent) }
      })
      const path = await archiveBefore(
        '0007-vocabulary',
        guilds.flatMap(({ entries }) => entries),
        async (db) => {
          for (const { guildId, entries } of guilds) await nameMembers(db, guildId, entries)
        },
      )
      const upgraded = await testArchive(path)
      const current = await testArchive()
      const names = MEMBERS.map((id) => ({ id, type: 'user', name: id, at: '1', presence: 'named' }) as const)
      await current.record(guilds.map((guild) => ({ ...guild, from: 'rest' as const, names })))
      const presences = (archive: typeof current) =>
        Promise.all(
          guilds.map(async ({ guildId }) =>
            (await archive.names(guildId, MEMBERS)).all.map(({ id, presence }) => [id, presence]).sort(),
          ),
        )
      expect(await presences(upgraded)).toEqual(await presences(current))
    }),
    { numRuns: 4 },
  )
})

/** Names the members of a guild, with what the earlier version knew of their presence. */
async function nameMembers(db: Kysely<unknown>, guildId: string, entries: readonly Entry[]): Promise<void> {
  for (const id of MEMBERS) {
    const actedAt = newest(entries, (entry) => entry.executorId === id && !automaticActor(entry.kind))
    const goneAt = newest(entries, (entry) => entry.targetId === id && [20, 22].includes(entry.kind))
    await sql`
      INSERT INTO name (guild, id, class, "is", name, folded, named_at, there_at, gone_at)
      VALUES (${BigInt(guildId)}, ${BigInt(id)}, 'user', 'user', ${id}, ${id}, 1, ${BigInt(actedAt)}, ${BigInt(goneAt)})`.execute(
      db,
    )
  }
}
