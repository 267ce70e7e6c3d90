import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MODERATING } from '../../../../src/core/audit-log/action.ts'
import { Kind } from '../../../../src/core/audit-log/kind.ts'
import { compareIds } from '../../../../src/core/snowflake.ts'
import { archiveBefore } from '../../../support/archive/archive-before.ts'
import { testArchive } from '../../../support/archive/shared-archive.ts'
import { allEntries, entriesOf, withPruneParts } from '../../../support/entries/entries.ts'
import { anyPrunesAmongOthers, prune } from '../../../support/entries/prunes.ts'

const GUILD = '900000000000000000'
const [MOD, OTHER, ACTIVE, PRUNED, AND] = ['101', '102', '103', '9007199254740993', '104']

test('the later parts of large prunes in an earlier archive are recognized', async () => {
  const prunes = [
    prune(0, MOD, { removed: 3 }),
    prune(1, OTHER),
    prune(1.1, PRUNED),
    { ...prune(1.2, AND, { removed: 412 }), reason: 'Spring cleaning', odd: { ' as': ['sent'] } },
    { id: prune(1.3, null).id, action_type: 21, options: { members_removed: '3' } },
    prune(2, MOD),
    prune(2.1, AND, { days: 30 }),
    prune(2.2, ACTIVE),
    prune(60, PRUNED, { removed: 5 }),
  ]
  const ban = { id: prune(-60, ACTIVE).id, action_type: 22, user_id: ACTIVE, target_id: '9' }
  const kick = { id: '7', action_type: 20, user_id: MOD, target_id: '9' }
  const path = await archiveBefore('0004-prune-parts', entriesOf(GUILD, [kick, ban, ...prunes]))

  const archive = await testArchive(path)
  const entries = await allEntries(archive, GUILD)
  expect(entries.map(({ payload }) => payload)).toStrictEqual([kick, ban, ...prunes])
  expect(entries.map(({ kind, executorId }) => [kind, executorId])).toEqual([
    [20, MOD],
    [22, ACTIVE],
    [21, MOD],
    [21, OTHER],
    [Kind.PrunePart, null],
    [Kind.PrunePart, null],
    [21, null],
    [21, MOD],
    [21, AND],
    [21, ACTIVE],
    [21, PRUNED],
  ])
  expect(new Set(await archive.executors(GUILD, MODERATING))).toEqual(
    new Set([MOD, OTHER, AND, ACTIVE, PRUNED]),
  )
  expect(await archive.countByKind(GUILD, { executorId: PRUNED })).toEqual([
    { key: 21, entries: 1, units: 1 },
  ])
})

test('an earlier archive is corrected to what the current version would store', async () => {
  const anyLogs = fc.array(anyPrunesAmongOthers, { minLength: 30, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(anyLogs, async (payloadsOfGuilds) => {
      const logs = payloadsOfGuilds.map((payloads, index) => {
        const inOrder = payloads.toSorted((a, b) => compareIds(a.id, b.id))
        return entriesOf(String(BigInt(GUILD) + BigInt(index)), inOrder)
      })
      const archive = await testArchive(await archiveBefore('0004-prune-parts', logs.flat()))
      for (const log of logs) {
        expect(log[0] ? await allEntries(archive, log[0].guildId) : []).toStrictEqual(withPruneParts(log))
      }
    }),
    { numRuns: 3 },
  )
})
