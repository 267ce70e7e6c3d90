import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import { runs } from '../support/archive/runs.ts'
import { freshGuild, sharedArchive } from '../support/archive/shared-archive.ts'
import { anyFilter, anyLog, BOT_AMONG_USERS } from '../support/entries/arbitrary-log.ts'
import { entriesOf, withPruneParts } from '../support/entries/entries.ts'
import { byKey, matches, plainTallies, targetTypesOf } from '../support/entries/plain-answers.ts'

const archive = await sharedArchive()
/** AutoMod's timeouts, which name the offender as executor. */
const AUTOMOD = 145

/** A log in which AutoMod made some of the kicks. */
const logWithAutomod = fc
  .tuple(anyLog, fc.nat(3))
  .map(([log, every]) =>
    log.map((payload, index) =>
      payload.action_type === 20 && index % 4 < every ? { ...payload, action_type: AUTOMOD } : payload,
    ),
  )

const ALL = { min: 1, skip: 0, limit: 1000 }

async function repeatsOf(payloads: readonly object[], guildId = freshGuild()) {
  await archive.record([{ guildId, entries: entriesOf(guildId, payloads), from: 'rest' }])
  const { top } = await archive.repeats(guildId, {}, ALL)
  return top.map(({ targetId, targetType, entries }) => [targetId, targetType, entries])
}

describe('repeated targets', () => {
  const on = (target_id: string, types: readonly number[], from = 1) =>
    types.map((action_type, index) => ({ id: String(from + index), action_type, target_id, user_id: '7' }))

  test('with the same id are separate by class; of equally frequent ones the latest is first', async () => {
    expect(await repeatsOf(on('5', [1, 31, 1, 11, 31, 1]))).toEqual([
      ['5', 'guild', 3],
      ['5', 'role', 2],
      ['5', 'channel', 1],
    ])
  })

  test('are one when their kinds have the same class, such as threads and channels', async () => {
    expect(await repeatsOf([...on('5', [11, 111]), ...on('6', [20, 72, 24], 10)])).toEqual([
      ['6', 'user', 3],
      ['5', 'channel', 2],
    ])
  })

  test('are one when a webhook is also the author of messages', async () => {
    expect(await repeatsOf([...on('5', [72, 50, 74, 999]), ...on('6', [72], 10)])).toEqual([
      ['5', 'webhook', 4],
      ['6', 'user', 1],
    ])
  })

  test('include entries without a target type when nothing else has the id', async () => {
    expect(
      await repeatsOf([...on('5', [20, 999, 998]), ...on('6', [1, 31, 999], 10), ...on('8', [999], 20)]),
    ).toEqual([
      ['5', 'user', 3],
      ['8', undefined, 1],
      ['6', undefined, 1],
      ['6', 'role', 1],
      ['6', 'guild', 1],
    ])
  })

  test('tell how often each kind was done, and by whom, without what AutoMod did by itself', async () => {
    const guildId = freshGuild()
    const payloads = [
      ...on('5', [20, 22, 20]),
      { id: '10', action_type: AUTOMOD, target_id: '5', user_id: '5' },
      { id: '11', action_type: 20, target_id: '5', user_id: '8' },
    ]
    await archive.record([{ guildId, entries: entriesOf(guildId, payloads), from: 'rest' }])
    const { top } = await archive.repeats(guildId, {}, ALL)
    const shown = top.map(({ kinds, by }) =>
      [kinds, by].map((split) => split.map(({ key, entries }) => [key, entries])),
    )
    expect(shown).toEqual([
      [
        [
          [20, 3],
          [AUTOMOD, 1],
          [22, 1],
        ],
        [
          ['7', 3],
          ['8', 1],
        ],
      ],
    ])
  })

  test('match counting the entries one by one, with any filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        logWithAutomod,
        anyFilter,
        fc.integer({ min: 1, max: 3 }),
        async (log, filter, min) => {
          const guildId = freshGuild()
          const entries = withPruneParts(entriesOf(guildId, log))
          await archive.record([{ guildId, entries, from: 'rest', names: BOT_AMONG_USERS }])
          const { top, size } = await archive.repeats(guildId, filter, { ...ALL, min })
          const meant = entries.filter((entry) => entry.targetId !== null && matches(filter, entry))
          const plain = plainTargets(meant).filter(([, those]) => those.length >= min)
          expect(size).toBe(plain.length)
          const found = top.map((each) => [
            `${each.targetType} ${each.targetId}`,
            each.entries,
            each.first,
            each.last,
            byKey(each.kinds),
            byKey(each.by),
          ])
          expect(found.sort()).toEqual(
            plain
              .map(([key, those]) => {
                const ids = those.map(({ id }) => BigInt(id)).sort((a, b) => (a < b ? -1 : 1))
                const kinds = plainTallies(those, ({ kind }) => kind)
                const people = those.filter(({ kind }) => kind !== AUTOMOD)
                const by = plainTallies(people, ({ executorId }) => executorId)
                return [key, those.length, String(ids[0]), String(ids.at(-1)), byKey(kinds), byKey(by)]
              })
              .sort(),
          )
          expect(top.map((each) => each.entries)).toEqual(
            top.map((each) => each.entries).sort((a, b) => b - a),
          )
        },
      ),
      runs(200),
    )
  })
})

/** The entries on each target, by class and id; those without a class count for the only class that has the id. */
function plainTargets(entries: readonly Entry[]): [string, Entry[]][] {
  const classesOf = (id: string | null) =>
    new Set(
      entries.filter(({ targetId }) => targetId === id).flatMap((entry) => targetTypesOf(entry)?.[0] ?? []),
    )
  const keyOf = (entry: Entry) => {
    const classes = classesOf(entry.targetId)
    const only = classes.size === 1 ? [...classes][0] : undefined
    return `${targetTypesOf(entry)?.[0] ?? only} ${entry.targetId}`
  }
  return [...Map.groupBy(entries, keyOf)]
}
