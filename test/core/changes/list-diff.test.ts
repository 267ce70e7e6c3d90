import { expect, test } from 'vitest'
import { listDiff } from '../../../src/core/changes/list-diff.ts'

const [novels, poems] = [
  { id: '1', title: 'Novels' },
  { id: '2', title: 'Poems' },
]

test('what is on both sides did not change, whatever the order of items and of their fields', () => {
  const turned = [poems, { title: 'Novels', id: '1' }]
  expect(listDiff([novels, poems], turned, 'id')).toEqual({ added: [], removed: [], changed: [] })
})

test('an object that is the same by its field, but not in all, changed', () => {
  const essays = { id: '1', title: 'Essays' }
  expect(listDiff([novels], [poems, essays], 'id')).toEqual({
    added: [poems],
    removed: [],
    changed: [{ before: novels, after: essays }],
  })
})

test.each([
  ['without a field to tell it by', [novels], [{ ...novels, title: 'Essays' }], undefined],
  ['that lacks the field', [{ title: 'Novels' }], [{ title: 'Essays' }], 'id'],
  ['that shares it with another', [novels, { ...poems, id: '1' }], [{ id: '1', title: 'Essays' }], 'id'],
  ['that is no object', ['Novels'], ['Essays'], 'id'],
])('one %s is another', (_, before, after, by) => {
  expect(listDiff(before, after, by)).toEqual({ added: after, removed: before, changed: [] })
})
