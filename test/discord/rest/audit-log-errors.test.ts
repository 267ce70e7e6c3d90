import { REST } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import { ApiError, missingAccess, missingPermissions, unknown } from '../../../sandbox/rest/errors.ts'
import {
  apiErrorFault,
  CLOUDFLARE_JSON,
  cloudflareFault,
  type RestFault,
  rateLimitFault,
} from '../../../sandbox/rest/faults.ts'
import { createAuditLogSource } from '../../../src/discord/rest/audit-log.ts'
import { RateLimits } from '../../../src/discord/rest/rate-limits.ts'
import type { Unavailability } from '../../../src/sync/audit-log-source.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

/** The error of reading a log while Discord has a problem. */
async function readWith(fault: RestFault): Promise<{ error: unknown; now: number }> {
  const { clock, discord, town } = await openDiscord()
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const rateLimits = new RateLimits(clock)
  const rest = new REST({ api: discord.api, retries: 0, rejectOnRateLimit: rateLimits.rejects })
  rest.setToken(TOKEN)
  const { signal } = stopping
  const log = new RecordedLog()
  const source = createAuditLogSource({ restFor: () => rest, rateLimits, clock, log, signal })
  discord.fault = () => fault
  const error = await source.read(town.guild.id).catch((reason: unknown) => reason)
  return { error, now: clock.now() }
}

test.each<[string, RestFault, Unavailability]>([
  ['Missing Access', apiErrorFault(missingAccess()), 'forbidden'],
  ['Missing Permissions', apiErrorFault(missingPermissions()), 'forbidden'],
  ['Unknown Guild', apiErrorFault(unknown.guild()), 'absent'],
  ['a 404 of another kind', apiErrorFault(unknown.channel()), 'unreadable'],
  ['Cloudflare’s 40333', CLOUDFLARE_JSON, 'blocked'],
  ['a page of Cloudflare’s', cloudflareFault(403, 1020), 'blocked'],
  ['a page of Cloudflare’s that bans the address', cloudflareFault(403, 1015), 'blocked'],
  ['a 403 without a code', apiErrorFault(new ApiError(403, 0, '403: Forbidden')), 'blocked'],
  [
    'a 403 that asks for two factors',
    apiErrorFault(new ApiError(403, 60003, 'Two factor is required')),
    'blocked',
  ],
  [
    'JSON that is sent as HTML',
    { status: 403, body: '{"code": 50013}', headers: { 'Content-Type': 'text/html' } },
    'blocked',
  ],
  ['a page instead of a 500', cloudflareFault(500, 520), 'unreadable'],
  [
    'an overload',
    apiErrorFault(new ApiError(503, 130000, 'API resource is currently overloaded')),
    'unreadable',
  ],
])('%s makes the log unavailable for its own reason', async (_, fault, reason) => {
  const { error } = await readWith(fault)
  expect(error).toMatchObject({ name: 'LogUnavailable', reason })
})

test.each([
  ['for the route', rateLimitFault('user', 600), 600_000, false],
  ['for the guild', rateLimitFault('shared', 600), 600_000, false],
  ['for all requests of the bot', rateLimitFault('global', 600), 600_000, true],
  ['by Cloudflare', cloudflareFault(429, 1015, 600), 600_000, true],
] as const)('a limit %s has an end, and a scope', async (_, fault, wait, isForAll) => {
  const { error, now } = await readWith(fault)
  expect(error).toMatchObject({ reason: 'limited', isForAll })
  expect(error).toHaveProperty('until', expect.closeTo(now + wait, -4))
})
