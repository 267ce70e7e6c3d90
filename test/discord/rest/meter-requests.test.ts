import { REST, Routes } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { VIA_DISCORD } from '../../../sandbox/rest/faults.ts'
import { meterRequests } from '../../../src/discord/rest/meter-requests.ts'
import { CountedMetrics } from '../../support/counted-metrics.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'

const REQUESTS = 'custos_rest_requests_total'
const LIMITS = 'custos_rest_rate_limits_total'
const ROUTE = '/guilds/:guild/audit-logs'

async function openMetered() {
  const { clock, discord, town } = await openDiscord()
  const rest = new REST({ api: discord.api, retries: 0, rejectOnRateLimit: () => true }).setToken(TOKEN)
  const metrics = new CountedMetrics()
  meterRequests({ metrics, clock })(rest)
  const ask = () => rest.get(Routes.guildAuditLog(town.guild.id))
  return { clock, discord, metrics, ask }
}

test('a request is counted by its route and status, and timed', async () => {
  const { discord, clock, metrics, ask } = await openMetered()
  discord.fault = () => {
    clock.advance(1234)
    return undefined
  }
  await ask()
  expect(metrics.counts).toEqual([[REQUESTS, 'GET', ROUTE, '200', 1]])
  expect(metrics.times).toEqual([['custos_rest_request_duration_seconds', ROUTE, 1234]])
})

test.each([
  [403, '403'],
  [418, '4xx'],
  [503, '503'],
  [508, '5xx'],
] as const)('a status of %i is counted as %s', async (status, counted) => {
  const { discord, metrics, ask } = await openMetered()
  discord.fault = () => ({ status })
  await expect(ask()).rejects.toThrow()
  expect(metrics.counts).toEqual([[REQUESTS, 'GET', ROUTE, counted, 1]])
})

describe('a limit is counted', () => {
  test.each([
    ['shared', { ...VIA_DISCORD, 'x-ratelimit-scope': 'shared' }],
    ['global', { ...VIA_DISCORD, 'x-ratelimit-scope': 'global' }],
    ['none', { 'x-ratelimit-scope': 'a scope that is new' }],
    ['none', {}],
  ] as const)('with the scope %s', async (scope, headers) => {
    const { discord, metrics, ask } = await openMetered()
    discord.fault = () => ({ status: 429, headers: { 'retry-after': '1', ...headers } })
    await expect(ask()).rejects.toThrow()
    expect(metrics.counts).toContainEqual([LIMITS, scope, 1])
    expect(metrics.counts).toContainEqual([REQUESTS, 'GET', ROUTE, '429', 1])
  })
})

test('a request without a response is counted too', async () => {
  const { discord, metrics, ask } = await openMetered()
  await discord.stop()
  await expect(ask()).rejects.toThrow()
  expect(metrics.counts).toEqual([[REQUESTS, 'GET', ROUTE, 'none', 1]])
  expect(metrics.times).toHaveLength(1)
})
