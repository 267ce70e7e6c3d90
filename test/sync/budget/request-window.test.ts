import { expect, test } from 'vitest'
import { RequestWindow } from '../../../src/sync/budget/request-window.ts'
import { ManualClock } from '../../support/manual-clock.ts'

function openWindow(perSecond: number) {
  const clock = new ManualClock()
  return { clock, window: new RequestWindow(clock, perSecond) }
}

test('a request counts while it is on its way and for a second after its response', () => {
  const { clock, window } = openWindow(2)
  window.begin()
  clock.advance(60_000)
  expect(window.left).toBe(1)
  window.end()
  clock.advance(999)
  expect(window.left).toBe(1)
  clock.advance(1)
  expect(window.left).toBe(2)
})

test('the next request waits for the oldest response to be a second ago', () => {
  const { clock, window } = openWindow(2)
  for (let count = 0; count < 2; count++) {
    window.begin()
    window.end()
    clock.advance(300)
  }
  expect(window.wait).toBe(400)
  clock.advance(400)
  expect([window.wait, window.left]).toEqual([0, 1])
})

test('how long the next request waits is not known while none has a response', () => {
  const { window } = openWindow(1)
  window.begin()
  expect(window.wait).toBeUndefined()
  window.end()
  expect(window.wait).toBe(1000)
})

test('more requests than are left take a second for each so many', () => {
  const { window } = openWindow(10)
  expect([window.waitFor(10), window.waitFor(35)]).toEqual([0, 2500])
  for (let count = 0; count < 10; count++) window.begin()
  expect(window.waitFor(5)).toBe(500)
})

test('a clock whose time of day is changed changes nothing', () => {
  const { clock, window } = openWindow(1)
  window.begin()
  window.end()
  clock.step(-60_000)
  expect(window.wait).toBe(1000)
  clock.step(3_600_000)
  expect(window.left).toBe(0)
})
