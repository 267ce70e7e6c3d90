import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinRanges, newestRange, type Range } from '../../../src/core/coverage/ranges.ts'
import { compareIds, type Snowflake } from '../../../src/core/snowflake.ts'

/** Ids are small and few, so that each can be checked; their lengths differ. */
const IDS = Array.from({ length: 130 }, (_, id) => String(id))

const anyRange = fc
  .tuple(fc.nat(100), fc.nat(12))
  .map(([start, length]): Range => ({ start: String(start), end: String(start + length) }))
const anyRanges = fc.array(anyRange, { maxLength: 12 })

describe('joined ranges', () => {
  test('hold the same ids as the ranges they come from', () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const joined = joinRanges(ranges)
        expect(IDS.filter((id) => isWithin(joined, id))).toEqual(IDS.filter((id) => isWithin(ranges, id)))
      }),
    )
  })

  test('are in order, oldest first, and none touches another', () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const joined = joinRanges(ranges)
        const before = [undefined, ...joined.map(({ end }) => end)]
        expect(joined.filter(({ start }, index) => !isBetween(start, before[index], undefined))).toEqual([])
      }),
    )
  })

  test('do not depend on the order of the ranges, and do not change when joined again', () => {
    const shuffled = anyRanges.chain((ranges) =>
      fc.tuple(fc.constant(ranges), fc.shuffledSubarray(ranges, { minLength: ranges.length })),
    )
    fc.assert(
      fc.property(shuffled, ([ranges, others]) => {
        const joined = joinRanges(ranges)
        expect(joinRanges(others)).toEqual(joined)
        expect(joinRanges(joined)).toEqual(joined)
      }),
    )
  })

  test.each([
    ['that share an end', [range(1, 5), range(5, 9)], [range(1, 9)]],
    ['that overlap', [range(8, 12), range(3, 9)], [range(3, 12)]],
    ['one of which lies within another', [range(1, 20), range(5, 9)], [range(1, 20)]],
    ['that lie apart', [range(9, 10), range(1, 5)], [range(1, 5), range(9, 10)]],
    ['that a third brings together', [range(1, 3), range(9, 12), range(2, 10)], [range(1, 12)]],
  ])('%s come out right', (_, ranges, joined) => {
    expect(joinRanges(ranges)).toEqual(joined)
  })
})

test('the newest range is the one that ends last', () => {
  expect(newestRange([range(9, 100), range(1, 5), range(90, 120)])).toEqual(range(9, 120))
  expect(newestRange([])).toBeUndefined()
})

function range(start: number, end: number): Range {
  return { start: String(start), end: String(end) }
}

function isWithin(ranges: readonly Range[], id: Snowflake): boolean {
  return ranges.some(({ start, end }) => compareIds(start, id) <= 0 && compareIds(id, end) <= 0)
}

/** Whether an id lies between two others, which may be absent for no bound. */
function isBetween(id: Snowflake, after: Snowflake | undefined, before: Snowflake | undefined): boolean {
  return (
    (after === undefined || compareIds(after, id) < 0) && (before === undefined || compareIds(id, before) < 0)
  )
}
