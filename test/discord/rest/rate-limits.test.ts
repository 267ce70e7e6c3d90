import { RateLimitError, REST } from 'discord.js'
import { expect, test } from 'vitest'
import { always, cloudflareFault, onFirstRequest, rateLimitFault } from '../../../sandbox/rest/faults.ts'
import { sendRequest } from '../../../src/discord/rest/rate-limit-headers.ts'
import { RateLimits } from '../../../src/discord/rest/rate-limits.ts'
import { createReplies } from '../../../src/discord/rest/replies.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'

const GUILD = '900000000000000000'
const ELSEWHERE = '900000000000000001'

/** A limit as discord.js describes it. */
const LIMIT = {
  global: false,
  limit: 5,
  majorParameter: GUILD,
  retryAfter: 2000,
  route: '/guilds/:id/audit-logs',
  sublimitTimeout: 0,
  timeToReset: 2000,
}

test('a request waits for a short limit, and fails on a long one', () => {
  const { rejects } = new RateLimits(new ManualClock())
  expect(rejects(LIMIT)).toBe(false)
  expect(rejects({ ...LIMIT, retryAfter: 60_000 })).toBe(true)
  expect(rejects({ ...LIMIT, sublimitTimeout: 60_000 })).toBe(true)
  expect(rejects({ ...LIMIT, timeToReset: 60_000 })).toBe(true)
})

test('registering the commands fails on a long limit, too', () => {
  const { rejects } = new RateLimits(new ManualClock())
  const registration = { ...LIMIT, route: '/applications/:id/commands', global: true }
  expect(rejects(registration)).toBe(false)
  expect(rejects({ ...registration, retryAfter: 600_000 })).toBe(true)
})

test('a limit holds up the guild it is for, or all guilds if it is global', () => {
  const clock = new ManualClock()
  const limits = new RateLimits(clock)
  limits.rejects(LIMIT)
  expect([limits.heldUntil(GUILD), limits.heldUntil(ELSEWHERE)]).toEqual([clock.now() + 2000, undefined])
  limits.rejects({ ...LIMIT, global: true, retryAfter: 5000 })
  expect([limits.heldUntil(GUILD), limits.heldUntil(ELSEWHERE)]).toEqual([
    clock.now() + 5000,
    clock.now() + 5000,
  ])
  clock.advance(5000)
  expect(limits.heldUntil(GUILD)).toBeUndefined()
})

test('a limit on reading members does not hold up reading the log', () => {
  const limits = new RateLimits(new ManualClock())
  limits.rejects({ ...LIMIT, route: '/guilds/:id/members' })
  expect(limits.heldUntil(GUILD)).toBeUndefined()
})

test('a request that Cloudflare limits without a Retry-After is not repeated at once', async () => {
  const { clock, discord } = await openDiscord()
  const { rejects } = new RateLimits(clock)
  const rest = new REST({ api: discord.api, makeRequest: sendRequest, rejectOnRateLimit: rejects }).setToken(
    TOKEN,
  )
  let requests = 0
  discord.fault = () => {
    requests++
    return cloudflareFault(429, 1015)
  }
  await expect(rest.get('/users/@me')).rejects.toMatchObject({
    name: expect.stringMatching(/^RateLimitError/),
  })
  expect(requests).toBe(1)
})

test('replies do not wait for the global limit, exceed fifty per second, and need no bot token', async () => {
  const { discord } = await openDiscord()
  const replies = createReplies(discord.api)
  discord.fault = always(/^\/guilds/, rateLimitFault('global', 600))
  const rest = new REST({ api: discord.api, rejectOnRateLimit: () => true }).setToken(TOKEN)
  await expect(rest.get(`/guilds/${GUILD}/audit-logs`)).rejects.toThrow()
  const webhooks = Array.from({ length: 120 }, (_, index) => `/webhooks/${GUILD}/token${index}` as const)
  const answers = webhooks.map((path) =>
    replies.post(path, { auth: false, body: {} }).catch(({ code }) => code),
  )
  // Each reached Discord, which does not know the interaction.
  expect(new Set(await Promise.all(answers))).toEqual(new Set([10015]))
})

test('a reply that meets a global limit does not delay other replies', async () => {
  const { discord } = await openDiscord()
  const replies = createReplies(discord.api)
  const send = (token: string) =>
    replies.patch(`/webhooks/${GUILD}/${token}/messages/@original`, { body: {}, auth: false })
  discord.fault = onFirstRequest(/^\/webhooks/, rateLimitFault('global', 600))
  await expect(send('first')).rejects.toBeInstanceOf(RateLimitError)
  await expect(send('second')).rejects.toMatchObject({ code: 10015 })
})
