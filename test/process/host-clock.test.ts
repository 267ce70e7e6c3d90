import { REST } from 'discord.js'
import { afterEach, describe, expect, test } from 'vitest'
import { hostClock, steadyDate } from '../../src/process/host-clock.ts'
import { openDiscord, TOKEN } from '../support/open-discord.ts'

const DAY = 86_400_000

/** How many requests discord.js sends in a second, and how many are made. */
const PER_SECOND = 5
const REQUESTS = 7

const real = Date.now
afterEach(() => {
  Date.now = real
})

/** A host whose time of day can be set. `Date` follows it. */
function openHost() {
  const host = { ahead: 0, now: () => real() + host.ahead, elapsed: () => performance.now() }
  Date.now = host.now
  return host
}

describe('a time of day that is set', () => {
  test.each([-100 * DAY, DAY])(
    'by %i ms does not stop discord.js from sending, nor let it exceed its limit',
    async (step) => {
      const { discord } = await openDiscord()
      const host = openHost()
      steadyDate(host)
      const rest = new REST({ api: discord.api, globalRequestsPerSecond: PER_SECOND }).setToken(TOKEN)
      const request = () => rest.get('/users/@me')
      await request()
      host.ahead = step
      const start = performance.now()
      await Promise.all(Array.from({ length: REQUESTS }, request))
      expect(performance.now() - start).toBeGreaterThan(500)
      expect(performance.now() - start).toBeLessThan(5000)
    },
  )

  test('does not change Date.now, which advances with elapsed time', () => {
    const host = { now: () => 1_000_000, elapsed: () => elapsed }
    let elapsed = 500
    steadyDate(host)
    host.now = () => 0
    expect(Date.now()).toBe(1_000_000)
    elapsed = 1700
    expect(Date.now()).toBe(1_001_200)
  })
})

test('a sleep longer than a timer can be does not end at once, and can be aborted', async () => {
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
