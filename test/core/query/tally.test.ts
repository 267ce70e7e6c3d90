import { expect, test } from 'vitest'
import { byActionName, mostFirst, sumOf } from '../../../src/core/query/tally.ts'

test('a sum adds up entries and what they stand for, each for itself', () => {
  const tallies = [
    { key: 'a', entries: 2, units: 50 },
    { key: null, entries: 1, units: 1 },
  ]
  expect(sumOf(tallies)).toEqual({ entries: 3, units: 51 })
})

test('nothing sums up to nothing', () => {
  expect(sumOf([])).toEqual({ entries: 0, units: 0 })
})

test('kinds that moderators know by one name are counted as one, the most frequent first', () => {
  const byKind = [
    { key: 72, entries: 3, units: 40 },
    { key: -3, entries: 2, units: 2 },
    { key: -1, entries: 1, units: 1 },
    { key: 24, entries: 2, units: 2 },
    { key: 999, entries: 5, units: 5 },
  ]
  expect(byActionName(byKind)).toEqual([
    { key: 'Unknown action 999', entries: 5, units: 5, counts: undefined },
    { key: 'Member Update', entries: 4, units: 4, counts: undefined },
    { key: 'Message Delete', entries: 3, units: 40, counts: 'message' },
    { key: 'Member Timeout', entries: 1, units: 1, counts: undefined },
  ])
})

const few = { key: 'few', entries: 1, units: 100 }
const many = { key: 'many', entries: 9, units: 100 }
const most = { key: 'most', entries: 5, units: 500 }

test('the order is by what is most, then by entries', () => {
  expect([few, many, most].sort(mostFirst('units'))).toEqual([most, many, few])
  expect([few, many, most].sort(mostFirst('entries'))).toEqual([many, most, few])
})

test('a tie is settled by the key, so that an answer never changes its order by chance', () => {
  const tied = [null, 'b', 'a'].map((key) => ({ key, entries: 1, units: 1 }))
  expect(tied.sort(mostFirst('units')).map(({ key }) => key)).toEqual(['a', 'b', null])
})
