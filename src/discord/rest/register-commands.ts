import { isDeepStrictEqual } from 'node:util'
import {
  type RESTPostAPIApplicationCommandsJSONBody as CommandDefinition,
  RateLimitError,
  type REST,
  Routes,
} from 'discord.js'
import type { Clock } from '../../core/clock.ts'
import { isRecord } from '../../core/json.ts'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { HOUR } from '../../core/time/units.ts'
import { reportWaiting } from '../report-waiting.ts'
import { retryPause } from '../retry-pause.ts'
import { isRejected } from './errors.ts'
import { waitOf } from './rate-limits.ts'

/** The longest pause between two attempts, in milliseconds. */
const MAX_PAUSE = 300_000

/** The pause after Discord rejected the definitions, in milliseconds. */
const PAUSE_AFTER_REJECTION = 6 * HOUR

interface Deps {
  readonly rest: REST
  readonly applicationId: Snowflake
  readonly definitions: readonly CommandDefinition[]
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Registers the commands, and retries until it succeeds or Custos stops. */
export async function registerCommands(deps: Deps): Promise<void> {
  const { rest, applicationId, definitions, clock, log, signal } = deps
  for (let failures = 1; !signal.aborted; failures++) {
    const done = new AbortController()
    void reportWaiting(clock, AbortSignal.any([signal, done.signal]), (seconds) =>
      log.warn(
        { waitedSeconds: seconds },
        'Registering the commands takes long. Discord may limit requests.',
      ),
    )
    try {
      const changed = await putCommands(rest, applicationId, definitions).finally(() => done.abort())
      log.info({ changed }, 'Commands registered.')
      return
    } catch (error) {
      if (signal.aborted) return
      const pause = isRejected(error) ? PAUSE_AFTER_REJECTION : pauseAfter(error, failures)
      const retryInSeconds = Math.ceil(pause / 1000)
      log[isRejected(error) ? 'error' : 'warn'](
        { err: error, retryInSeconds },
        'Registering the commands failed; trying again.',
      )
      await clock.sleep(pause, signal).catch(() => {})
    }
  }
}

function pauseAfter(error: unknown, failures: number): number {
  const requested = error instanceof RateLimitError ? waitOf(error) : undefined
  return retryPause(failures, { longest: MAX_PAUSE, requested })
}

/**
 * Replaces the registered commands, if they differ.
 * @returns whether they did
 */
async function putCommands(
  rest: REST,
  applicationId: Snowflake,
  definitions: readonly CommandDefinition[],
): Promise<boolean> {
  const route = Routes.applicationCommands(applicationId)
  const registered = await rest.get(route)
  if (Array.isArray(registered) && isDeepStrictEqual(normalize(registered), normalize(definitions)))
    return false
  await rest.put(route, { body: definitions })
  return true
}

/** Fields that Discord adds to a definition, or sets by default. */
const ADDED_FIELDS = new Set([
  'id',
  'application_id',
  'version',
  'guild_id',
  'dm_permission',
  'nsfw',
  'handler',
])

/** Definitions in the order of their names, without the fields that Discord adds and those that are empty. */
function normalize(definitions: readonly unknown[]): unknown[] {
  const nameOf = (definition: unknown) => (isRecord(definition) ? String(definition.name) : '')
  return definitions.map(withoutDefaults).sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'en'))
}

function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults)
  if (!isRecord(value)) return value
  const fields = Object.entries(value).filter(([key, field]) => !ADDED_FIELDS.has(key) && !isEmpty(field))
  return Object.fromEntries(fields.map(([key, field]) => [key, withoutDefaults(field)]))
}

function isEmpty(field: unknown): boolean {
  return (
    field === null ||
    field === undefined ||
    field === false ||
    field === '' ||
    (Array.isArray(field) && field.length === 0)
  )
}
