import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import { inWords } from '../../core/time/duration.ts'
import { MINUTE } from '../../core/time/units.ts'
import { retryPause } from '../retry-pause.ts'
import type { LoginDelay } from './fetch-gateway.ts'

/** The longest pause between two attempts, in milliseconds, unless Discord asks for more. */
const MAX_PAUSE = MINUTE

interface Deps {
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/**
 * Tries what needs Discord until it succeeds. Every failed attempt is logged.
 * @returns undefined when Custos stops before
 */
export async function keepTrying<Result extends object>(
  { clock, log, signal }: Deps,
  attempt: () => Promise<Result | LoginDelay>,
): Promise<Result | undefined> {
  for (let failures = 1; !signal.aborted; failures++) {
    const result = await attempt()
    if (!isDelay(result)) return result
    if (signal.aborted) break
    const pause = retryPause(failures, { longest: MAX_PAUSE, requested: result.retryAfter })
    const retryInSeconds = Math.ceil(pause / 1000)
    log.warn({ retryInSeconds }, `${result.reason} Trying again in ${inWords(retryInSeconds)}.`)
    await clock.sleep(pause, signal).catch(() => {})
  }
  return undefined
}

function isDelay(result: object): result is LoginDelay {
  return 'reason' in result
}
