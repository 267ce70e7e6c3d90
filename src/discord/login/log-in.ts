import { type Client, Events, RateLimitError } from 'discord.js'
import type { Clock } from '../../core/clock.ts'
import { messageOf } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import { MINUTE } from '../../core/time/units.ts'
import { waitOf } from '../rest/rate-limits.ts'
import { retryPause } from '../retry-pause.ts'
import { type Credentials, fetchGateway, type LoginDelay, RATE_LIMITED } from './fetch-gateway.ts'
import { reportSlowLogin } from './report-outages.ts'

/** The longest pause between two attempts, in milliseconds, unless Discord asks for more. */
const MAX_PAUSE = MINUTE

interface Deps {
  readonly client: Client
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/**
 * Logs in, and retries until it succeeds or Custos stops. Every failed attempt is logged.
 * @throws OperatorError when the token is wrong
 */
export async function logIn(deps: Deps, credentials: Credentials): Promise<void> {
  const { clock, log, signal } = deps
  for (let failures = 1; !signal.aborted; failures++) {
    const delay = await attempt(deps, credentials)
    if (delay === undefined || signal.aborted) return
    const pause = retryPause(failures, { longest: MAX_PAUSE, requested: delay.retryAfter })
    const retryInSeconds = Math.ceil(pause / 1000)
    log.warn({ reason: delay.reason, retryInSeconds }, 'Logging in to Discord failed; trying again.')
    await clock.sleep(pause, signal).catch(() => {})
  }
}

/** @returns why it failed; undefined when the bot is logged in */
async function attempt(deps: Deps, credentials: Credentials): Promise<LoginDelay | undefined> {
  const { client, signal } = deps
  const delay = await fetchGateway(credentials, signal)
  if (delay || signal.aborted) return delay
  const done = new AbortController()
  const onReady = () => done.abort()
  client.once(Events.ClientReady, onReady)
  reportSlowLogin(deps, AbortSignal.any([signal, done.signal]))
  try {
    await client.login(credentials.token)
    return undefined
  } catch (error) {
    done.abort()
    client.off(Events.ClientReady, onReady)
    // A failed login destroys the client. It can log in again, but without this it could not be destroyed again.
    Reflect.set(client.ws, 'destroyed', false)
    if (error instanceof RateLimitError) return { reason: RATE_LIMITED, retryAfter: waitOf(error) }
    return { reason: `The login failed (${messageOf(error)}).` }
  }
}
