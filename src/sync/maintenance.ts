import type { Archive } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { firstIdAt, lastIdBefore } from '../core/snowflake.ts'
import { pluralize } from '../core/text/numbers.ts'
import { DAY, HOUR } from '../core/time/units.ts'
import type { Membership } from '../discord/gateway/membership.ts'
import type { TrustedTime } from './trusted-time.ts'

/** How often the trusted time is moved on, in milliseconds: a run that is shorter does not. */
const MOVED_EVERY = 6 * HOUR

/** How long the buttons under a list work, in milliseconds: what was asked is not kept longer. */
const QUESTIONS_KEPT = 90 * DAY

/**
 * How long a purged server's bounds are kept, in milliseconds: twice as long as Discord promises to keep a log, since it
 * may keep more than it promises, and did keep 90 days once.
 */
const BOUNDS_KEPT = 90 * DAY

interface Deps {
  readonly archive: Archive
  readonly membership: Membership
  readonly clock: Clock
  readonly trusted: TrustedTime
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** For how many days entries are kept; undefined for ever. */
  readonly retentionDays: number | undefined
}

/** Once at the start and then every day, removes what is kept no longer. */
export async function runMaintenance(deps: Deps): Promise<void> {
  const { clock, signal, trusted } = deps
  const moveOn = async () => {
    await clock.sleep(MOVED_EVERY, signal).catch(() => {})
    await every(MOVED_EVERY, () => trusted.now(), deps)
  }
  await Promise.all([every(DAY, () => tidy(deps), deps), moveOn()])
}

/** Does something now and then again and again: after a while, or sooner where it failed. */
async function every(
  period: number,
  act: () => Promise<unknown>,
  { clock, log, signal }: Deps,
): Promise<void> {
  while (!signal.aborted) {
    const wait = await act().then(
      () => period,
      (error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'The archive could not be tidied.')
        return Math.min(period, HOUR)
      },
    )
    await clock.sleep(wait, signal).catch(() => {})
  }
}

async function tidy({ archive, membership, trusted, log, signal, retentionDays }: Deps): Promise<void> {
  const now = await trusted.now()
  if (now === undefined) return
  const upTo = retentionDays === undefined ? undefined : lastIdBefore(now - retentionDays * DAY)
  // Such a bound was set by a wrong clock.
  const ahead = firstIdAt(trusted.latest + DAY)
  let gone = 0
  const failures: unknown[] = []
  for (const guildId of await archive.guilds()) {
    if (signal.aborted) return
    try {
      if (await archive.lowerBound(guildId, ahead, upTo)) {
        log.warn(
          { guild: guildId },
          'A wrong clock had kept new entries out of the archive. They are kept again.',
        )
      }
      const { removed, scrubbed } = await archive.applyRetention(guildId, upTo, now - QUESTIONS_KEPT)
      gone += removed + scrubbed
      if (removed + scrubbed > 0) log.info({ guild: guildId, removed, scrubbed }, 'The archive was tidied.')
    } catch (error) {
      // What is wrong with one guild keeps no other from its turn.
      failures.push(error)
    }
  }
  if (gone > 0) await archive.vacuum('log')
  await membership.purgeDue()
  await archive.dropBounds(firstIdAt(now - BOUNDS_KEPT))
  if (failures.length > 0) {
    throw new Error(`${pluralize(failures.length, 'server')} could not be tidied.`, { cause: failures[0] })
  }
}
