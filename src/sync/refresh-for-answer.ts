import type { Archive } from '../core/archive.ts'
import { GROWING } from '../core/audit-log/action.ts'
import type { Clock } from '../core/clock.ts'
import { oldestWanted } from '../core/coverage/coverage.ts'
import type { SyncOutcome } from '../core/coverage/sync-status.ts'
import type { ResyncPolicy } from '../core/resync-policy.ts'
import { compareIds, firstIdAt, type Snowflake } from '../core/snowflake.ts'
import { MINUTE } from '../core/time/units.ts'
import type { GuardedSource } from './guarded-source.ts'
import type { Progress } from './guild/guild-log.ts'
import type { GuildSync } from './guild/guild-sync.ts'
import type { Ingest } from './ingest/ingest.ts'
import type { ReadBudget } from './read-budget.ts'

/** How long an answer waits for Discord where the archive already reaches back, in milliseconds. */
const PATIENCE = 3000

/** The same where a guild is read for the first time. An interaction can be answered for 15 minutes. */
const FIRST_PATIENCE = 14 * MINUTE

/** How often progress is reported, in milliseconds. */
const REPORT = 2000

interface Deps {
  readonly archive: Archive
  /** What the gateway sends. */
  readonly events: Pick<Ingest, 'recorded' | 'hasWritten'>
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

/** What was so when an answer began to wait. */
interface Before {
  /** How many pages of any guild had come. */
  readonly pages: number
  /** How many refreshes of its guild had begun. */
  readonly refreshes: number
  /** Counts could still grow from this id on. */
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
): Promise<SyncOutcome> {
  const { budget, clock, events, host, resyncPolicy, signal, source } = deps
  const isFirst = !(await reachesBack(deps, guild.guildId))
  const before = {
    pages: source.pages,
    refreshes: guild.log.refreshes,
    events: events.recorded,
    growing: firstIdAt(clock.now() - resyncPolicy.overlap),
  }
  const answered = new AbortController()
  const waiting = AbortSignal.any([signal, answered.signal])
  const read = guild.readBackTo(from).then(
    (): SyncOutcome => 'read',
    (error: unknown) => guild.fail(error),
  )
  const patience = host.sleep(isFirst ? FIRST_PATIENCE : PATIENCE, waiting).then(
    () => outcomeWithoutRead(deps, guild, from, before),
    (): SyncOutcome => 'unfinished',
  )
  if (isFirst) report(host, guild, onProgress, waiting)
  const outcome = await budget.prioritize(Promise.race([read, patience]))
  answered.abort()
  return outcome
}

/**
 * The outcome where the read is not over in time. If pages of any guild came meanwhile, Discord can be read, and only
 * takes longer. A live stream lacks nothing, unless the archive has not stored all of it yet, or counts may have grown
 * since, which no event reports.
 */
async function outcomeWithoutRead(
  deps: Deps,
  guild: GuildSync,
  from: Snowflake,
  before: Before,
): Promise<SyncOutcome> {
  const { events, source } = deps
  if (source.pages === before.pages)
    return source.heldUntil(guild.guildId) === undefined ? 'unreadable' : 'limited'
  if (guild.liveFrom === undefined) return 'unfinished'
  const isCounted = guild.log.counted > before.refreshes
  const mayHaveGrown = !isCounted && (await hasGrowing(deps, guild.guildId, before.growing))
  if (!events.hasWritten(before.events) || mayHaveGrown) return 'uncounted'
  return (await guild.reaches(from)) ? 'live' : 'unfinished'
}

/** Whether there is an entry since an id whose count grows without an event. */
async function hasGrowing({ archive }: Deps, guildId: Snowflake, from: Snowflake): Promise<boolean> {
  const growing = { from, kinds: { anyOf: [...GROWING] } }
  return (await archive.list(guildId, growing, { order: 'newest', limit: 1 })).length > 0
}

/** Whether the archive has reached as far back as Discord does. */
async function reachesBack({ archive, clock }: Deps, guildId: Snowflake): Promise<boolean> {
  const coverage = await archive.coverage(guildId)
  const [oldest] = coverage.ranges
  return oldest !== undefined && compareIds(oldest.start, oldestWanted(guildId, clock.now(), coverage)) <= 0
}

/** Reports progress until the signal aborts. */
function report(
  host: Clock,
  guild: GuildSync,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): void {
  host.sleep(REPORT, signal).then(
    () => {
      if (guild.log.progress) onProgress(guild.log.progress)
      report(host, guild, onProgress, signal)
    },
    () => {},
  )
}
