import { APIVersion, DefaultRestOptions, DefaultUserAgent, type ResponseLike, Routes } from 'discord.js'
import { z } from 'zod'
import { codeOf, messageOf, OperatorError } from '../../core/errors.ts'
import { isRecord } from '../../core/json.ts'
import { MAX_SHARDS } from '../../core/sharding/shards.ts'
import { isGatewayUrl } from '../gateway/ready.ts'
import { MAX_WAIT, retryAfterOf } from '../rest/rate-limit-headers.ts'

/** How long a response may take, in milliseconds: the first failure is logged within five seconds. */
const RESPONSE_TIMEOUT = 4000

/** REST base without a version, and the bot's token. */
export interface Credentials {
  readonly api: string
  readonly token: string
}

/** What Discord says about its gateway to a bot that may log in. */
export interface GatewayInfo {
  /** How many shards it recommends. */
  readonly shards: number
}

/** Why the bot cannot log in yet. */
export interface LoginDelay {
  /** A sentence for the operator. */
  readonly reason: string
  /** How long Discord asks to wait, in milliseconds, if it says so. */
  readonly retryAfter?: number
}

export const WRONG_TOKEN =
  'Discord does not accept DISCORD_TOKEN. Copy the token again from the Bot page of your application at ' +
  'https://discord.com/developers/applications.'

export const RATE_LIMITED = 'Discord limits the requests of this bot (429).'

interface Options {
  /** How many shards log in; by default as many as Discord recommends. */
  readonly logins?: number | undefined
  /** How long the response may take, in milliseconds of real time. */
  readonly timeout?: number
}

/**
 * Asks Discord whether the bot may log in, with a single request. discord.js would queue it, repeat it and hide why it
 * failed. https://docs.discord.com/developers/events/gateway#get-gateway-bot
 * @returns why the bot cannot log in yet, if it cannot
 * @throws OperatorError when the token is wrong
 */
export async function fetchGateway(
  { api, token }: Credentials,
  stopping: AbortSignal,
  { logins, timeout = RESPONSE_TIMEOUT }: Options = {},
): Promise<GatewayInfo | LoginDelay> {
  const late = AbortSignal.timeout(timeout)
  try {
    const response = await DefaultRestOptions.makeRequest(`${api}/v${APIVersion}${Routes.gatewayBot()}`, {
      method: 'GET',
      headers: { authorization: `Bot ${token}`, 'user-agent': DefaultUserAgent },
      signal: AbortSignal.any([late, stopping]),
    })
    return gatewayIn(api, response, parseJson(await response.text()), logins)
  } catch (error) {
    if (error instanceof OperatorError) throw error
    const why = late.aborted ? `no response within ${timeout / 1000} s` : (codeOf(error) ?? messageOf(error))
    return {
      reason: `Discord cannot be reached at ${api} (${why}). Check the network and DISCORD_API.`,
    }
  }
}

function gatewayIn(
  api: string,
  response: ResponseLike,
  body: unknown,
  logins: number | undefined,
): GatewayInfo | LoginDelay {
  const { status } = response
  const retryAfter = retryAfterOf(response)
  const wait = retryAfter === undefined ? {} : { retryAfter }
  if (status === 429) return { reason: RATE_LIMITED, ...wait }
  if (status >= 500) return { reason: `Discord has an internal error (${status}).`, ...wait }
  // Discord's own errors are JSON. A web page comes from a proxy.
  if (status === 401 && isRecord(body)) throw new OperatorError(WRONG_TOKEN)
  const { success, data } = gatewaySchema.safeParse(body)
  if (status !== 200 || !success) {
    return {
      reason:
        `The server at ${api} is not Discord (${status}), but a proxy, a firewall, or Cloudflare, which blocks ` +
        'addresses that send too many requests. Check DISCORD_API.',
    }
  }
  const { total, remaining, reset_after } = data.session_start_limit
  if (remaining >= (logins ?? data.shards)) return { shards: data.shards }
  return {
    reason: `This bot has logged in too often: Discord allows ${total} logins a day.`,
    retryAfter: Math.min(reset_after, MAX_WAIT),
  }
}

/**
 * discord.js does not check this. Without a URL it would wait forever, and it would start any number of shards.
 * https://docs.discord.com/developers/events/gateway#get-gateway-bot
 */
const gatewaySchema = z.object({
  url: z.string().refine(isGatewayUrl),
  shards: z.int().min(1).max(MAX_SHARDS),
  session_start_limit: z.object({
    total: z.number(),
    remaining: z.number(),
    reset_after: z.number().or(z.literal(Number.POSITIVE_INFINITY)),
    max_concurrency: z.int().min(1),
  }),
})

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
