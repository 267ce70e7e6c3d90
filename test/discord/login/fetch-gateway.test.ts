import { describe, expect, test } from 'vitest'
import type { RestFault } from '../../../sandbox/rest/faults.ts'
import { OperatorError } from '../../../src/core/errors.ts'
import { fetchGateway } from '../../../src/discord/login/fetch-gateway.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { gatewayAnswer } from '../../support/sandbox/gateway-answer.ts'

const DAY = 86_400_000
const PAGE = '<!DOCTYPE html><title>Sign in to this network</title>'

function fetch(api: string, { token = TOKEN, timeout = 4000 } = {}) {
  return fetchGateway({ api, token }, new AbortController().signal, { timeout })
}

const ok = (body: string): RestFault => ({ status: 200, body })
const notDiscord = (api: string, status: number) =>
  `The server at ${api} is not Discord (${status}), but a proxy, a firewall, or Cloudflare, which blocks ` +
  'addresses that send too many requests. Check DISCORD_API.'
const unreachable = (api: string, reason: string) =>
  `Discord cannot be reached at ${api} (${reason}). Check the network and DISCORD_API.`

describe.concurrent('the bot cannot log in', () => {
  test('while Discord does not answer in time', async ({ onTestFinished }) => {
    const { discord } = await openDiscord({}, onTestFinished)
    discord.fault = () => 'silence'
    expect(await fetch(discord.api, { timeout: 50 })).toEqual({
      reason: unreachable(discord.api, 'no response within 0.05 s'),
    })
    discord.fault = undefined
    expect(await fetch(discord.api)).toEqual({ shards: 1 })
  })

  const elsewhere: readonly (readonly [string, RestFault, number])[] = [
    ['a web page is served in its place', ok(PAGE), 200],
    ['another service answers', ok('{"hello":"world"}'), 200],
    ['it has no valid gateway URL', ok(gatewayAnswer({ url: 'https//discord' })), 200],
    ['it recommends a billion shards', ok(gatewayAnswer({ shards: 1e9 })), 200],
    ['it recommends no shards', ok(gatewayAnswer({ shards: 0 })), 200],
    ['it sends no session limit', ok(gatewayAnswer({ session_start_limit: null })), 200],
    ['a proxy requires a login', { status: 401, body: PAGE }, 401],
    ['it redirects', { status: 302, headers: { Location: 'http://127.0.0.1:1/' } }, 302],
    ['Cloudflare blocks the network', { status: 403, body: 'error code: 1015' }, 403],
  ]
  test.for(elsewhere)('while %s', async ([, trouble, status], { onTestFinished }) => {
    const { discord } = await openDiscord({}, onTestFinished)
    discord.fault = () => trouble
    expect(await fetch(discord.api)).toEqual({ reason: notDiscord(discord.api, status) })
    discord.fault = undefined
    expect(await fetch(discord.api)).toEqual({ shards: 1 })
  })

  const busy: readonly (readonly [string, RestFault, object])[] = [
    ['it has an internal error', { status: 503 }, { reason: 'Discord has an internal error (503).' }],
    [
      'it serves an error page',
      { status: 502, body: PAGE },
      { reason: 'Discord has an internal error (502).' },
    ],
    [
      'it limits requests',
      { status: 429, headers: { 'Retry-After': '1' } },
      { reason: 'Discord limits the requests of this bot (429).', retryAfter: 1000 },
    ],
    [
      'it limits requests for more than a day',
      { status: 429, headers: { 'Retry-After': '1e9' } },
      { reason: 'Discord limits the requests of this bot (429).', retryAfter: DAY },
    ],
  ]
  test.for(busy)('while %s', async ([, trouble, delay], { onTestFinished }) => {
    const { discord } = await openDiscord({}, onTestFinished)
    discord.fault = () => trouble
    expect(await fetch(discord.api)).toEqual(delay)
    discord.fault = undefined
    expect(await fetch(discord.api)).toEqual({ shards: 1 })
  })

  test('after its logins of the day are used up', async ({ onTestFinished }) => {
    const { discord } = await openDiscord({}, onTestFinished)
    discord.gateway.sessionStarts.left = 0
    expect(await fetch(discord.api)).toEqual({
      reason: 'This bot has logged in too often: Discord allows 1000 logins a day.',
      retryAfter: DAY,
    })
    discord.gateway.sessionStarts.left = 1
    expect(await fetch(discord.api)).toEqual({ shards: 1 })
  })

  test.for([
    ['nothing listens there', 'http://127.0.0.1:9/api', /\(ECONNREFUSED\)/],
    ['its host name is unknown', 'http://discord.invalid/api', /\((ENOTFOUND|EAI_AGAIN)\)/],
  ] as const)('while %s', async ([, api, cause]) => {
    const answer = await fetch(api)
    const reason = 'reason' in answer ? answer.reason : ''
    expect(reason).toMatch(cause)
    expect(reason).toBe(unreachable(api, cause.exec(reason)?.[0].slice(1, -1) ?? ''))
  })
})

test('a token that Discord does not accept is an OperatorError', async () => {
  const { discord } = await openDiscord()
  await expect(fetch(discord.api, { token: 'another' })).rejects.toThrow(OperatorError)
})
