import { expect, test } from 'vitest'
import { ReadBudget } from '../../src/sync/read-budget.ts'
import { ManualClock } from '../support/manual-clock.ts'

const DAY = 86_400_000
const { signal } = new AbortController()

/** How many permits are given without time passing. */
async function permitsAtOnce(budget: ReadBudget, most: number): Promise<number> {
  let permits = 0
  const taking = (async () => {
    for (; permits < most; permits++) {
      await budget.permit(signal)
      budget.spend()
    }
  })()
  await Promise.race([taking, new Promise((resolve) => setImmediate(resolve))])
  return permits
}

test('the background gets a minute’s worth of permits at once, and then has to wait', async () => {
  const clock = new ManualClock()
  const budget = new ReadBudget(clock, 60)
  expect(await permitsAtOnce(budget, 100)).toBe(60)
})

test('each second adds as many permits as the setting allows per second', async () => {
  const clock = new ManualClock()
  const budget = new ReadBudget(clock, 120)
  for (let count = 0; count < 120; count++) budget.spend()
  clock.advance(1000)
  expect(await permitsAtOnce(budget, 100)).toBe(2)
})

test('requests for moderators are taken from what the background may use', async () => {
  const clock = new ManualClock()
  const budget = new ReadBudget(clock, 60)
  for (let count = 0; count < 90; count++) budget.spend()
  clock.advance(30_000)
  expect(await permitsAtOnce(budget, 100)).toBe(0)
  clock.advance(1000)
  expect(await permitsAtOnce(budget, 100)).toBe(1)
})

test('while a moderator waits, the background gets one permit in ten seconds', async () => {
  const clock = new ManualClock()
  const budget = new ReadBudget(clock, 60)
  const wanted = Promise.withResolvers<void>()
  const waiting = budget.prioritize(wanted.promise)
  let permits = 0
  const taking = (async () => {
    for (; permits < 3; permits++) await budget.permit(signal)
  })()
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  await settled()
  expect(permits).toBe(0)
  clock.advance(10_000)
  await settled()
  expect(permits).toBe(1)
  wanted.resolve()
  await waiting
  await taking
  expect(permits).toBe(3)
})

test.each([-100 * DAY, -3_600_000, 100 * DAY])(
  'a host’s clock that steps by %i ms does not change the rate',
  async (step) => {
    const host = new ManualClock()
    const budget = new ReadBudget(host, 60)
    for (let count = 0; count < 60; count++) budget.spend()
    host.step(step)
    expect(await permitsAtOnce(budget, 100)).toBe(0)
    host.advance(1000)
    expect(await permitsAtOnce(budget, 100)).toBe(1)
  },
)
