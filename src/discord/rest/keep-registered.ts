import {
  DiscordAPIError,
  RateLimitError,
  type REST,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js'
import { backoff } from '../../core/backoff.ts'
import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { inWords } from '../../core/time/duration.ts'
import { HOUR } from '../../core/time/units.ts'
import { sayWhileWaiting } from '../say-while-waiting.ts'
import { waitOf } from './rate-limits.ts'
import { registerCommands } from './register.ts'

/** The longest pause between two attempts, in milliseconds, … */
const LONGEST_PAUSE = 300_000

/** … and the pause after a refusal that no waiting mends, such as a form that Discord does not take. */
const AFTER_REFUSAL = 6 * HOUR

interface Deps {
  readonly rest: REST
  readonly applicationId: Snowflake
  readonly definitions: readonly RESTPostAPIApplicationCommandsJSONBody[]
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Registers the commands, and tries again until it works or Custos stops. Meanwhile what is registered is answered. */
export async function keepRegistered(deps: Deps): Promise<void> {
  const { rest, applicationId, definitions, clock, log, signal } = deps
  for (let failures = 1; !signal.aborted; failures++) {
    const over = new AbortController()
    sayWhileWaiting(clock, AbortSignal.any([signal, over.signal]), (seconds) =>
      log.warn(
        { waitedSeconds: seconds },
        `Discord has not taken the commands for ${inWords(seconds)}. It may limit requests. Still waiting.`,
      ),
    )
    try {
      const changed = await registerCommands(rest, applicationId, definitions).finally(() => over.abort())
      log.info({ changed }, 'The commands are registered.')
      return
    } catch (error) {
      if (signal.aborted) return
      const pause = isRefusal(error) ? AFTER_REFUSAL : patience(error, failures)
      const retryInSeconds = Math.ceil(pause / 1000)
      log[isRefusal(error) ? 'error' : 'warn'](
        { err: error, retryInSeconds },
        `The commands could not be registered. Trying again in ${inWords(retryInSeconds)}.`,
      )
      await clock.sleep(pause, signal).catch(() => {})
    }
  }
}

function patience(error: unknown, failures: number): number {
  const asked = error instanceof RateLimitError ? waitOf(error) : 0
  return Math.max(asked, backoff(failures, { longest: LONGEST_PAUSE, random: Math.random() }))
}

/** What Cloudflare answers in Discord's place. https://github.com/discord/discord-api-docs/issues/6473 */
const INTERNAL_NETWORK_ERROR = 40_333

/**
 * Whether Discord has understood and refused, with a code that says why; a 401 has none.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
 */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError) || error.status >= 500) return false
  return typeof error.code === 'number' && error.code !== 0 && error.code !== INTERNAL_NETWORK_ERROR
}
