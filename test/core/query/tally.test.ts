import { expect, test } from 'vitest'
import { byActionName, mostFirst, sumOf } from '../../../src/core/query/tally.ts'

test('a sum adds up entries and units separately', () => {
  const tallies = [
    { key: 'a', entries: 2, units: 50 },
    { key: null, entries: 1, units: 1 },
  ]
  expect(sumOf(tallies)).toEqual({ entries: 3, units: 51 })
})

test('the sum of no tallies is zero', () => {
  expect(sumOf([])).toEqual({ entries: 0, units: 0 })
})

test('kinds with the same name are counted as one, most frequent first', () => {
  const byKind = [
    { key: 72, entries: 3, units: 40 },
    { key: -3, entries: 2, units: 2 },
    { key: -1, entries: 1, units: 1 },
    { key: 24, entries: 2, units: 2 },
    { key: 999, entries: 5, units: 5 },
  ]
  expect(byActionName(byKind)).toEqual([
    { key: 'Unknown action 999', emoji: '❔', entries: 5, units: 5, counts: undefined },
    { key: 'Member Update', emoji: '👤', entries: 4, units: 4, counts: undefined },
    { key: 'Message Delete', emoji: '🗑️', entries: 3, units: 40, counts: 'message' },
    { key: 'Member Timeout', emoji: '⏳', entries: 1, units: 1, counts: undefined },
  ])
})

const few = { key: 'few', entries: 1, units: 100 }
const many = { key: 'many', entries: 9, units: 100 }
const most = { key: 'most', entries: 5, units: 500 }

test('tallies are sorted by the chosen number, then by entries', () => {
  expect([few, many, most].sort(mostFirst('units'))).toEqual([most, many, few])
  expect([few, many, most].sort(mostFirst('entries'))).toEqual([many, most, few])
})

test('the key decides ties, so that the order is always the same', () => {
  const tied = [null, 'b', 'a'].map((key) => ({ key, entries: 1, units: 1 }))
  expect(tied.sort(mostFirst('units')).map(({ key }) => key)).toEqual(['a', 'b', null])
})
