import { expect, test } from 'vitest'
import { Names } from '../../../src/core/names/names.ts'
import { describeBelowTitle } from '../../../src/view/list/describe.ts'

const names = new Names('1', [
  { type: 'user', id: '7', name: 'ann', presence: 'present' },
  { type: 'user', id: '8', name: 'bob', presence: 'gone' },
])

test('the filter below a title leaves out whom the title names, unless a mention of them may not resolve', () => {
  const below = (executorId: string) =>
    describeBelowTitle({ filter: { executorId, reason: 'spam' } }, names, 'executorId')
  expect(below('7')).toBe('reason contains “spam”')
  expect(below('8')).toBe('by <@8> (bob) · reason contains “spam”')
  expect(below('9')).toBe('by <@9> · reason contains “spam”')
})

test('a target is left out by its type, or by the only one that its id has', () => {
  const below = (targetType?: 'user' | 'role') =>
    describeBelowTitle({ filter: { targetId: '7', ...(targetType && { targetType }) } }, names, 'targetId')
  expect(below('user')).toBe('')
  expect(below()).toBe('')
  expect(below('role')).toBe('on <@&7>')
})
