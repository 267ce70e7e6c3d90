import { expect, test } from 'vitest'
import { FairQueue } from '../../src/core/fair-queue.ts'

function filled(): FairQueue<string, string> {
  const queue = new FairQueue<string, string>()
  queue.add('a', ['a1', 'a2', 'a3'])
  queue.add('b', ['b1'])
  queue.add('c', ['c1', 'c2'])
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
  queue.add('b', ['b2'])
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
