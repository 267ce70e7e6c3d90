import type { Archive } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { firstIdAt, lastIdBefore, type Snowflake } from '../core/snowflake.ts'
import { pluralize } from '../core/text/numbers.ts'
import { DAY, HOUR } from '../core/time/units.ts'
import type { Membership } from './membership.ts'
import type { TrustedTime } from './time/trusted-time.ts'

/** How often the trusted time is updated between two daily runs, in milliseconds. */
const TRUSTED_TIME_INTERVAL = 6 * HOUR

/** How long the buttons under a list work, in milliseconds: saved queries are deleted after it. */
const QUERY_LIFETIME = 90 * DAY

/**
 * How long the bounds of a purged guild are stored, in milliseconds. Twice as long as Discord promises to keep a log,
 * since it may keep more: it once kept 90 days.
 */
const BOUND_LIFETIME = 90 * DAY

/**
 * How long posts of feeds, alerts and digests are stored that need nothing more, in milliseconds, and what they show. What
 * they show can grow for a day (`SWEEP_HOURS`).
 */
const POST_LIFETIME = 3 * DAY

interface Deps {
  readonly archive: Archive
  /** Whether this process serves a guild. Others have a process of their own. */
  readonly serves: (guildId: Snowflake) => boolean
  readonly membership: Membership
  readonly clock: Clock
  readonly trusted: TrustedTime
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** For how many days entries are stored; undefined for unlimited. */
  readonly retentionDays: number | undefined
}

/** Deletes what is past its retention, now and then once a day. Resolves when Custos stops. */
export async function runMaintenance(deps: Deps): Promise<void> {
  const { clock, signal } = deps
  const updateTrustedTime = async () => {
    await clock.sleep(TRUSTED_TIME_INTERVAL, signal).catch(() => {})
    await repeat(TRUSTED_TIME_INTERVAL, () => deps.trusted.now(), deps)
  }
  await Promise.all([repeat(DAY, () => cleanUp(deps), deps), updateTrustedTime()])
}

/** Runs a task now and after each period. A task that failed is retried within the hour. */
async function repeat(
  period: number,
  task: () => Promise<unknown>,
  { clock, log, signal }: Deps,
): Promise<void> {
  while (!signal.aborted) {
    const wait = await task().then(
      () => period,
      (error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'Maintenance failed.')
        return Math.min(period, HOUR)
      },
    )
    await clock.sleep(wait, signal).catch(() => {})
  }
}

async function cleanUp(deps: Deps): Promise<void> {
  const { archive, membership, signal, trusted } = deps
  const now = await trusted.now()
  if (now === undefined) return
  const failures = await applyRetention(deps, now)
  if (signal.aborted) return
  await membership.purgeDue()
  await archive.dropBounds(firstIdAt(now - BOUND_LIFETIME))
  if (failures.length > 0) {
    const servers = pluralize(failures.length, 'server')
    throw new Error(`Applying the retention failed in ${servers}.`, { cause: failures[0] })
  }
}

/**
 * Deletes the entries, saved queries and posts of every guild that are past their retention, and packs the days that are
 * over.
 * @returns what was thrown: a guild that fails does not stop the others
 */
async function applyRetention(
  { archive, serves, trusted, log, signal, retentionDays }: Deps,
  now: number,
): Promise<unknown[]> {
  const upTo = retentionDays === undefined ? undefined : lastIdBefore(now - retentionDays * DAY)
  // A bound beyond this id was set by a wrong clock.
  const ahead = firstIdAt(trusted.latest + DAY)
  const failures: unknown[] = []
  const total = { removed: 0, scrubbed: 0 }
  for (const guildId of (await archive.guilds()).filter(serves)) {
    if (signal.aborted) return failures
    try {
      if (await archive.lowerBound(guildId, ahead, upTo)) {
        log.warn(
          { guild: guildId },
          'A retention bound set by a wrong clock was lowered. New entries are stored again.',
        )
      }
      const deleted = await archive.applyRetention(guildId, upTo, now - QUERY_LIFETIME)
      total.removed += deleted.removed
      total.scrubbed += deleted.scrubbed
      if (deleted.removed + deleted.scrubbed > 0)
        log.debug({ guild: guildId, ...deleted }, 'Retention applied in a server.')
      await archive.packDays(guildId)
      await archive.dropHandled(guildId, now - POST_LIFETIME)
    } catch (error) {
      failures.push(error)
    }
  }
  if (total.removed + total.scrubbed > 0) {
    log.info(total, 'Retention applied.')
    await archive.vacuum('log')
  }
  return failures
}
