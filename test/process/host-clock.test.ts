import { REST } from 'discord.js'
import { afterEach, describe, expect, test } from 'vitest'
import { hostClock, steadyDate } from '../../src/process/host-clock.ts'
import { openDiscord, TOKEN } from '../support/open-discord.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** As many requests as discord.js sends in a second, and some more. */
const REQUESTS = 60

const real = Date.now
afterEach(() => {
  Date.now = real
})

/** A machine whose time of day can be set, by which Date goes as it does by itself. */
function machine() {
  const host = { ahead: 0, now: () => real() + host.ahead, elapsed: () => performance.now() }
  Date.now = host.now
  return host
}

describe('a time of day that steps', () => {
  test.each([-100 * DAY, -DAY, -HOUR, DAY])(
    'by %i ms does not keep discord.js from sending, nor let it send more than it may',
    async (step) => {
      const { discord } = await openDiscord()
      const host = machine()
      steadyDate(host)
      const rest = new REST({ api: discord.api }).setToken(TOKEN)
      const ask = () => rest.get('/users/@me')
      await ask()
      host.ahead = step
      const began = performance.now()
      await Promise.all(Array.from({ length: REQUESTS }, ask))
      expect(performance.now() - began).toBeGreaterThan(500)
      expect(performance.now() - began).toBeLessThan(5000)
    },
  )

  test('does not show in Date.now, which goes on as fast as time does', () => {
    const host = { now: () => 1_000_000, elapsed: () => elapsed }
    let elapsed = 500
    steadyDate(host)
    host.now = () => 0
    expect(Date.now()).toBe(1_000_000)
    elapsed = 1700
    expect(Date.now()).toBe(1_001_200)
  })
})

test('a sleep that is longer than a timer can be is not over at once, and can be broken off', async () => {
  const up = new AbortController()
  let isOver = false
  const slept = hostClock.sleep(2 ** 31, up.signal).then(() => {
    isOver = true
  })
  await hostClock.sleep(20)
  expect(isOver).toBe(false)
  up.abort()
  await expect(slept).rejects.toThrow()
})
