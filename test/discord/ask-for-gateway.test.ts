import { describe, expect, test } from 'vitest'
import type { RestFault } from '../../sandbox/rest/faults.ts'
import { OperatorError } from '../../src/core/operator-error.ts'
import { askForGateway } from '../../src/discord/ask-for-gateway.ts'
import { gatewayAnswer } from '../support/gateway-answer.ts'
import { openDiscord, TOKEN } from '../support/open-discord.ts'

const DAY = 86_400_000
const PAGE = '<!DOCTYPE html><title>Sign in to this network</title>'
const GOING_ON = new AbortController().signal

const ask = (api: string, token = TOKEN) => askForGateway({ api, token }, GOING_ON)

const ok = (body: string): RestFault => ({ status: 200, body })
const notDiscord = (api: string, status: number) =>
  `What answers at ${api} is not Discord (${status}), but a proxy, a firewall, or Cloudflare, which shuts out ` +
  'addresses that ask too much. Is DISCORD_API right?'
const unreachable = (api: string, reason: string) =>
  `Discord cannot be reached at ${api} (${reason}). Is the network up, and DISCORD_API right?`

describe.concurrent('the bot may not log in yet', () => {
  test('while Discord does not answer within four seconds', async ({ onTestFinished }) => {
    const { discord } = await openDiscord({}, onTestFinished)
    discord.fault = () => 'silence'
    expect(await ask(discord.api)).toEqual({ why: unreachable(discord.api, 'no answer within 4 s') })
    discord.fault = undefined
    expect(await ask(discord.api)).toBeUndefined()
  })

  const elsewhere: readonly (readonly [string, RestFault, number])[] = [
    ['a page answers in its place', ok(PAGE), 200],
    ['another service answers', ok('{"hello":"world"}'), 200],
    ['it leads to no gateway', ok(gatewayAnswer({ url: 'https//discord' })), 200],
    ['it asks for a billion shards', ok(gatewayAnswer({ shards: 1e9 })), 200],
    ['it asks for no shards', ok(gatewayAnswer({ shards: 0 })), 200],
    ['it tells of no limit', ok(gatewayAnswer({ session_start_limit: null })), 200],
    ['a proxy asks who one is', { status: 401, body: PAGE }, 401],
    ['it leads elsewhere', { status: 302, headers: { Location: 'http://127.0.0.1:1/' } }, 302],
    ['it shuts a network out', { status: 403, body: 'error code: 1015' }, 403],
  ]
  test.for(elsewhere)('while %s', async ([, trouble, status], { onTestFinished }) => {
    const { discord } = await openDiscord({}, onTestFinished)
    discord.fault = () => trouble
    expect(await ask(discord.api)).toEqual({ why: notDiscord(discord.api, status) })
    discord.fault = undefined
    expect(await ask(discord.api)).toBeUndefined()
  })

  const busy: readonly (readonly [string, RestFault, object])[] = [
    ['it has a fault', { status: 503 }, { why: 'Discord has a fault (503).' }],
    ['it answers with a page of its own', { status: 502, body: PAGE }, { why: 'Discord has a fault (502).' }],
    [
      'it asks for patience',
      { status: 429, headers: { 'Retry-After': '1' } },
      { why: 'Discord asks to be left alone for a while (429).', retryAfter: 1000 },
    ],
    [
      'it asks for more patience than a day',
      { status: 429, headers: { 'Retry-After': '1e9' } },
      { why: 'Discord asks to be left alone for a while (429).', retryAfter: DAY },
    ],
  ]
  test.for(busy)('while %s', async ([, trouble, notYet], { onTestFinished }) => {
    const { discord } = await openDiscord({}, onTestFinished)
    discord.fault = () => trouble
    expect(await ask(discord.api)).toEqual(notYet)
    discord.fault = undefined
    expect(await ask(discord.api)).toBeUndefined()
  })

  test('while it has used up its logins of the day', async ({ onTestFinished }) => {
    const { discord } = await openDiscord({}, onTestFinished)
    discord.sessionStartsLeft = 0
    expect(await ask(discord.api)).toEqual({
      why: 'This bot has logged in too often: Discord allows 1000 logins a day.',
      retryAfter: DAY,
    })
    discord.sessionStartsLeft = 1
    expect(await ask(discord.api)).toBeUndefined()
  })

  test.for([
    ['nobody listens', 'http://127.0.0.1:9/api', /\(ECONNREFUSED\)/],
    ['its name is not known', 'http://discord.invalid/api', /\((ENOTFOUND|EAI_AGAIN)\)/],
  ] as const)('while %s', async ([, api, reason]) => {
    const { why = '' } = (await ask(api)) ?? {}
    expect(why).toMatch(reason)
    expect(why).toBe(unreachable(api, reason.exec(why)?.[0].slice(1, -1) ?? ''))
  })
})

test('a token that Discord does not accept is an error of the operator', async () => {
  const { discord } = await openDiscord()
  await expect(ask(discord.api, 'another')).rejects.toThrow(OperatorError)
})
