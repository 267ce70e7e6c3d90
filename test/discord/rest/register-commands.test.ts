import { inspect } from 'node:util'
import { REST, type RESTPostAPIApplicationCommandsJSONBody } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import { commands, menuCommands } from '../../../commands/index.ts'
import { rateLimitFault } from '../../../sandbox/rest/faults.ts'
import { toDefinition, toMenuDefinition } from '../../../src/discord/rest/command-definitions.ts'
import { sendRequest } from '../../../src/discord/rest/rate-limit-headers.ts'
import { RateLimits } from '../../../src/discord/rest/rate-limits.ts'
import { registerCommands } from '../../../src/discord/rest/register-commands.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const HOUR = 3_600_000
const JSON_TYPE = { 'Content-Type': 'application/json' }

/** A bot that registers commands, and its log. */
async function openBot(
  definitions: readonly RESTPostAPIApplicationCommandsJSONBody[] = [
    { name: 'audit', description: 'Who did what' },
  ],
) {
  const { clock, discord, town } = await openDiscord()
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const log = new RecordedLog()
  return {
    clock,
    discord,
    town,
    log,
    registered: () => [...town.bot.commands.values()],
    stop: () => stopping.abort(),
    register: () =>
      registerCommands({
        rest: new REST({
          api: discord.api,
          retries: 0,
          makeRequest: sendRequest,
          rejectOnRateLimit: new RateLimits(clock).rejects,
        }).setToken(TOKEN),
        applicationId: town.bot.id,
        definitions,
        clock,
        log,
        signal: stopping.signal,
      }),
    logged: async (lines: number) => {
      await expect.poll(() => log.lines.length).toBe(lines)
      return log.lines.map(({ level, message, facts }) => {
        const { err: _err, ...shown } = { err: undefined, ...facts }
        return `${level}: ${message} ${inspect(shown)}`
      })
    },
  }
}

test.each([
  ['503', { status: 503 }],
  ['a page of Cloudflare’s', { status: 403, body: 'error code: 1015' }],
  ['Cloudflare’s “internal network error”', { status: 403, body: '{"code":40333}', headers: JSON_TYPE }],
] as const)('after %s, registering is retried until it succeeds', async (_, trouble) => {
  const { clock, discord, registered, register, logged } = await openBot()
  discord.fault = () => trouble
  const done = register()
  for (const [failures, wait] of [1000, 2000, 4000].entries()) {
    const lines = await logged(failures + 1)
    expect(lines.at(-1)).toMatch(
      /^warn: Registering the commands failed; trying again\. { retryInSeconds: [1-4] }$/,
    )
    if (failures === 2) discord.fault = undefined
    clock.advance(wait)
  }
  await done
  expect((await logged(4)).at(-1)).toBe('info: Commands registered. { changed: true }')
  expect(registered().map(({ name }) => name)).toEqual(['audit'])
})

test.each([
  ['does not say when', {}],
  ['says so by a date', { 'Retry-After': 'Sat, 01 Aug 2026 12:00:00 GMT' }],
])('after a limit that %s, registering is retried after a minute', async (_, headers) => {
  const { clock, discord, register, logged } = await openBot()
  let requests = 0
  discord.fault = () => {
    requests++
    return { status: 429, body: 'error code: 1015', headers }
  }
  void register()
  const [line] = await logged(1)
  expect(line).toMatch(/^warn: Registering the commands failed; trying again\. { retryInSeconds: 6[01] }$/)
  clock.advance(59_000)
  expect(requests).toBe(1)
  clock.advance(2000)
  await logged(2)
  expect(requests).toBe(2)
})

test('definitions that Discord rejects are an error, and are sent again after six hours', async () => {
  const { clock, register, logged } = await openBot([{ name: 'Not a name', description: 'Who did what' }])
  const rejected = 'error: Registering the commands failed; trying again. { retryInSeconds: 21600 }'
  const asleep = clock.slept(6 * HOUR)
  void register()
  await asleep
  expect(await logged(1)).toEqual([rejected])
  clock.advance(6 * HOUR)
  expect(await logged(2)).toEqual([rejected, rejected])
})

test('a wait for a rate limit is logged', async () => {
  const { clock, discord, register, logged } = await openBot()
  discord.fault = () => rateLimitFault('user', 120)
  const asleep = clock.slept(5000)
  void register()
  await asleep
  clock.advance(5000)
  expect(await logged(1)).toEqual([
    'warn: Registering the commands takes long. Discord may limit requests. { waitedSeconds: 5 }',
  ])
})

test('registering ends when Custos stops, and logs nothing more', async () => {
  const { discord, register, logged, stop } = await openBot()
  discord.fault = () => ({ status: 503 })
  const done = register()
  await logged(1)
  stop()
  await done
  await logged(1)
})

const DEFINITIONS = [...commands.map(toDefinition), ...menuCommands.map(toMenuDefinition)]

test('commands are registered if there are none, and left alone if they are the same', async () => {
  const { log, register, registered } = await openBot(DEFINITIONS)
  await register()
  const before = registered()
  expect(before[0]?.name).toBe('audit')
  await register()
  expect(log.lines.map(({ facts }) => facts)).toEqual([{ changed: true }, { changed: false }])
  expect(registered()).toEqual(before)
})

test('a command that differs is replaced, and an unknown one is deleted', async () => {
  const { log, register, registered, town } = await openBot(DEFINITIONS)
  await register()
  const [audit] = registered()
  if (!audit) throw new Error('Nothing was registered.')
  town.bot.commands.set(audit.id, { ...audit, description: 'Something older' })
  town.bot.commands.set('1', { ...audit, id: '1', name: 'forgotten' })
  await register()
  expect(log.lines.at(-1)?.facts).toEqual({ changed: true })
  expect(registered().map(({ name }) => name)).toEqual(DEFINITIONS.map(({ name }) => name))
  expect(registered()[0]?.description).toBe(audit.description)
})

test('members without View Audit Log do not see the commands', async () => {
  const { register, town } = await openBot(DEFINITIONS)
  await register()
  expect(town.as(town.members[0]?.id ?? '').commands()).toEqual([])
  expect(town.as(town.moderators[0]?.id ?? '').commands()).toHaveLength(5)
})
