import { describe, expect, test } from 'vitest'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DiscordClock } from '../../../src/sync/time/discord-clock.ts'
import { HostClock, ManualClock } from '../../support/manual-clock.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A host whose clock is off by so much, in milliseconds, after one response of Discord. */
function synchronized(ahead = 0) {
  const discord = new ManualClock()
  const host = new HostClock(discord, ahead)
  const clock = new DiscordClock(host)
  clock.update(discord.now())
  return { discord, host, clock }
}

test.each([-72 * HOUR, -10 * MINUTE, 9 * HOUR, 72 * HOUR])(
  'a host’s clock that is off by %i ms is corrected by Discord’s responses',
  (ahead) => {
    const host = new ManualClock()
    const clock = new DiscordClock(host)
    expect(clock.now()).toBe(host.now())
    const discordTime = host.now() - ahead
    clock.update(discordTime)
    host.advance(HOUR)
    expect(clock.now()).toBe(discordTime + HOUR)
    expect(clock.hostAhead).toBe(ahead)
  },
)

test('it shows whole milliseconds, as the archive stores them, although elapsed time has fractions', () => {
  const host = { now: () => 1000, elapsed: () => elapsed, sleep: async () => {} }
  let elapsed = 0.1
  const clock = new DiscordClock(host)
  clock.update(1000)
  elapsed = 0.3
  expect(clock.now()).toBe(1000)
  elapsed = 7.9
  expect(clock.now()).toBe(1008)
})

test('the delay of a response and its whole seconds are not a clock that is off', () => {
  const host = new ManualClock()
  const clock = new DiscordClock(host)
  clock.update(host.now() - 4900)
  expect([clock.now(), clock.hostAhead]).toEqual([host.now(), 0])
})

test('a clock that was put right is trusted again', () => {
  const { discord, host, clock } = synchronized(HOUR)
  host.ahead = 0
  clock.update(discord.now())
  expect(clock.hostAhead).toBe(0)
})

test.each([-100 * DAY, -HOUR, HOUR, 100 * DAY])(
  'a host’s clock that steps by %i ms while Custos runs only changes how far it is off',
  (step) => {
    const { discord, host, clock } = synchronized()
    discord.advance(HOUR)
    host.ahead = step
    expect([clock.now(), clock.hostAhead]).toEqual([discord.now(), step])
    clock.update(discord.now())
    expect([clock.now(), clock.hostAhead]).toEqual([discord.now(), step])
  },
)

describe('a response', () => {
  test.each([-100 * DAY, -2 * MINUTE, 2 * MINUTE, 100 * DAY])(
    'that is off by %i ms is not accepted where no other agrees',
    (off) => {
      const { discord, clock } = synchronized()
      for (let count = 0; count < 3; count++) {
        clock.update(discord.now() + off)
        expect(clock.now()).toBe(discord.now())
        discord.advance(30 * SECOND)
        clock.update(discord.now())
        expect(clock.now()).toBe(discord.now())
      }
    },
  )

  test.each([-100 * DAY, 2 * MINUTE, 100 * DAY])(
    'that is off by %i ms is accepted when a second agrees, because Discord’s time has changed',
    (off) => {
      const { discord, clock } = synchronized()
      clock.update(discord.now() + off)
      discord.advance(30 * SECOND)
      clock.update(discord.now() + off)
      expect(clock.now()).toBe(discord.now() + off)
    },
  )

  test('that is off is not accepted because the host’s clock is off by as much', () => {
    const { discord, host, clock } = synchronized()
    host.ahead = -100 * DAY
    clock.update(discord.now() - 100 * DAY)
    expect(clock.now()).toBe(discord.now())
  })

  test('that a cache repeats is not accepted', () => {
    const { discord, clock } = synchronized()
    const cached = discord.now()
    discord.advance(2 * DAY)
    clock.update(discord.now())
    for (let count = 0; count < 9; count++) {
      clock.update(cached)
      discord.advance(SECOND)
    }
    expect(clock.now()).toBe(discord.now())
  })

  test('that was the first, and wrong, is corrected by the next two', () => {
    const discord = new ManualClock()
    const clock = new DiscordClock(new HostClock(discord, 9 * HOUR))
    clock.update(discord.now() + 100 * DAY)
    for (let count = 0; count < 2; count++) {
      discord.advance(5 * SECOND)
      clock.update(discord.now())
    }
    expect(clock.now()).toBe(discord.now())
  })

  test('that was long on its way does not set the time back', () => {
    const { discord, clock } = synchronized(9 * HOUR)
    for (const late of [0, 20 * SECOND, 3 * SECOND, 21 * SECOND, 59 * SECOND]) {
      discord.advance(SECOND)
      clock.update(discord.now() - late)
      expect(clock.now()).toBe(discord.now())
    }
  })

  test('that came faster than the others sets the time', () => {
    const discord = new ManualClock()
    const clock = new DiscordClock(new HostClock(discord, 9 * HOUR))
    clock.update(discord.now() - 20 * SECOND)
    clock.update(discord.now() - SECOND)
    expect(clock.now()).toBe(discord.now() - SECOND)
  })
})

test('an interaction’s id says to the millisecond when it was made', () => {
  const host = new ManualClock()
  const clock = new DiscordClock(host)
  clock.update(host.now() - 9 * HOUR)
  const made = host.now() - 9 * HOUR - 1234
  expect(clock.momentOf(firstIdAt(made))).toBe(made)
})

test.each([-9 * HOUR, 9 * HOUR, 72 * HOUR])(
  'an interaction’s id says so after the host’s clock has stepped by %i ms, too',
  (step) => {
    const { discord, host, clock } = synchronized()
    discord.advance(HOUR)
    host.ahead = step
    expect(clock.momentOf(firstIdAt(discord.now()))).toBe(discord.now())
  },
)

test('an id that cannot be of an interaction is ignored', () => {
  const host = new ManualClock()
  const clock = new DiscordClock(host)
  for (const id of ['9223372036854775806', '1']) {
    expect(clock.momentOf(id)).toBe(host.now())
    clock.update(host.now())
    expect(clock.momentOf(id)).toBe(host.now())
  }
})

describe('where the first response is off by days', () => {
  test.each([-100 * DAY, 100 * DAY])(
    'by %i ms, the next is accepted at once if the host’s clock agrees',
    (off) => {
      const host = new ManualClock()
      const clock = new DiscordClock(host)
      clock.update(host.now() + off)
      clock.update(host.now())
      expect(clock.now()).toBe(host.now())
    },
  )

  test('one that the host’s clock agrees with is not accepted once two responses have agreed', () => {
    const { discord, host, clock } = synchronized(100 * DAY)
    clock.update(discord.now())
    clock.update(host.now())
    expect(clock.now()).toBe(discord.now())
  })
})
