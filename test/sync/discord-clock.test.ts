import { expect, test } from 'vitest'
import { firstIdAt } from '../../src/core/snowflake.ts'
import { DiscordClock } from '../../src/sync/discord-clock.ts'
import { ManualClock } from '../support/manual-clock.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

test.each([-72 * HOUR, -10 * MINUTE, 9 * HOUR, 72 * HOUR])(
  'a host’s clock that is off by %i ms is corrected by what Discord says',
  (ahead) => {
    const host = new ManualClock()
    const clock = new DiscordClock(host)
    expect(clock.now()).toBe(host.now())
    const discordTime = host.now() - ahead
    clock.hear(discordTime)
    host.advance(HOUR)
    expect(clock.now()).toBe(discordTime + HOUR)
    expect(clock.hostAhead).toBe(ahead)
  },
)

test('the delay of an answer and its whole seconds do not count as a clock that is off', () => {
  const host = new ManualClock()
  const clock = new DiscordClock(host)
  clock.hear(host.now() - 4900)
  expect([clock.now(), clock.hostAhead]).toEqual([host.now(), 0])
})

test('a clock that was put right is trusted again', () => {
  const host = new ManualClock()
  const clock = new DiscordClock(host)
  clock.hear(host.now() - HOUR)
  clock.hear(host.now())
  expect(clock.hostAhead).toBe(0)
})

test('an interaction tells to the millisecond when it was made', () => {
  const host = new ManualClock()
  const clock = new DiscordClock(host)
  clock.hear(host.now() - 9 * HOUR)
  const made = host.now() - 9 * HOUR - 1234
  expect(clock.momentOf(firstIdAt(made))).toBe(made)
})

test.each([-9 * HOUR, 9 * HOUR, 72 * HOUR])(
  'an interaction tells so where the host’s clock was moved by %i ms just before, too',
  (step) => {
    const host = new ManualClock()
    let ahead = 0
    const clock = new DiscordClock({ now: () => host.now() + ahead, sleep: host.sleep })
    clock.hear(host.now())
    host.advance(HOUR)
    ahead = step
    expect(clock.momentOf(firstIdAt(host.now()))).toBe(host.now())
  },
)

test('an id that can be that of no interaction tells nothing', () => {
  const host = new ManualClock()
  const clock = new DiscordClock(host)
  for (const id of ['9223372036854775806', '1']) {
    expect(clock.momentOf(id)).toBe(host.now())
    clock.hear(host.now())
    expect(clock.momentOf(id)).toBe(host.now())
  }
})
