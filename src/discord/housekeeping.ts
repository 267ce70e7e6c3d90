import type { Archive } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { firstIdAt, type Snowflake } from '../core/snowflake.ts'
import type { Membership } from './membership.ts'

const DAY = 86_400_000

/** How long the buttons under a list work, in milliseconds: what was asked is not kept longer. */
const QUESTIONS_KEPT = 90 * DAY

interface Means {
  readonly archive: Archive
  readonly membership: Membership
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** For how many days entries are kept; undefined for ever. */
  readonly retentionDays: number | undefined
}

/** Once at the start and then every day, removes what is kept no longer. */
export async function keepHouse(means: Means): Promise<void> {
  const { clock, log, signal } = means
  while (!signal.aborted) {
    await tidy(means).catch((error: unknown) => {
      if (!signal.aborted) log.error({ err: error }, 'The archive could not be tidied.')
    })
    await clock.sleep(DAY, signal).catch(() => {})
  }
}

async function tidy({ archive, membership, clock, log, signal, retentionDays }: Means): Promise<void> {
  const upTo = retentionDays === undefined ? undefined : idBefore(clock.now() - retentionDays * DAY)
  let gone = 0
  for (const guildId of await archive.guilds()) {
    if (signal.aborted) return
    const { removed, scrubbed } = await archive.tidy(guildId, upTo, clock.now() - QUESTIONS_KEPT)
    gone += removed + scrubbed
    if (removed + scrubbed > 0) log.info({ guild: guildId, removed, scrubbed }, 'The archive was tidied.')
  }
  if (gone > 0) await archive.wipeTraces('the log')
  await membership.purgeDue()
}

/** The last id before a moment, in milliseconds since the Unix epoch. */
function idBefore(time: number): Snowflake {
  return String(BigInt(firstIdAt(time)) - 1n)
}
