import { RateLimitError, REST } from 'discord.js'
import { expect, test } from 'vitest'
import { always, cloudflareFault, onFirstRequest, rateLimitFault } from '../../../sandbox/rest/faults.ts'
import { RateLimits } from '../../../src/discord/rest/rate-limits.ts'
import { createReplies } from '../../../src/discord/rest/replies.ts'
import { sendRequest } from '../../../src/discord/rest/told-waits.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'

const GUILD = '900000000000000000'
const ELSEWHERE = '900000000000000001'

/** A limit as discord.js tells of it. */
const LIMIT = {
  global: false,
  limit: 5,
  majorParameter: GUILD,
  retryAfter: 2000,
  route: '/guilds/:id/audit-logs',
  sublimitTimeout: 0,
  timeToReset: 2000,
}

test('a short limit is waited for, a long one is not', () => {
  const { rejects } = new RateLimits(new ManualClock())
  expect(rejects(LIMIT)).toBe(false)
  expect(rejects({ ...LIMIT, retryAfter: 60_000 })).toBe(true)
  expect(rejects({ ...LIMIT, sublimitTimeout: 60_000 })).toBe(true)
  expect(rejects({ ...LIMIT, timeToReset: 60_000 })).toBe(true)
})

test('the registration of commands does not wait in silence for a long limit either', () => {
  const { rejects } = new RateLimits(new ManualClock())
  const registration = { ...LIMIT, route: '/applications/:id/commands', global: true }
  expect(rejects(registration)).toBe(false)
  expect(rejects({ ...registration, retryAfter: 600_000 })).toBe(true)
})

test('it is known until when readings of a guild wait, and those of all where the limit is for all', () => {
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

test('a limit on members does not hold readings', () => {
  const limits = new RateLimits(new ManualClock())
  limits.rejects({ ...LIMIT, route: '/guilds/:id/members' })
  expect(limits.heldUntil(GUILD)).toBeUndefined()
})

test('a page of Cloudflare’s that does not say when to ask again is not asked for again at once', async () => {
  const { clock, discord } = await openDiscord()
  const { rejects } = new RateLimits(clock)
  const rest = new REST({ api: discord.api, makeRequest: sendRequest, rejectOnRateLimit: rejects }).setToken(
    TOKEN,
  )
  let asked = 0
  discord.fault = () => {
    asked++
    return cloudflareFault(429, 1015)
  }
  await expect(rest.get('/users/@me')).rejects.toMatchObject({
    name: expect.stringMatching(/^RateLimitError/),
  })
  expect(asked).toBe(1)
})

test('replies go out while all that is asked of Discord waits, more than fifty in a second, and without the token', async () => {
  const { discord } = await openDiscord()
  const replies = createReplies(discord.api)
  discord.fault = always(/^\/guilds/, rateLimitFault('global', 600))
  const rest = new REST({ api: discord.api, rejectOnRateLimit: () => true }).setToken(TOKEN)
  await expect(rest.get(`/guilds/${GUILD}/audit-logs`)).rejects.toThrow()
  const webhooks = Array.from({ length: 120 }, (_, index) => `/webhooks/${GUILD}/token${index}` as const)
  const answers = webhooks.map((path) =>
    replies.post(path, { auth: false, body: {} }).catch(({ code }) => code),
  )
  // Each is answered by Discord itself: it knows no such interaction.
  expect(new Set(await Promise.all(answers))).toEqual(new Set([10015]))
})

test('a reply that is told of a global limit holds up no other', async () => {
  const { discord } = await openDiscord()
  const replies = createReplies(discord.api)
  const send = (token: string) =>
    replies.patch(`/webhooks/${GUILD}/${token}/messages/@original`, { body: {}, auth: false })
  discord.fault = onFirstRequest(/^\/webhooks/, rateLimitFault('global', 600))
  await expect(send('first')).rejects.toBeInstanceOf(RateLimitError)
  await expect(send('second')).rejects.toMatchObject({ code: 10015 })
})
