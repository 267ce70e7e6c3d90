import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import { type Credentials, fetchGateway } from './fetch-gateway.ts'
import { keepTrying } from './keep-trying.ts'

interface Deps {
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/**
 * How many shards Discord recommends, however long it cannot be reached.
 * @returns undefined when Custos stops before
 * @throws OperatorError when the token is wrong
 */
export async function recommendedShards(deps: Deps, credentials: Credentials): Promise<number | undefined> {
  // Nothing logs in yet.
  const gateway = await keepTrying(deps, () => fetchGateway(credentials, deps.signal, { logins: 0 }))
  return gateway?.shards
}
