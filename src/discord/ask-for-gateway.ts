import { APIVersion, DefaultRestOptions, DefaultUserAgent, type ResponseLike, Routes } from 'discord.js'
import { z } from 'zod'
import { OperatorError } from '../core/errors.ts'
import { isRecord } from '../core/json.ts'
import { DAY } from '../core/time/units.ts'
import { isGatewayUrl } from './gateway/ready.ts'

/** How long an answer may take, in milliseconds: the operator is told of the first failure within five seconds. */
const LONGEST_ANSWER = 4000

/** The longest wait that is obeyed, in milliseconds. Discord's own limits end within a day. */
const LONGEST_WAIT = DAY

/** More shards than any bot has: Discord asks for one per 1,000 guilds or so. */
const MOST_SHARDS = 10_000

/** Why Discord does not let the bot in yet. */
export interface NotYet {
  /** A sentence for the operator. */
  readonly why: string
  /** How long Discord asks to be left alone, in milliseconds, where it says so. */
  readonly retryAfter?: number
}

export const WRONG_TOKEN =
  'Discord does not accept DISCORD_TOKEN. Copy the token anew from the Bot page of your application at ' +
  'https://discord.com/developers/applications.'

export const LIMITED = 'Discord asks to be left alone for a while (429).'

/**
 * Asks once, without the patience and the queues of discord.js, whether the bot may log in.
 * https://docs.discord.com/developers/events/gateway#get-gateway-bot
 * @param api REST base without a version
 * @returns why not; undefined when it may
 * @throws OperatorError when the token is wrong
 */
export async function askForGateway(
  { api, token }: { api: string; token: string },
  stopping: AbortSignal,
): Promise<NotYet | undefined> {
  const timeout = AbortSignal.timeout(LONGEST_ANSWER)
  try {
    const answer = await DefaultRestOptions.makeRequest(`${api}/v${APIVersion}${Routes.gatewayBot()}`, {
      method: 'GET',
      headers: { authorization: `Bot ${token}`, 'user-agent': DefaultUserAgent },
      signal: AbortSignal.any([timeout, stopping]),
    })
    return judge(api, answer, parse(await answer.text()))
  } catch (error) {
    if (error instanceof OperatorError) throw error
    const reason = timeout.aborted ? `no answer within ${LONGEST_ANSWER / 1000} s` : reasonOf(error)
    return {
      why: `Discord cannot be reached at ${api} (${reason}). Is the network up, and DISCORD_API right?`,
    }
  }
}

function judge(api: string, { status, headers }: ResponseLike, body: unknown): NotYet | undefined {
  if (status === 429) return { why: LIMITED, ...retryAfter(headers) }
  if (status >= 500) return { why: `Discord has a fault (${status}).`, ...retryAfter(headers) }
  // Discord's refusals are JSON; a page comes from something in between.
  if (status === 401 && isRecord(body)) throw new OperatorError(WRONG_TOKEN)
  const { success, data } = gateway.safeParse(body)
  if (status !== 200 || !success) {
    return {
      why:
        `What answers at ${api} is not Discord (${status}), but a proxy, a firewall, or Cloudflare, which shuts out ` +
        'addresses that ask too much. Is DISCORD_API right?',
    }
  }
  const { total, remaining, reset_after } = data.session_start_limit
  if (remaining >= data.shards) return undefined
  return {
    why: `This bot has logged in too often: Discord allows ${total} logins a day.`,
    retryAfter: Math.min(reset_after, LONGEST_WAIT),
  }
}

/**
 * What discord.js takes as it comes: without an address it would wait for ever, and with a billion shards it would
 * begin them all. https://docs.discord.com/developers/events/gateway#get-gateway-bot
 */
const gateway = z.object({
  url: z.string().refine(isGatewayUrl),
  shards: z.int().min(1).max(MOST_SHARDS),
  session_start_limit: z.object({
    total: z.number(),
    remaining: z.number(),
    reset_after: z.number().or(z.literal(Number.POSITIVE_INFINITY)),
    max_concurrency: z.int().min(1),
  }),
})

/** `Retry-After` in seconds. https://docs.discord.com/developers/topics/rate-limits */
function retryAfter(headers: ResponseLike['headers']): { retryAfter?: number } {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return seconds >= 0 ? { retryAfter: Math.min(seconds * 1000, LONGEST_WAIT) } : {}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
