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
import { entriesOf } from '../../support/entries.ts'
import { anyPrunes, NOON, prune } from '../../support/prunes.ts'

const GUILD = '900000000000000000'
const NONE = new Set<string>()
const [MOD, OTHER] = ['1', '2']
const [PRUNED, AND, MORE] = ['11', '12', '13']

describe('a later part of a large prune', () => {
  test.each<[what: string, prunes: object[], parts: number[]]>([
    [
      'is what follows within seconds and names others',
      [prune(0, MOD), prune(0.1, PRUNED), prune(0.2, AND), prune(0.3, MORE)],
      [1, 2, 3],
    ],
    [
      'is so whatever amounts Discord gives the later ones',
      [prune(0, MOD), prune(0.1, PRUNED, { removed: 0 }), prune(0.2, AND, { removed: 90_000 })],
      [1, 2],
    ],
    [
      'is so where the first says how many went in all',
      [prune(0, MOD, { removed: 2412 }), prune(0.1, PRUNED)],
      [1],
    ],
    [
      'is so where the first took a few less, since some had left',
      [prune(0, MOD, { removed: 987 }), prune(0.1, PRUNED)],
      [1],
    ],
    [
      'is so where an entry states neither days nor amount',
      [prune(0, MOD, { days: null, removed: null }), prune(0.1, PRUNED), prune(0.2, AND, { days: null })],
      [1, 2],
    ],
    ['is none where Discord names nobody for it', [prune(0, MOD), prune(0.1, null)], []],
    ['is so where Discord names nobody for the first', [prune(0, null), prune(0.1, PRUNED)], [1]],
    [
      'comes at most ten minutes after the one before',
      [prune(0, MOD), prune(10, PRUNED), prune(20, AND), prune(30.01, MORE)],
      [1, 2],
    ],
    [
      'comes after any number of others',
      Array.from({ length: 300 }, (_, index) => prune(index / 10, index === 0 ? MOD : String(100 + index))),
      Array.from({ length: 299 }, (_, index) => index + 1),
    ],
    [
      'is no act by the one who pruned, who may prune again at once',
      [prune(0, MOD), prune(0.1, PRUNED), prune(0.2, MOD), prune(0.3, AND)],
      [1, 3],
    ],
    ['is none where the days differ', [prune(0, MOD), prune(1, OTHER, { days: 30 })], []],
    ['is none after a prune of a few', [prune(0, MOD, { removed: 12 }), prune(1, OTHER)], []],
    ['is none much later', [prune(0, MOD), prune(60, OTHER)], []],
    [
      'is none where it names one who pruned a while ago',
      [prune(-120, OTHER, { removed: 3 }), prune(0, MOD), prune(1, OTHER), prune(1.1, PRUNED)],
      [3],
    ],
    [
      'is told from that of a prune of other days at the same time',
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
      'ends with the third hour, so that a prune every few minutes is not taken for parts for ever',
      [prune(0, MOD), ...Array.from({ length: 40 }, (_, index) => prune(5 * (index + 1), OTHER))],
      Array.from({ length: 36 }, (_, index) => index + 1),
    ],
  ])('%s', (_, prunes, parts) => {
    const judged = judgePrunes([], entriesOf(GUILD, prunes), NONE)
    expect(judged.flatMap(({ kind }, index) => (kind === Kind.PrunePart ? [index] : []))).toEqual(parts)
  })

  test('is nobody’s act, and all else of it stays', () => {
    const [first, part] = entriesOf(GUILD, [prune(0, MOD), prune(0.1, PRUNED)])
    if (!first || !part) throw new Error('There are two.')
    const [same, judged] = judgePrunes([], [first, part], NONE)
    expect(same).toBe(first)
    expect(judged).toStrictEqual({ ...part, kind: Kind.PrunePart, executorId: null })
  })
})

test('one who is known to be active is not taken for pruned', () => {
  const [first, act, part] = entriesOf(GUILD, [prune(0, MOD), prune(0.1, OTHER), prune(0.2, PRUNED)])
  if (!first || !act || !part) throw new Error('There are three.')
  const judged = judgePrunes([], [first, act, part], new Set([act.id]))
  expect(judged.map(({ kind }) => kind)).toEqual([21, 21, Kind.PrunePart])
})

test.each([
  [7, 7],
  [30, 30],
  [365, 30],
  [null, 1],
])('of a prune of %s days, it is those who did nothing for %s days', (days, inactive) => {
  const [entry] = entriesOf(GUILD, [prune(0, MOD, { days })])
  if (!entry) throw new Error('There is one.')
  expect(timeOf(inactiveSince(entry))).toBe(NOON - inactive * 86_400_000)
})

test('those who were pruned are taken to be gone for a day', () => {
  const [entry] = entriesOf(GUILD, [prune(0, MOD)])
  if (!entry) throw new Error('There is one.')
  expect(timeOf(goneUntil(entry))).toBe(NOON + 86_400_000)
})

/** Prunes, and some of them that name one who did something else before. */
const anyJudging = anyPrunes.chain((prunes) =>
  fc.subarray(prunes).map((some) => ({ prunes, active: new Set(some.map(({ id }) => id)) })),
)

test('judging what is judged changes nothing', () => {
  fc.assert(
    fc.property(anyJudging, ({ prunes, active }) => {
      const judged = judgePrunes([], inOrder(prunes), active)
      const again = judgePrunes([], judged, active)
      expect(again.every((entry, index) => entry === judged[index])).toBe(true)
    }),
  )
})

test('what was judged for other neighbours is judged anew, with those it has now', () => {
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

test('of those judged before, the last hours are enough to judge by', () => {
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
