import { type Client, Events, RateLimitError } from 'discord.js'
import type { Clock } from '../../core/clock.ts'
import { messageOf } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import { waitOf } from '../rest/rate-limits.ts'
import { type Credentials, fetchGateway, type LoginDelay, RATE_LIMITED } from './fetch-gateway.ts'
import { keepTrying } from './keep-trying.ts'
import { reportSlowLogin } from './report-outages.ts'

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
  await keepTrying(deps, () => attempt(deps, credentials))
}

/** @returns the client once it is logged in or Custos stops; or why that failed */
async function attempt(deps: Deps, credentials: Credentials): Promise<Client | LoginDelay> {
  const { client, signal } = deps
  const { shards } = client.options
  const logins = Array.isArray(shards) ? shards.length : undefined
  const gateway = await fetchGateway(credentials, signal, { logins })
  if ('reason' in gateway) return gateway
  if (signal.aborted) return client
  const done = new AbortController()
  const onReady = () => done.abort()
  client.once(Events.ClientReady, onReady)
  reportSlowLogin(deps, AbortSignal.any([signal, done.signal]))
  try {
    await client.login(credentials.token)
    return client
  } catch (error) {
    done.abort()
    client.off(Events.ClientReady, onReady)
    // A failed login destroys the client. It can log in again, but without this it could not be destroyed again.
    Reflect.set(client.ws, 'destroyed', false)
    if (error instanceof RateLimitError) return { reason: RATE_LIMITED, retryAfter: waitOf(error) }
    return { reason: `The login failed (${messageOf(error)}).` }
  }
}
