import { expect, test } from 'vitest'
import { listDiff } from '../../../src/core/changes/list-diff.ts'

const [novels, poems] = [
  { id: '1', title: 'Novels' },
  { id: '2', title: 'Poems' },
]

test('the order of items and of their fields does not matter', () => {
  const reordered = [poems, { title: 'Novels', id: '1' }]
  expect(listDiff([novels, poems], reordered, 'id')).toEqual({ added: [], removed: [], changed: [] })
})

test('an object with the same id and different fields has changed', () => {
  const essays = { id: '1', title: 'Essays' }
  expect(listDiff([novels], [poems, essays], 'id')).toEqual({
    added: [poems],
    removed: [],
    changed: [{ before: novels, after: essays }],
  })
})

test.each([
  ['without an identifying field', [novels], [{ ...novels, title: 'Essays' }], undefined],
  ['that lacks the field', [{ title: 'Novels' }], [{ title: 'Essays' }], 'id'],
  ['that shares it with another', [novels, { ...poems, id: '1' }], [{ id: '1', title: 'Essays' }], 'id'],
  ['that is not an object', ['Novels'], ['Essays'], 'id'],
])('an item %s is removed and added', (_, before, after, by) => {
  expect(listDiff(before, after, by)).toEqual({ added: after, removed: before, changed: [] })
})
