import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAmong } from '../../src/core/query/filter.ts'
import { compareIds } from '../../src/core/snowflake.ts'
import { runs } from '../support/archive/runs.ts'
import { freshGuild, sharedArchive } from '../support/archive/shared-archive.ts'
import { anyLog } from '../support/entries/arbitrary-log.ts'
import { entriesOf, withPruneParts } from '../support/entries/entries.ts'

const archive = await sharedArchive()
const TARGETS = ['0', '101', '102', '9007199254740993', '201']
const KINDS = [1, 12, 20, 22, 24, -1, -3, 72, 999]

test('the newest entry of each kind on each target matches looking through the whole log', async () => {
  const someTargets = fc.subarray(TARGETS)
  const someKinds = fc.subarray(KINDS)
  await fc.assert(
    fc.asyncProperty(anyLog, someTargets, someKinds, fc.nat(40), async (log, targets, kinds, nth) => {
      const guildId = freshGuild()
      const entries = withPruneParts(entriesOf(guildId, log)).sort((a, b) => compareIds(a.id, b.id))
      await archive.record([{ guildId, entries, from: 'rest' }])
      const before = entries[nth]?.id ?? '9000000000000000000'
      const isWanted = (entry: (typeof entries)[number]) =>
        targets.includes(entry.targetId ?? '') &&
        kinds.includes(entry.kind) &&
        compareIds(entry.id, before) < 0
      const last = new Map(
        entries.filter(isWanted).map((entry) => [`${entry.targetId} ${entry.kind}`, entry.id]),
      )
      const found = await archive.newestOn(guildId, targets, kinds, before)
      expect(found.map(({ id }) => id).sort()).toEqual([...last.values()].sort())
    }),
    runs(150),
  )
})

test('the last entry of each executor, of some kinds, matches looking through the whole log', async () => {
  const someKinds = fc.oneof(
    fc.subarray(KINDS).map((anyOf) => ({ anyOf })),
    fc.subarray(KINDS).map((noneOf) => ({ noneOf })),
  )
  await fc.assert(
    fc.asyncProperty(anyLog, someKinds, fc.nat(40), async (log, kinds, nth) => {
      const guildId = freshGuild()
      const entries = withPruneParts(entriesOf(guildId, log)).sort((a, b) => compareIds(a.id, b.id))
      await archive.record([{ guildId, entries, from: 'rest' }])
      const before = entries[nth]?.id ?? '9000000000000000000'
      const isWanted = ({ id, kind, executorId }: (typeof entries)[number]) =>
        isAmong(kind, kinds) && TARGETS.includes(executorId ?? '') && compareIds(id, before) < 0
      const last = new Map(entries.filter(isWanted).map(({ id, executorId }) => [executorId, id]))
      expect(await archive.lastSeen(guildId, TARGETS, before, kinds)).toEqual(last)
    }),
    runs(100),
  )
})

test('the newest entries on a target say whom a bot acted for', async () => {
  const guildId = freshGuild()
  const ban = { id: '9', action_type: 22, target_id: '5', user_id: '6', reason: 'Banned by alice: spam' }
  await archive.record([
    {
      guildId,
      from: 'rest',
      entries: entriesOf(guildId, [ban]),
      names: [
        { id: '6', type: 'bot', name: 'Warden', at: '1', presence: 'present' },
        { id: '7', type: 'user', name: 'Alice', alias: 'alice', at: '1', presence: 'present' },
      ],
    },
  ])
  const [found] = await archive.newestOn(guildId, ['5'], [22], '10')
  expect(found).toMatchObject({ id: '9', executorId: '6', onBehalfOfId: '7' })
})
