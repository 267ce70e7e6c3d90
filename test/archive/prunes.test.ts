import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Archive, ArchiveUpdate } from '../../src/core/archive.ts'
import { MODERATING } from '../../src/core/audit-log/action.ts'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import { Kind } from '../../src/core/audit-log/kind.ts'
import { compareIds, type Snowflake } from '../../src/core/snowflake.ts'
import { forget } from '../support/archive/forget.ts'
import { freshGuild, sharedArchive } from '../support/archive/shared-archive.ts'
import { allEntries, entriesOf, withPruneParts } from '../support/entries/entries.ts'
import { byKey, partyOf, plainTallies } from '../support/entries/plain-answers.ts'
import { anyPrunesAmongOthers, prune } from '../support/entries/prunes.ts'

const archive = await sharedArchive()

const [MOD, PRUNED, AND] = ['101', '102', '103']

/** A prune of 2,412 members, and a kick by the same moderator. */
const PAYLOADS = [
  prune(0, MOD),
  prune(0.1, PRUNED),
  prune(0.2, AND),
  { id: '7', action_type: 20, user_id: MOD, target_id: '9' },
]

describe('the later parts of a large prune', () => {
  test('have no executor, and their payloads stay as Discord sent them', async () => {
    const guildId = await guildAfter([PAYLOADS])
    expect(await archive.executors(guildId, MODERATING)).toEqual([MOD])
    expect(await archive.activity(guildId, {}, [MOD, PRUNED, AND])).toEqual([
      { key: MOD, kind: 20, entries: 1, units: 1 },
      { key: MOD, kind: 21, entries: 1, units: 1 },
    ])
    expect(await archive.lastSeen(guildId, [PRUNED, AND], '9000000000000000000')).toEqual(new Map())
    expect(await archive.countByKind(guildId, { executorId: PRUNED })).toEqual([])
    expect(await archive.countConcerning(guildId, PRUNED)).toMatchObject({ entries: 0 })
    expect(byKey(await archive.countByKind(guildId, {}))).toEqual([
      { key: Kind.PrunePart, entries: 2, units: 2 },
      { key: 20, entries: 1, units: 1 },
      { key: 21, entries: 1, units: 1 },
    ])
    expect(await archive.countHeld(guildId)).toBe(4)
    const stored = await allEntries(archive, guildId)
    expect(stored.map(({ payload }) => payload).sort(byId)).toStrictEqual(PAYLOADS.toSorted(byId))
  })

  test('are recognized in whatever order they are recorded, and when they are read again', async () => {
    const [first = {}, second = {}, third = {}] = PAYLOADS
    const guildId = freshGuild()
    const executors = async () => (await allEntries(archive, guildId)).map(({ executorId }) => executorId)
    await deliver(guildId, [third], 'gateway')
    expect(await executors()).toEqual([AND])
    await deliver(guildId, [second], 'rest')
    expect(await executors()).toEqual([PRUNED, null])
    await deliver(guildId, [first], 'rest')
    expect(await executors()).toEqual([MOD, null, null])
    await deliver(guildId, [first, second, third], 'rest')
    expect(await executors()).toEqual([MOD, null, null])
  })

  test('keep their texts when a member that one of them names is erased', async () => {
    const guildId = await guildAfter([PAYLOADS])
    const before = await allEntries(archive, guildId)
    expect(await forget(archive, guildId, '9000000000000000000', PRUNED)).toEqual({ removed: 0, scrubbed: 0 })
    expect(await allEntries(archive, guildId)).toStrictEqual(before)
  })

  test('stay recognized when the moderator who pruned is erased', async () => {
    const guildId = freshGuild()
    const payloads = PAYLOADS.map((payload) => ({ ...payload, reason: 'Spring cleaning' }))
    await deliver(guildId, payloads, 'rest')
    await forget(archive, guildId, '9000000000000000000', MOD)
    await deliver(guildId, payloads, 'rest')
    expect((await allEntries(archive, guildId)).map(({ kind, reason }) => [kind, reason])).toEqual([
      [20, '(erased)'],
      [21, '(erased)'],
      [Kind.PrunePart, 'Spring cleaning'],
      [Kind.PrunePart, 'Spring cleaning'],
    ])
  })

  test('are recognized again as far as an older entry makes a difference, even hours later', async () => {
    const later = Array.from({ length: 22 }, (_, index) => prune(9 * (index + 1), String(200 + index)))
    const guildId = await guildAfter([later])
    const actors = async () =>
      (await allEntries(archive, guildId)).flatMap(({ executorId }) => executorId ?? [])
    expect(await actors()).toEqual(['200', '221'])
    await deliver(guildId, [prune(0, MOD)], 'rest')
    expect(await actors()).toEqual([MOD, '220'])
  })

  test('are separate prunes if the executor did something else in as many days before', async () => {
    const guildId = await guildAfter([PAYLOADS])
    const actors = async () => (await allEntries(archive, guildId)).map(({ executorId }) => executorId)
    const kick = { action_type: 20, user_id: PRUNED, target_id: '9' }
    await deliver(guildId, [{ ...kick, id: prune(2 * 1440, MOD).id }], 'rest')
    await deliver(guildId, [{ ...kick, id: prune(-8 * 1440, MOD).id }], 'rest')
    expect(await actors()).toEqual([MOD, PRUNED, MOD, null, null, PRUNED])
    await deliver(guildId, [{ ...kick, id: prune(-6 * 1440, MOD).id }], 'rest')
    expect(await actors()).toEqual([MOD, PRUNED, PRUNED, MOD, PRUNED, null, PRUNED])
  })

  test('are separate prunes if the executor moderates within a day after', async () => {
    const guildId = await guildAfter([PAYLOADS])
    const actors = async () =>
      (await allEntries(archive, guildId)).flatMap(({ executorId }) => executorId ?? [])
    const kick = { action_type: 20, target_id: '9' }
    const invite = { action_type: 40, target_id: null }
    await deliver(guildId, [{ ...invite, id: prune(1, PRUNED).id, user_id: PRUNED }], 'gateway')
    await deliver(guildId, [{ ...kick, id: prune(1441, AND).id, user_id: AND }], 'gateway')
    expect(await actors()).toEqual([MOD, MOD, PRUNED, AND])
    await deliver(guildId, [{ ...kick, id: prune(1440, AND).id, user_id: AND }], 'gateway')
    expect(await actors()).toEqual([MOD, MOD, AND, PRUNED, AND, AND])
  })

  test('in one guild do not depend on a prune in another', async () => {
    const [first = {}, second = {}] = PAYLOADS
    await guildAfter([[first]])
    const guildId = await guildAfter([[second]])
    expect(await archive.executors(guildId, MODERATING)).toEqual([PRUNED])
  })
})

test.each(['0', '9223372036854775806'])(
  'a prune with the odd id %s is recorded like any other',
  async (id) => {
    const guildId = await guildAfter([[{ id, action_type: 21, user_id: MOD }]])
    expect(await archive.entry(guildId, id)).toMatchObject({ kind: 21, executorId: MOD })
  },
)

/** Prunes among other actions in any order and batches, some repeated, from events and REST. */
const anyDelivery = anyPrunesAmongOthers.chain((payloads) =>
  fc.record({
    payloads: fc.constant(payloads),
    batches: fc.array(
      fc.tuple(fc.constantFrom<ArchiveUpdate['from']>('rest', 'gateway'), fc.subarray(payloads)),
      {
        maxLength: 8,
      },
    ),
    last: fc.shuffledSubarray(payloads, { minLength: payloads.length }),
  }),
)

test('in whatever order prunes are recorded, rows, sums and payloads are the same', async () => {
  await fc.assert(
    fc.asyncProperty(anyDelivery, async ({ payloads, batches, last }) => {
      const guildId = freshGuild()
      for (const [from, some] of batches) await deliver(guildId, some, from)
      for (const payload of last) await deliver(guildId, [payload], 'gateway')

      const inOrder = payloads.toSorted((a, b) => compareIds(a.id, b.id))
      const truth = withPruneParts(entriesOf(guildId, inOrder))
      expect(await allEntries(archive, guildId)).toStrictEqual(truth)
      await expectSumsOf(archive, guildId, truth)
    }),
  )
})

async function expectSumsOf(of: Archive, guildId: Snowflake, entries: readonly Entry[]): Promise<void> {
  expect(byKey(await of.countByKind(guildId, {}))).toEqual(byKey(plainTallies(entries, ({ kind }) => kind)))
  const { top } = await of.rank(guildId, {}, { by: 'executor', most: 'entries', top: 100 })
  expect(byKey(top)).toEqual(byKey(plainTallies(entries, (entry) => partyOf(entry, 'executor'))))
}

async function deliver(
  guildId: Snowflake,
  payloads: readonly object[],
  from: ArchiveUpdate['from'],
): Promise<void> {
  await archive.record([{ guildId, from, entries: entriesOf(guildId, payloads) }])
}

async function guildAfter(batches: readonly (readonly object[])[]): Promise<Snowflake> {
  const guildId = freshGuild()
  for (const payloads of batches) await deliver(guildId, payloads, 'rest')
  return guildId
}

function byId(a: { readonly id?: unknown }, b: { readonly id?: unknown }): number {
  return compareIds(String(a.id), String(b.id))
}
