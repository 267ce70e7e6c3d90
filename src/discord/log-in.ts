import { type Client, Events, RateLimitError } from 'discord.js'
import { backoff } from '../core/backoff.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { inWords } from '../core/time/duration.ts'
import { MINUTE } from '../core/time/units.ts'
import { askForGateway, LIMITED, type NotYet } from './ask-for-gateway.ts'
import { sayWhileLoggingIn } from './gateway-waits.ts'

/** The longest pause between two attempts, in milliseconds, unless Discord asks for more. */
const LONGEST_PAUSE = MINUTE

interface Deps {
  readonly client: Client
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/**
 * Logs in, however long Discord cannot be reached. Every failed attempt is one line of the log.
 * @returns once the bot is logged in, or Custos stops
 * @throws OperatorError when the token is wrong
 */
export async function logIn(deps: Deps, access: { token: string; api: string }): Promise<void> {
  const { clock, log, signal } = deps
  for (let failures = 1; !signal.aborted; failures++) {
    const notYet = await attempt(deps, access)
    if (notYet === undefined || signal.aborted) return
    const pause = Math.max(
      notYet.retryAfter ?? 0,
      backoff(failures, { longest: LONGEST_PAUSE, random: Math.random() }),
    )
    const retryInSeconds = Math.ceil(pause / 1000)
    log.warn({ retryInSeconds }, `${notYet.why} Trying again in ${inWords(retryInSeconds)}.`)
    await clock.sleep(pause, signal).catch(() => {})
  }
}

/** @returns why it failed; undefined when the bot is logged in */
async function attempt(deps: Deps, access: { token: string; api: string }): Promise<NotYet | undefined> {
  const { client, signal } = deps
  const notYet = await askForGateway(access, signal)
  if (notYet || signal.aborted) return notYet
  const over = new AbortController()
  const onReady = () => over.abort()
  client.once(Events.ClientReady, onReady)
  sayWhileLoggingIn(deps, AbortSignal.any([signal, over.signal]))
  try {
    await client.login(access.token)
    return undefined
  } catch (error) {
    over.abort()
    client.off(Events.ClientReady, onReady)
    // A login that failed has destroyed the client, which logs in all the same and then could not be destroyed again.
    Reflect.set(client.ws, 'destroyed', false)
    if (error instanceof RateLimitError) return { why: LIMITED, retryAfter: error.retryAfter }
    return { why: `The login failed (${error instanceof Error ? error.message : error}).` }
  }
}
