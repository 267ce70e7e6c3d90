import type { Archive } from '../core/archive.ts'
import { GROWING } from '../core/audit-log/action.ts'
import type { Clock } from '../core/clock.ts'
import { type Coverage, oldestWanted } from '../core/coverage/coverage.ts'
import { type SyncOutcome, type SyncStatus, statusAfter } from '../core/coverage/sync-status.ts'
import { inTime } from '../core/in-time.ts'
import type { ResyncPolicy } from '../core/resync-policy.ts'
import { compareIds, firstIdAt, type Snowflake } from '../core/snowflake.ts'
import { MINUTE } from '../core/time/units.ts'
import type { GuardedSource } from './guarded-source.ts'
import type { GuildSync } from './guild/guild-sync.ts'
import type { Progress } from './guild/log-pages.ts'
import type { EventQueue } from './ingest/event-queue.ts'
import type { ReadBudget } from './read-budget.ts'
import { Timer } from './timer.ts'

/** How long an answer waits for Discord if the archive already reaches as far back as Discord, in milliseconds. */
const PATIENCE = 3000

/** The same if a guild is read for the first time. An interaction can be answered for 15 minutes. */
const FIRST_PATIENCE = 14 * MINUTE

/** How often progress is reported, in milliseconds. */
const REPORT = 2000

interface Deps {
  readonly archive: Archive
  /** The gateway's events that are not stored yet. */
  readonly queue: EventQueue
  readonly source: GuardedSource
  /** Discord's time, which coverage is measured by. */
  readonly clock: Clock
  /** The host's time, which waiting is measured by. */
  readonly host: Clock
  readonly resyncPolicy: ResyncPolicy
  readonly budget: ReadBudget
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** What is known of a guild's log when an answer's sync is over. */
export interface Synced {
  readonly outcome: SyncOutcome
  readonly coverage: Coverage
  readonly status: SyncStatus
}

/** How a sync ended, with the coverage if it was read at the end. */
type End = Pick<Synced, 'outcome'> & Partial<Pick<Synced, 'coverage'>>

/** The state when an answer began to wait. */
interface Before {
  /** How many pages of any guild had been read. */
  readonly pages: number
  /** How many refreshes of its guild had begun. */
  readonly refreshes: number
  /** From this id on, counts can still grow. */
  readonly growing: Snowflake
  /** How many events the gateway had sent. */
  readonly events: number
}

/** Reads what an answer needs: what is new, and the log back to the beginning of its window. Waits a limited time. */
export async function refreshForAnswer(
  deps: Deps,
  guild: GuildSync,
  from: Snowflake,
  onProgress: (progress: Progress) => void,
): Promise<Synced> {
  const { budget, clock, host, queue, resyncPolicy, signal, source } = deps
  const isFirst = !reachesBack(await guild.coverage(), guild.guildId, clock.now())
  const before = {
    pages: source.pages,
    refreshes: guild.log.refreshes,
    events: queue.added,
    growing: firstIdAt(clock.now() - resyncPolicy.overlap),
  }
  const end = inTime(
    { clock: host, timeout: isFirst ? FIRST_PATIENCE : PATIENCE, signal },
    (over) => {
      if (isFirst) report(new Timer(host, over), guild, onProgress)
      return readEnd(guild, from)
    },
    () => endWithoutRead(deps, guild, from, before),
  )
  const { outcome, coverage = await guild.coverage() } = await budget.prioritize(end)
  return { outcome, coverage, status: statusAfter(outcome, guild.status) }
}

/** How the read ends that an answer needs. */
async function readEnd(guild: GuildSync, from: Snowflake): Promise<End> {
  try {
    return { outcome: 'read', coverage: await guild.readBackTo(from) }
  } catch (error) {
    return { outcome: guild.fail(error) }
  }
}

/**
 * How a sync ends whose read is not over in time. If pages of any guild were read meanwhile, Discord is only slow.
 * A live stream has everything, unless the archive has not stored all of it yet, or counts may have grown, which no
 * event reports.
 */
async function endWithoutRead(deps: Deps, guild: GuildSync, from: Snowflake, before: Before): Promise<End> {
  const { queue, signal, source } = deps
  if (signal.aborted) return { outcome: 'unfinished' }
  if (source.pages === before.pages)
    return { outcome: source.heldUntil(guild.guildId) === undefined ? 'unreadable' : 'limited' }
  if (guild.liveFrom === undefined) return { outcome: 'unfinished' }
  const isCounted = guild.log.counted > before.refreshes
  const mayHaveGrown = !isCounted && (await hasGrowing(deps, guild.guildId, before.growing))
  if (!queue.hasStored(guild.guildId, before.events) || mayHaveGrown) return { outcome: 'uncounted' }
  const coverage = await guild.coverage()
  return { outcome: guild.reaches(coverage, from) ? 'live' : 'unfinished', coverage }
}

/** Whether there is an entry, from an id on, whose count can grow without an event. */
async function hasGrowing({ archive }: Deps, guildId: Snowflake, from: Snowflake): Promise<boolean> {
  const growing = { from, kinds: { anyOf: [...GROWING] } }
  return (await archive.list(guildId, growing, { order: 'newest', limit: 1 })).length > 0
}

/** Whether the archive has reached as far back as Discord does. */
function reachesBack(coverage: Coverage, guildId: Snowflake, now: number): boolean {
  const [oldest] = coverage.ranges
  return oldest !== undefined && compareIds(oldest.start, oldestWanted(guildId, now, coverage)) <= 0
}

/** Reports progress repeatedly, until the timer's signal aborts. */
function report(timer: Timer, guild: GuildSync, onProgress: (progress: Progress) => void): void {
  timer.set(REPORT, () => {
    if (guild.log.progress) onProgress(guild.log.progress)
    report(timer, guild, onProgress)
  })
}
