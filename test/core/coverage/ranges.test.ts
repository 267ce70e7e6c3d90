import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinRanges, newestRange } from '../../../src/core/coverage/ranges.ts'
import { anyRanges, IDS, isBetween, isWithin, range } from './any-ranges.ts'

describe('joined ranges', () => {
  test('hold the same ids as the ranges they come from', () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const joined = joinRanges(ranges)
        expect(IDS.filter((id) => isWithin(joined, id))).toEqual(IDS.filter((id) => isWithin(ranges, id)))
      }),
    )
  })

  test('are in order, oldest first, and do not touch each other', () => {
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
    ['that share an id', [range(1, 5), range(5, 9)], [range(1, 9)]],
    ['that overlap', [range(8, 12), range(3, 9)], [range(3, 12)]],
    ['one of which is within another', [range(1, 20), range(5, 9)], [range(1, 20)]],
    ['that do not touch', [range(9, 10), range(1, 5)], [range(1, 5), range(9, 10)]],
    ['that are joined by a third', [range(1, 3), range(9, 12), range(2, 10)], [range(1, 12)]],
  ])('are correct for ranges %s', (_, ranges, joined) => {
    expect(joinRanges(ranges)).toEqual(joined)
  })
})

test('the newest range is the one that ends last', () => {
  expect(newestRange([range(9, 100), range(1, 5), range(90, 120)])).toEqual(range(9, 120))
  expect(newestRange([])).toBeUndefined()
})
