import { expect, test } from 'vitest'
import { ReadingOrder } from '../../src/sync/reading-order.ts'

function waiting(...guilds: readonly (readonly [guild: string, priority: number])[]): ReadingOrder<string> {
  const order = new ReadingOrder<string>()
  for (const [guild, priority] of guilds) order.add(guild, priority)
  return order
}

function takeEach(order: ReadingOrder<string>): (string | undefined)[] {
  return Array.from({ length: order.size }, () => order.take())
}

test('the highest priority comes first, and among equals the one that has waited longest', () => {
  const order = waiting(['quiet', 1], ['busy', 9], ['as busy', 9], ['late', -200])
  expect(takeEach(order)).toEqual(['busy', 'as busy', 'quiet', 'late'])
  expect(order.take()).toBeUndefined()
})

test('a guild that is added again waits once, with its last priority and behind its equals', () => {
  const order = waiting(['a', 9], ['b', 5], ['c', 5], ['a', 5])
  expect(order.size).toBe(3)
  expect(takeEach(order)).toEqual(['b', 'c', 'a'])
})

test('a guild that is deleted is not taken', () => {
  const order = waiting(['a', 9], ['b', 5])
  order.delete('a')
  order.delete('never added')
  expect(takeEach(order)).toEqual(['b'])
})

test('those with a higher priority come before a guild, and nothing is said of one that does not wait', () => {
  const order = waiting(['a', 9], ['b', 9], ['c', 5], ['d', 1])
  expect([order.before('d'), order.before('b'), order.before('e')]).toEqual([3, 0, undefined])
})
