import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
import { Kind } from '../../../src/core/audit-log/kind.ts'
import {
  goneUntil,
  inactiveSince,
  judgePrunes,
  LONGEST_PRUNE,
} from '../../../src/core/audit-log/prune-parts.ts'
import { compareIds, timeOf } from '../../../src/core/snowflake.ts'
import { DAY } from '../../../src/core/time/units.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { anyPrunes, NOON, prune } from '../../support/entries/prunes.ts'

const GUILD = '900000000000000000'
const NONE = new Set<string>()
const [MOD, OTHER] = ['1', '2']
const [PRUNED, AND, MORE] = ['11', '12', '13']

describe('a later part of a large prune', () => {
  test.each<[what: string, prunes: object[], parts: number[]]>([
    [
      'follows within seconds and names another member',
      [prune(0, MOD), prune(0.1, PRUNED), prune(0.2, AND), prune(0.3, MORE)],
      [1, 2, 3],
    ],
    [
      'can have any amount',
      [prune(0, MOD), prune(0.1, PRUNED, { removed: 0 }), prune(0.2, AND, { removed: 90_000 })],
      [1, 2],
    ],
    [
      'can follow a first entry with the total amount',
      [prune(0, MOD, { removed: 2412 }), prune(0.1, PRUNED)],
      [1],
    ],
    [
      'can follow a first entry of a few less than 1,000, since some had left',
      [prune(0, MOD, { removed: 987 }), prune(0.1, PRUNED)],
      [1],
    ],
    [
      'can lack its days and its amount',
      [prune(0, MOD, { days: null, removed: null }), prune(0.1, PRUNED), prune(0.2, AND, { days: null })],
      [1, 2],
    ],
    ['names a member', [prune(0, MOD), prune(0.1, null)], []],
    ['can follow a first entry that names nobody', [prune(0, null), prune(0.1, PRUNED)], [1]],
    [
      'follows at most ten minutes after the entry before',
      [prune(0, MOD), prune(10, PRUNED), prune(20, AND), prune(30.01, MORE)],
      [1, 2],
    ],
    [
      'can follow any number of others',
      Array.from({ length: 300 }, (_, index) => prune(index / 10, index === 0 ? MOD : String(100 + index))),
      Array.from({ length: 299 }, (_, index) => index + 1),
    ],
    [
      'does not name the moderator, who may prune again at once',
      [prune(0, MOD), prune(0.1, PRUNED), prune(0.2, MOD), prune(0.3, AND)],
      [1, 3],
    ],
    ['has the same number of days', [prune(0, MOD), prune(1, OTHER, { days: 30 })], []],
    ['does not follow a prune of a few members', [prune(0, MOD, { removed: 12 }), prune(1, OTHER)], []],
    ['does not follow much later', [prune(0, MOD), prune(60, OTHER)], []],
    [
      'does not name somebody who pruned a while ago',
      [prune(-120, OTHER, { removed: 3 }), prune(0, MOD), prune(1, OTHER), prune(1.1, PRUNED)],
      [3],
    ],
    [
      'belongs to the prune with its number of days if there are two at the same time',
      [
        prune(0, MOD),
        prune(0.1, PRUNED),
        prune(0.2, OTHER, { days: 30 }),
        prune(0.3, AND),
        prune(0.4, MORE, { days: 30 }),
      ],
      [1, 3, 4],
    ],
    [
      'follows at most three hours after the first, so that a prune every few minutes is not one prune for ever',
      [prune(0, MOD), ...Array.from({ length: 40 }, (_, index) => prune(5 * (index + 1), OTHER))],
      Array.from({ length: 36 }, (_, index) => index + 1),
    ],
  ])('%s', (_, prunes, parts) => {
    const judged = judgePrunes([], entriesOf(GUILD, prunes), NONE)
    expect(judged.flatMap(({ kind }, index) => (kind === Kind.PrunePart ? [index] : []))).toEqual(parts)
  })

  test('has no executor, and is otherwise unchanged', () => {
    const [first, part] = entriesOf(GUILD, [prune(0, MOD), prune(0.1, PRUNED)])
    if (!first || !part) throw new Error('There are two.')
    const [same, judged] = judgePrunes([], [first, part], NONE)
    expect(same).toBe(first)
    expect(judged).toStrictEqual({ ...part, kind: Kind.PrunePart, executorId: null })
  })
})

test('an executor who is active was not pruned', () => {
  const [first, active, part] = entriesOf(GUILD, [prune(0, MOD), prune(0.1, OTHER), prune(0.2, PRUNED)])
  if (!first || !active || !part) throw new Error('There are three.')
  const judged = judgePrunes([], [first, active, part], new Set([active.id]))
  expect(judged.map(({ kind }) => kind)).toEqual([21, 21, Kind.PrunePart])
})

test.each([
  [7, 7],
  [30, 30],
  [365, 30],
  [null, 1],
])('a prune of %s days removes members who were inactive for %s days', (days, inactive) => {
  const [entry] = entriesOf(GUILD, [prune(0, MOD, { days })])
  if (!entry) throw new Error('There is one.')
  expect(timeOf(inactiveSince(entry))).toBe(NOON - inactive * DAY)
})

test('a pruned member is gone for at least a day', () => {
  const [entry] = entriesOf(GUILD, [prune(0, MOD)])
  if (!entry) throw new Error('There is one.')
  expect(timeOf(goneUntil(entry))).toBe(NOON + DAY)
})

/** Prunes, and the ids of some whose executor was active. */
const anyJudging = anyPrunes.chain((prunes) =>
  fc.subarray(prunes).map((some) => ({ prunes, active: new Set(some.map(({ id }) => id)) })),
)

test('judging entries again changes nothing', () => {
  fc.assert(
    fc.property(anyJudging, ({ prunes, active }) => {
      const judged = judgePrunes([], inOrder(prunes), active)
      const again = judgePrunes([], judged, active)
      expect(again.every((entry, index) => entry === judged[index])).toBe(true)
    }),
  )
})

test('entries are judged by their current neighbours, however they were judged before', () => {
  fc.assert(
    fc.property(anyJudging, fc.nat(), ({ prunes, active }, seed) => {
      const entries = inOrder(prunes)
      const some = new Set(entries.filter((_, index) => (seed >> (index % 30)) & 1))
      const earlier = new Map(judgePrunes([], [...some], NONE).map((entry) => [entry.id, entry]))
      const mixed = entries.map((entry) => earlier.get(entry.id) ?? entry)
      expect(judgePrunes([], mixed, active)).toStrictEqual(judgePrunes([], entries, active))
    }),
  )
})

test('only the entries of the hours before matter', () => {
  fc.assert(
    fc.property(anyJudging, fc.nat(25), ({ prunes, active }, at) => {
      const whole = judgePrunes([], inOrder(prunes), active)
      const [next] = inOrder(prunes).slice(at)
      const before = whole
        .slice(0, at)
        .filter(({ id }) => next && timeOf(next.id) - timeOf(id) <= LONGEST_PRUNE)
      expect(judgePrunes(before, inOrder(prunes).slice(at), active)).toStrictEqual(whole.slice(at))
    }),
  )
})

function inOrder(prunes: readonly { readonly id: string }[]): Entry[] {
  return entriesOf(
    GUILD,
    prunes.toSorted((a, b) => compareIds(a.id, b.id)),
  )
}
