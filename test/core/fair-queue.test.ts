import { expect, test } from 'vitest'
import { FairQueue } from '../../src/core/fair-queue.ts'

function filled(): FairQueue<string, string> {
  const queue = new FairQueue<string, string>()
  for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) queue.add(item.charAt(0), item)
  return queue
}

function takeEach(queue: FairQueue<string, string>): (string | undefined)[] {
  return Array.from({ length: queue.size }, () => queue.take())
}

test('keys take turns, and the items of a key keep their order', () => {
  expect(takeEach(filled())).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3'])
})

test('an item that is added later comes after those of its key', () => {
  const queue = filled()
  queue.take()
  queue.add('b', 'b2')
  expect(takeEach(queue)).toEqual(['b1', 'c1', 'a2', 'b2', 'c2', 'a3'])
})

test('an empty queue gives nothing', () => {
  const queue = filled()
  takeEach(queue)
  expect([queue.size, queue.take()]).toEqual([0, undefined])
})

test('the items of one key can be removed', () => {
  const queue = filled()
  expect(queue.takeAll('c')).toEqual(['c1', 'c2'])
  expect(queue.takeAll('z')).toEqual([])
  expect([queue.size, takeEach(queue)]).toEqual([4, ['a1', 'b1', 'a2', 'a3']])
})

test('a key that may not have its turn keeps its place', () => {
  const queue = filled()
  expect(queue.take((item) => item !== 'a1')).toBe('b1')
  expect(queue.take(() => false)).toBeUndefined()
  expect(takeEach(queue)).toEqual(['a1', 'c1', 'a2', 'c2', 'a3'])
})

test('the items of a key can have an order of their own', () => {
  const queue = new FairQueue<string, number>((a, b) => b - a)
  for (const number of [1, 3, 2]) queue.add('a', number)
  queue.add('b', 9)
  expect(Array.from({ length: 4 }, () => queue.take())).toEqual([3, 9, 2, 1])
})

test('an item that is removed is not taken, and one that does not wait changes nothing', () => {
  const queue = filled()
  queue.remove('a', 'a2')
  queue.remove('b', 'b1')
  queue.remove('b', 'b1')
  expect([queue.size, takeEach(queue)]).toEqual([4, ['a1', 'c1', 'a3', 'c2']])
})

test('a queue that is cleared gives all items and is empty', () => {
  const queue = filled()
  expect(queue.clear().toSorted()).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'c2'])
  expect([queue.size, queue.take()]).toEqual([0, undefined])
})
