import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareIds, firstIdAt, idAfter, timeOf } from '../../../../src/core/snowflake.ts'
import {
  type Burst,
  type BurstRule,
  burstsIn,
  type CountedAction,
  pauseOf,
} from '../../../../src/core/watch/alerts/bursts.ts'

const START = Date.UTC(2026, 10, 1)
const SECOND = 1000
const MINUTE = 60 * SECOND

/** An action so many milliseconds after the start. */
function action(after: number, units = 1, key: string | null = 'a'): CountedAction {
  return { id: firstIdAt(START + after), key, units }
}

describe('a burst', () => {
  const rule: BurstRule = { count: 3, within: MINUTE }

  test('begins with the first of the actions that reach the count in time', () => {
    const [burst] = burstsIn(
      [action(0), action(61 * SECOND), action(80 * SECOND), action(121 * SECOND)],
      rule,
    )
    expect(burst).toMatchObject({ from: action(61 * SECOND).id, to: action(121 * SECOND).id, entries: 3 })
  })

  test('does not begin if the actions take longer', () => {
    expect(burstsIn([action(0), action(40 * SECOND), action(61 * SECOND)], rule)).toEqual([])
  })

  test('counts units: one entry that stands for enough actions is a burst', () => {
    expect(burstsIn([action(0, 3)], rule)).toMatchObject([{ entries: 1, units: 3, peak: 3 }])
  })

  test('goes on until no action comes for ten minutes', () => {
    const three = [action(0), action(1), action(2)]
    const bursts = burstsIn([...three, action(10 * MINUTE), action(20 * MINUTE + 1)], rule)
    expect(bursts).toMatchObject([{ to: action(10 * MINUTE).id, entries: 4 }])
  })

  test('goes on for as long as the rule counts, if that is longer', () => {
    const long = { count: 2, within: 60 * MINUTE }
    const bursts = burstsIn([action(0), action(1), action(60 * MINUTE), action(121 * MINUTE)], long)
    expect(bursts).toMatchObject([{ entries: 3 }])
  })

  test('is one key’s: the actions of others are counted by themselves', () => {
    const mixed = [action(0, 1, 'a'), action(1, 1, 'b'), action(2, 1, 'a'), action(3, 1, null)]
    expect(burstsIn(mixed, rule)).toEqual([])
  })

  test('has as its peak the count that would still have warned', () => {
    const actions = [action(0, 2), action(1, 5), action(5 * MINUTE, 4)]
    const [burst] = burstsIn(actions, rule)
    expect(burst?.peak).toBe(7)
    expect(burstsIn(actions, { ...rule, count: 7 })).toHaveLength(1)
    expect(burstsIn(actions, { ...rule, count: 8 })).toEqual([])
  })
})

const anyActions = fc
  .array(
    fc.record({
      gap: fc.oneof(
        fc.integer({ min: 0, max: 5 * SECOND }),
        fc.integer({ min: 0, max: 12 * MINUTE }),
        fc.constantFrom(0, MINUTE, 10 * MINUTE, 10 * MINUTE + 1),
      ),
      key: fc.constantFrom('a', 'b', null),
      units: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 6 })),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let time = 0
    let last = '0'
    return steps.map(({ gap, key, units }): CountedAction => {
      time += gap
      const first = firstIdAt(START + time)
      last = compareIds(first, last) > 0 ? first : idAfter(last)
      return { id: last, key, units }
    })
  })

const anyRule: fc.Arbitrary<BurstRule> = fc.record({
  count: fc.integer({ min: 1, max: 12 }),
  within: fc.constantFrom(SECOND, 10 * SECOND, MINUTE, 10 * MINUTE, 30 * MINUTE),
})

/** The bursts by their definition, without regard to cost. */
function plainBursts(actions: readonly CountedAction[], rule: BurstRule): Omit<Burst, 'peak'>[] {
  return [...Map.groupBy(actions, ({ key }) => key)].flatMap(([key, those]) => {
    const runs: CountedAction[][] = []
    for (const each of those) {
      const last = runs.at(-1)?.at(-1)
      if (last && timeOf(each.id) - timeOf(last.id) <= pauseOf(rule)) runs.at(-1)?.push(each)
      else runs.push([each])
    }
    return runs.flatMap((run) => {
      const window = (end: CountedAction) =>
        run.filter(({ id }) => compareIds(id, end.id) <= 0 && timeOf(end.id) - timeOf(id) <= rule.within)
      const sum = (some: readonly CountedAction[]) => some.reduce((all, { units }) => all + units, 0)
      const reached = run.find((end) => sum(window(end)) >= rule.count)
      const from = reached && window(reached)[0]?.id
      if (from === undefined) return []
      const inside = run.filter(({ id }) => compareIds(id, from) >= 0)
      return [{ key, from, to: inside.at(-1)?.id ?? from, entries: inside.length, units: sum(inside) }]
    })
  })
}

test('the bursts found in one pass are those of the definition', () => {
  fc.assert(
    fc.property(anyActions, anyRule, (actions, rule) => {
      const found = burstsIn(actions, rule).map(({ peak: _, ...burst }) => burst)
      const byBegin = (a: Omit<Burst, 'peak'>, b: Omit<Burst, 'peak'>) => compareIds(a.from, b.from)
      expect(found.toSorted(byBegin)).toEqual(plainBursts(actions, rule).toSorted(byBegin))
    }),
  )
})

test('a higher count warns as often as bursts reach it', () => {
  fc.assert(
    fc.property(anyActions, anyRule, fc.integer({ min: 1, max: 20 }), (actions, rule, more) => {
      const count = rule.count + more
      const reaching = burstsIn(actions, rule).filter(({ peak }) => peak >= count)
      expect(burstsIn(actions, { ...rule, count })).toHaveLength(reaching.length)
    }),
  )
})
