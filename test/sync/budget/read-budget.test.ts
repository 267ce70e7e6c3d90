import { setImmediate as settled } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { type Lane, ReadBudget, type RequestLimits } from '../../../src/sync/budget/read-budget.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const SECOND = 1000
const HOUR = 3600 * SECOND
const DAY = 24 * HOUR

function open(limits: Partial<RequestLimits> = {}, response: Promise<void> = Promise.resolve()) {
  const clock = new ManualClock()
  const stopping = new AbortController()
  const budget = new ReadBudget(
    clock,
    { perSecond: 47, backgroundPerMinute: 600, ...limits },
    stopping.signal,
  )
  /** The lane and the guild of each request that was permitted, in order. */
  const permitted: string[] = []
  const request = (lane: Lane, guildId = '1', times = 1) => {
    for (let count = 0; count < times; count++)
      budget
        .run(guildId, lane, async () => {
          permitted.push(`${lane} ${guildId}`)
          await response
        })
        .catch(() => permitted.push(`rejected ${guildId}`))
  }
  /** How many requests of a lane were permitted. */
  const count = (lane: Lane) => permitted.filter((each) => each.startsWith(lane)).length
  const pass = async (milliseconds: number) => {
    clock.advance(milliseconds)
    await settled()
  }
  return { clock, budget, permitted, request, count, pass, stop: () => stopping.abort() }
}

test('no second has more requests than the limit, whoever makes them', async () => {
  const { request, permitted, pass } = open({ perSecond: 45 })
  request('answer', '1', 60)
  request('window', '2', 30)
  request('background', '3', 30)
  await settled()
  expect(permitted).toHaveLength(45)
  await pass(SECOND - 1)
  expect(permitted).toHaveLength(45)
  await pass(1)
  expect(permitted).toHaveLength(90)
  await pass(SECOND)
  expect(permitted).toHaveLength(120)
})

test('a limit is kept in every second, not only in each whole one', async () => {
  const { request, permitted, pass } = open({ perSecond: 10 })
  request('answer', '1', 4)
  await settled()
  await pass(900)
  request('answer', '1', 20)
  await settled()
  expect(permitted).toHaveLength(10)
  await pass(100)
  expect(permitted).toHaveLength(14)
  await pass(900)
  expect(permitted).toHaveLength(20)
})

test('a request counts until a second after its response, since Discord may have received it late', async () => {
  const response = Promise.withResolvers<void>()
  const { request, permitted, pass } = open({ perSecond: 3 }, response.promise)
  request('answer', '1', 5)
  for (let seconds = 0; seconds < 3; seconds++) await pass(SECOND)
  expect(permitted).toHaveLength(3)
  response.resolve()
  await settled()
  await pass(SECOND - 1)
  expect(permitted).toHaveLength(3)
  await pass(1)
  expect(permitted).toHaveLength(5)
})

test('guilds take turns, so that one with many requests does not delay another', async () => {
  const { request, permitted, pass } = open({ perSecond: 4 })
  request('answer', '1', 20)
  request('answer', '2')
  await settled()
  await pass(SECOND)
  expect(permitted.indexOf('answer 2')).toBe(5)
})

test('while all wait, an answer’s requests come first, and no lane starves', async () => {
  const { request, count, pass } = open({ perSecond: 10 })
  // The first ten are permitted before the others wait.
  for (const lane of ['background', 'window', 'answer'] as const) request(lane, lane, 100)
  await settled()
  for (let seconds = 0; seconds < 10; seconds++) await pass(SECOND)
  expect([count('answer'), count('window'), count('background')]).toEqual([60, 20, 30])
})

test('posts that Discord does not answer leave half of the requests to the others', async () => {
  const answered = Promise.withResolvers<void>()
  const { request, count, pass } = open({ perSecond: 10 }, answered.promise)
  request('post', 'a busy channel', 20)
  await pass(SECOND)
  expect(count('post')).toBe(5)
  request('answer', 'a guild', 3)
  await settled()
  expect(count('answer')).toBe(3)
  answered.resolve()
  await settled()
  await pass(SECOND)
  expect(count('post')).toBeGreaterThan(5)
})

test('new posts come before edits of earlier ones, which go on', async () => {
  const { request, count, pass } = open({ perSecond: 8 })
  request('edit', 'a raid', 100)
  request('post', 'a warning', 100)
  await settled()
  // Some edits are permitted before the posts wait.
  const [posts, edits] = [count('post'), count('edit')]
  for (let seconds = 0; seconds < 10; seconds++) await pass(SECOND)
  expect([count('post') - posts, count('edit') - edits]).toEqual([60, 20])
})

test('posts of a guild are not moved with its reads', async () => {
  const { budget, request, permitted, pass } = open({ perSecond: 10 })
  request('answer', 'another guild', 10)
  request('post', '1')
  request('background', '1')
  budget.move('1', 'answer')
  expect(budget.waiting).toEqual({ answer: 1, window: 0, post: 1, edit: 0, background: 0 })
  await settled()
  await pass(SECOND)
  expect(permitted.slice(10).sort()).toEqual(['background 1', 'post 1'])
})

test('a lane that was empty gets no more than its share afterwards', async () => {
  const { request, count, pass } = open({ perSecond: 10 })
  request('window', '1', 1000)
  for (let seconds = 0; seconds < 20; seconds++) await pass(SECOND)
  const before = count('window')
  request('background', '2', 100)
  for (let seconds = 0; seconds < 2; seconds++) await pass(SECOND)
  expect([count('window') - before, count('background')]).toEqual([10, 10])
})

test('a lane that has received much gets its share while one that was seldom used waits all the time', async () => {
  const { request, count, pass } = open({ perSecond: 10, backgroundPerMinute: 600 })
  request('background', '1', 1000)
  for (let seconds = 0; seconds < 120; seconds++) await pass(SECOND)
  const before = count('background')
  request('answer', '2', 1000)
  await settled()
  request('background', '1', 100)
  for (let seconds = 0; seconds < 10; seconds++) await pass(SECOND)
  expect(count('background') - before).toBeGreaterThanOrEqual(20)
})

describe('the background', () => {
  test('gets a minute’s worth of permits at once, and then waits', async () => {
    const { request, count } = open({ backgroundPerMinute: 30 })
    request('background', '1', 40)
    await settled()
    expect(count('background')).toBe(30)
  })

  test('gets as many permits a second as the setting allows, and answers do not use them up', async () => {
    const { request, count, pass } = open({ backgroundPerMinute: 120, perSecond: 1000 })
    request('background', '1', 200)
    request('answer', '2', 300)
    await settled()
    expect(count('background')).toBe(120)
    await pass(SECOND)
    expect([count('background'), count('answer')]).toEqual([122, 300])
  })

  test.each([-100 * DAY, -HOUR, 100 * DAY])(
    'is not sped up or slowed down by a host’s clock that steps by %i ms',
    async (step) => {
      const { clock, request, count, pass } = open({ backgroundPerMinute: 60, perSecond: 1000 })
      request('background', '1', 100)
      clock.step(step)
      await settled()
      expect(count('background')).toBe(60)
      await pass(SECOND)
      expect(count('background')).toBe(61)
    },
  )
})

test('the requests of a guild for which a moderator waits move ahead, and back when nobody waits', async () => {
  const { budget, request, permitted, pass } = open({ backgroundPerMinute: 1 })
  request('background', '1', 3)
  await settled()
  expect(permitted).toHaveLength(1)
  budget.move('1', 'answer')
  await settled()
  expect(permitted).toHaveLength(3)
  request('background', '1')
  budget.move('1', 'answer')
  budget.move('1', 'background')
  await settled()
  expect(permitted).toHaveLength(4)
  request('background', '2')
  budget.move('2', 'background')
  await pass(SECOND)
  expect(permitted).toHaveLength(4)
})

test('an answer’s request waits about as long as expected', async () => {
  const { budget, request, permitted, pass } = open({ perSecond: 10 })
  expect(budget.expectedWait).toBe(0)
  request('answer', '1', 9)
  await settled()
  expect(budget.expectedWait).toBe(0)
  request('answer', '1', 24)
  await settled()
  expect(budget.expectedWait).toBeGreaterThan(2 * SECOND)
  expect(budget.expectedWait).toBeLessThan(3 * SECOND)
  for (let seconds = 0; seconds < 2; seconds++) await pass(SECOND)
  expect(permitted).toHaveLength(30)
  await pass(SECOND)
  expect(permitted).toHaveLength(33)
})

test('when Custos stops, waiting and later requests are rejected', async () => {
  const { request, permitted, stop } = open({ perSecond: 1 })
  request('answer', '1', 3)
  await settled()
  stop()
  request('window', '2')
  await settled()
  expect(permitted.toSorted()).toEqual(['answer 1', 'rejected 1', 'rejected 1', 'rejected 2'])
})
