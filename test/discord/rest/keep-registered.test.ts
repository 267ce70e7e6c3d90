import { REST } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import { rateLimitFault } from '../../../sandbox/rest/faults.ts'
import { keepRegistered } from '../../../src/discord/rest/keep-registered.ts'
import { RateLimits } from '../../../src/discord/rest/rate-limits.ts'
import { sendRequest } from '../../../src/discord/rest/told-waits.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const HOUR = 3_600_000
const JSON_TYPE = { 'Content-Type': 'application/json' }

/** A bot that registers a command, and what its log has said. */
async function openBot(name = 'audit') {
  const { clock, discord, town } = await openDiscord()
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const log = new RecordedLog()
  return {
    clock,
    discord,
    held: () => [...town.bot.commands.values()].map((command) => command.name),
    stop: () => stopping.abort(),
    register: () =>
      keepRegistered({
        rest: new REST({
          api: discord.api,
          retries: 0,
          makeRequest: sendRequest,
          rejectOnRateLimit: new RateLimits(clock).rejects,
        }).setToken(TOKEN),
        applicationId: town.bot.id,
        definitions: [{ name, description: 'Who did what' }],
        clock,
        log,
        signal: stopping.signal,
      }),
    said: async (lines: number) => {
      await expect.poll(() => log.lines.length).toBe(lines)
      return log.lines.map(({ level, message }) => `${level}: ${message}`)
    },
  }
}

test.each([
  ['503', { status: 503 }],
  ['a page of Cloudflare’s', { status: 403, body: 'error code: 1015' }],
  ['Cloudflare’s “internal network error”', { status: 403, body: '{"code":40333}', headers: JSON_TYPE }],
] as const)('where Discord answers %s, it is tried again until it works', async (_, trouble) => {
  const { clock, discord, held, register, said } = await openBot()
  discord.fault = () => trouble
  const registered = register()
  for (const [failures, wait] of [1000, 2000, 4000].entries()) {
    const lines = await said(failures + 1)
    expect(lines.at(-1)).toMatch(
      /^warn: The commands could not be registered\. Trying again in [1-4] seconds?\.$/,
    )
    if (failures === 2) discord.fault = undefined
    clock.advance(wait)
  }
  await registered
  expect((await said(4)).at(-1)).toBe('info: The commands are registered.')
  expect(held()).toEqual(['audit'])
})

test.each([
  ['does not say when', {}],
  ['says so by a date', { 'Retry-After': 'Sat, 01 Aug 2026 12:00:00 GMT' }],
])('where a limit %s, it is tried again after a minute', async (_, headers) => {
  const { clock, discord, register, said } = await openBot()
  let asked = 0
  discord.fault = () => {
    asked++
    return { status: 429, body: 'error code: 1015', headers }
  }
  register()
  const [line] = await said(1)
  expect(line).toMatch(
    /^warn: The commands could not be registered\. Trying again in 1 minute( 1 second)?\.$/,
  )
  clock.advance(59_000)
  expect(asked).toBe(1)
  clock.advance(2000)
  await said(2)
  expect(asked).toBe(2)
})

test('what Discord refuses is an error, and is sent again after six hours', async () => {
  const { clock, register, said } = await openBot('Not a name')
  const refused = 'error: The commands could not be registered. Trying again in 6 hours.'
  const asleep = clock.slept(6 * HOUR)
  register()
  await asleep
  expect(await said(1)).toEqual([refused])
  clock.advance(6 * HOUR)
  expect(await said(2)).toEqual([refused, refused])
})

test('a wait for Discord’s limit is said', async () => {
  const { clock, discord, register, said } = await openBot()
  discord.fault = () => rateLimitFault('user', 120)
  const asleep = clock.slept(5000)
  register()
  await asleep
  clock.advance(5000)
  expect(await said(1)).toEqual([
    'warn: Discord has not taken the commands for 5 seconds. It may limit requests. Still waiting.',
  ])
})

test('it ends when Custos stops, and says nothing more', async () => {
  const { discord, register, said, stop } = await openBot()
  discord.fault = () => ({ status: 503 })
  const registered = register()
  await said(1)
  stop()
  await registered
  await said(1)
})
