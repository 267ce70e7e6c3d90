import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Archive, ArchiveUpdate } from '../../src/core/archive.ts'
import { MODERATING } from '../../src/core/audit-log/action.ts'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import { Kind } from '../../src/core/audit-log/kind.ts'
import { compareIds, type Snowflake } from '../../src/core/snowflake.ts'
import { allEntries, entriesOf, judged } from '../support/entries.ts'
import { byKey, partyOf, plainTallies } from '../support/plain-answers.ts'
import { anyPrunesAmongOthers, prune } from '../support/prunes.ts'
import { freshGuild, sharedArchive } from '../support/shared-archive.ts'

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
  test('are nobody’s acts, though the entries stay as Discord sent them', async () => {
    const guildId = await told([PAYLOADS])
    expect(await archive.executors(guildId, MODERATING)).toEqual([MOD])
    expect(await archive.activity(guildId, {}, [MOD, PRUNED, AND], 'executor')).toEqual([
      { key: MOD, kind: 20, entries: 1, units: 1 },
      { key: MOD, kind: 21, entries: 1, units: 1 },
    ])
    expect(await archive.lastSeen(guildId, [PRUNED, AND], '9000000000000000000')).toEqual(new Map())
    expect(await archive.countByKind(guildId, { executorId: PRUNED })).toEqual([])
    expect(await archive.countConcerning(guildId, PRUNED)).toBe(0)
    expect(byKey(await archive.countByKind(guildId, {}))).toEqual([
      { key: Kind.PrunePart, entries: 2, units: 2 },
      { key: 20, entries: 1, units: 1 },
      { key: 21, entries: 1, units: 1 },
    ])
    expect(await archive.countHeld(guildId)).toBe(4)
    const kept = await allEntries(archive, guildId)
    expect(kept.map(({ payload }) => payload).sort(byId)).toStrictEqual(PAYLOADS.toSorted(byId))
  })

  test('are judged anew whenever one comes, in whatever order, and when all are read again', async () => {
    const [first = {}, second = {}, third = {}] = PAYLOADS
    const guildId = freshGuild()
    const executors = async () => (await allEntries(archive, guildId)).map(({ executorId }) => executorId)
    await tell(guildId, [third], 'gateway')
    expect(await executors()).toEqual([AND])
    await tell(guildId, [second], 'rest')
    expect(await executors()).toEqual([PRUNED, null])
    await tell(guildId, [first], 'rest')
    expect(await executors()).toEqual([MOD, null, null])
    await tell(guildId, [first, second, third], 'rest')
    expect(await executors()).toEqual([MOD, null, null])
  })

  test('lose no text when a member whom one of them names is forgotten, and stay nobody’s', async () => {
    const guildId = await told([PAYLOADS])
    const before = await allEntries(archive, guildId)
    expect(await archive.forget(guildId, '9000000000000000000', PRUNED)).toEqual({ removed: 0, scrubbed: 0 })
    expect(await allEntries(archive, guildId)).toStrictEqual(before)
  })

  test('stay so when the one who pruned is forgotten, though the reason is erased', async () => {
    const guildId = freshGuild()
    const payloads = PAYLOADS.map((payload) => ({ ...payload, reason: 'Spring cleaning' }))
    await tell(guildId, payloads, 'rest')
    await archive.forget(guildId, '9000000000000000000', MOD)
    await tell(guildId, payloads, 'rest')
    expect((await allEntries(archive, guildId)).map(({ kind, reason }) => [kind, reason])).toEqual([
      [20, '(erased)'],
      [21, '(erased)'],
      [Kind.PrunePart, 'Spring cleaning'],
      [Kind.PrunePart, 'Spring cleaning'],
    ])
  })

  test('are judged anew as far as an older entry makes a difference, hours after it too', async () => {
    const later = Array.from({ length: 22 }, (_, index) => prune(9 * (index + 1), String(200 + index)))
    const guildId = await told([later])
    const actors = async () =>
      (await allEntries(archive, guildId)).flatMap(({ executorId }) => executorId ?? [])
    expect(await actors()).toEqual(['200', '221'])
    await tell(guildId, [prune(0, MOD)], 'rest')
    expect(await actors()).toEqual([MOD, '220'])
  })

  test('are acts where the one named did something else in as many days before, whenever that is read', async () => {
    const guildId = await told([PAYLOADS])
    const actors = async () => (await allEntries(archive, guildId)).map(({ executorId }) => executorId)
    const kick = { action_type: 20, user_id: PRUNED, target_id: '9' }
    await tell(guildId, [{ ...kick, id: prune(2 * 1440, MOD).id }], 'rest')
    await tell(guildId, [{ ...kick, id: prune(-8 * 1440, MOD).id }], 'rest')
    expect(await actors()).toEqual([MOD, PRUNED, MOD, null, null, PRUNED])
    await tell(guildId, [{ ...kick, id: prune(-6 * 1440, MOD).id }], 'rest')
    expect(await actors()).toEqual([MOD, PRUNED, PRUNED, MOD, PRUNED, null, PRUNED])
  })

  test('are acts where the one named moderates within a day after, whenever that is read', async () => {
    const guildId = await told([PAYLOADS])
    const actors = async () =>
      (await allEntries(archive, guildId)).flatMap(({ executorId }) => executorId ?? [])
    const kick = { action_type: 20, target_id: '9' }
    const invite = { action_type: 40, target_id: null }
    await tell(guildId, [{ ...invite, id: prune(1, PRUNED).id, user_id: PRUNED }], 'gateway')
    await tell(guildId, [{ ...kick, id: prune(1441, AND).id, user_id: AND }], 'gateway')
    expect(await actors()).toEqual([MOD, MOD, PRUNED, AND])
    await tell(guildId, [{ ...kick, id: prune(1440, AND).id, user_id: AND }], 'gateway')
    expect(await actors()).toEqual([MOD, MOD, AND, PRUNED, AND, AND])
  })

  test('in one guild say nothing of a prune in another', async () => {
    const [first = {}, second = {}] = PAYLOADS
    await told([[first]])
    const guildId = await told([[second]])
    expect(await archive.executors(guildId, MODERATING)).toEqual([PRUNED])
  })
})

test.each(['0', '9223372036854775806'])('a prune with the odd id %s is kept like any other', async (id) => {
  const guildId = await told([[{ id, action_type: 21, user_id: MOD }]])
  expect(await archive.entry(guildId, id)).toMatchObject({ kind: 21, executorId: MOD })
})

/** Prunes among other acts in any order and in batches of any size, some told of again, by events and by REST. */
const anyTelling = anyPrunesAmongOthers.chain((payloads) =>
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

test('in whatever order prunes come, the rows, the sums and the payloads are the same', async () => {
  await fc.assert(
    fc.asyncProperty(anyTelling, async ({ payloads, batches, last }) => {
      const guildId = freshGuild()
      for (const [from, some] of batches) await tell(guildId, some, from)
      for (const payload of last) await tell(guildId, [payload], 'gateway')

      const inOrder = payloads.toSorted((a, b) => compareIds(a.id, b.id))
      const truth = judged(entriesOf(guildId, inOrder))
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

async function tell(
  guildId: Snowflake,
  payloads: readonly object[],
  from: ArchiveUpdate['from'],
): Promise<void> {
  await archive.record([{ guildId, from, entries: entriesOf(guildId, payloads) }])
}

async function told(batches: readonly (readonly object[])[]): Promise<Snowflake> {
  const guildId = freshGuild()
  for (const payloads of batches) await tell(guildId, payloads, 'rest')
  return guildId
}

function byId(a: { readonly id?: unknown }, b: { readonly id?: unknown }): number {
  return compareIds(String(a.id), String(b.id))
}
