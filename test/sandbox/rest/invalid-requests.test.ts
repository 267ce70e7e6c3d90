import { expect, onTestFinished, test, vi } from 'vitest'
import { rateLimitFault } from '../../../sandbox/rest/faults.ts'
import { openDiscord } from '../../support/open-discord.ts'
import { RestClient } from '../../support/sandbox/rest-client.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const MINUTE = 60_000

/** Opens a Discord that allows two invalid requests in ten minutes, and stops the system clock. */
async function open() {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const here = await openDiscord()
  here.discord.rateLimits.invalid = { limit: 2, window: 10 * MINUTE }
  return { ...here, me: `${here.discord.api}/v10/users/@me`, stranger: new RestClient(here.discord.api, 'x') }
}

test('after too many invalid requests Cloudflare answers every bot, until the window ends', async () => {
  const { me, rest, stranger } = await open()
  expect((await stranger.get('/users/@me')).status).toBe(401)
  expect((await stranger.get('/users/@me')).status).toBe(401)
  vi.setSystemTime(NOON + MINUTE)
  const banned = await fetch(me)
  expect(banned.status).toBe(429)
  expect(banned.headers.get('retry-after')).toBe('540')
  expect(banned.headers.get('via')).toBeNull()
  expect(await banned.text()).toContain('error code: 1015')
  vi.setSystemTime(NOON + 10 * MINUTE)
  expect((await rest.get('/users/@me')).status).toBe(200)
})

test('missing permissions and limits count as invalid, other errors and shared limits do not', async () => {
  const { discord, me, rest } = await open()
  const statusWith = async (fault: NonNullable<ReturnType<NonNullable<typeof discord.fault>>>) => {
    discord.fault = () => fault
    const { status } = await fetch(me)
    discord.fault = undefined
    return status
  }
  await statusWith({ status: 403 })
  for (let count = 0; count < 2; count++) {
    await statusWith({ status: 404 })
    await statusWith({ status: 500 })
    await statusWith(rateLimitFault('shared', 1))
  }
  expect((await rest.get('/users/@me')).status).toBe(200)
  await statusWith(rateLimitFault('user', 1))
  expect((await fetch(me)).status).toBe(429)
})

test('by default 10,000 invalid requests are allowed in ten minutes', async () => {
  const { discord } = await openDiscord()
  expect(discord.rateLimits.invalid).toEqual({ limit: 10_000, window: 10 * MINUTE })
})
