import { beforeEach, expect, test } from 'vitest'
import { LONGEST_TIMER } from '../../src/core/clock.ts'
import { Agenda } from '../../src/watch/agenda.ts'
import { ManualClock } from '../support/manual-clock.ts'

let clock: ManualClock
let stopping: AbortController
let done: string[]
let agenda: Agenda<string>

beforeEach(() => {
  clock = new ManualClock()
  stopping = new AbortController()
  done = []
  agenda = new Agenda(clock, stopping.signal, (item) => done.push(item))
})

/** Lets time pass, and what is due be done. */
async function pass(milliseconds: number): Promise<void> {
  clock.advance(milliseconds)
  await new Promise(setImmediate)
}

test('each item is run when it is due, once', async () => {
  agenda.set('later', 20)
  agenda.set('sooner', 10)
  await pass(9)
  expect(done).toEqual([])
  await pass(1)
  expect(done).toEqual(['sooner'])
  await pass(10)
  await pass(100)
  expect(done).toEqual(['sooner', 'later'])
})

test('an item that is due twice is run at the sooner time', async () => {
  agenda.set('a', 10)
  agenda.set('a', 50)
  await pass(10)
  agenda.set('b', 50)
  agenda.set('b', 10)
  await pass(10)
  await pass(100)
  expect(done).toEqual(['a', 'b'])
})

test('an item that is deleted is not run', async () => {
  agenda.set('a', 10)
  agenda.set('b', 10)
  agenda.delete('a')
  await pass(10)
  expect(done).toEqual(['b'])
})

test('a wait that is longer than a timer can be ends at its time', async () => {
  agenda.set('a', LONGEST_TIMER + 10)
  await pass(LONGEST_TIMER)
  expect(done).toEqual([])
  await pass(10)
  expect(done).toEqual(['a'])
})

test('nothing is run after Custos stops', async () => {
  agenda.set('a', 10)
  stopping.abort()
  await pass(10)
  expect(done).toEqual([])
})
