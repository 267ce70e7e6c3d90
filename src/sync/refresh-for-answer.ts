import { GROWING } from '../core/audit-log/action.ts'
import type { Clock } from '../core/clock.ts'
import { type Coverage, oldestWanted } from '../core/coverage/coverage.ts'
import { type SyncOutcome, type SyncStatus, statusAfter } from '../core/coverage/sync-status.ts'
import { inTime } from '../core/in-time.ts'
import { type Filter, isAmong } from '../core/query/filter.ts'
import { compareIds, maxId, type Snowflake } from '../core/snowflake.ts'
import { MINUTE } from '../core/time/units.ts'
import type { ReadBudget } from './budget/read-budget.ts'
import type { GuardedSource } from './guarded-source.ts'
import type { GuildSync } from './guild/guild-sync.ts'
import type { Progress } from './guild/log-pages.ts'
import type { EventQueue } from './ingest/event-queue.ts'
import { Timer } from './timer.ts'

/**
 * How long an answer waits for Discord where the stream is unbroken, in milliseconds: only for what no event reports. One
 * that adds up counts waits longer for them.
 */
const LIVE_PATIENCE = 400
const COUNTS_PATIENCE = 800

/** The same where the stream was broken, or Discord has sent nothing at all. */
const PATIENCE = 3000

/** The same if a guild is read for the first time. An interaction can be answered for 15 minutes. */
const FIRST_PATIENCE = 14 * MINUTE

/** How often progress is reported, in milliseconds. */
const REPORT = 2000

interface Deps {
  /** The gateway's events that are not stored yet. */
  readonly queue: EventQueue
  readonly source: GuardedSource
  /** Discord's time, which coverage is measured by. */
  readonly clock: Clock
  /** The host's time, which waiting is measured by. */
  readonly host: Clock
  readonly budget: ReadBudget
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** What an answer needs of a log: the entries from an id on, up to another, of some kinds. */
export type Need = Pick<Filter, 'to' | 'kinds'> & { readonly from: Snowflake }

/** What is known of a guild's log when an answer's sync is over. */
export interface Synced {
  readonly outcome: SyncOutcome
  readonly coverage: Coverage
  readonly status: SyncStatus
  /** For `uncounted`: when the recent counts were last read, in milliseconds since the Unix epoch. */
  readonly countsAsOf?: number
}

/** How a sync ended, with the coverage if it was read at the end. */
type End = Omit<Synced, 'status' | 'coverage'> & Partial<Pick<Synced, 'coverage'>>

/** The sync that an answer waits for. */
interface Wait {
  readonly guild: GuildSync
  readonly need: Need
  /** The kinds that it needs whose counts grow without an event. */
  readonly growing: readonly number[]
  /** The state when it began to wait: how many pages of any guild were read, how many refreshes of its own begun, and how
   * many events received. */
  readonly before: { readonly pages: number; readonly refreshes: number; readonly events: number }
}

/**
 * Reads what an answer needs, for a limited time. Where the stream is unbroken, that is only what can have changed
 * without an event; if it cannot be read in time, the answer is given as of what the gateway has sent.
 */
export async function refreshForAnswer(
  deps: Deps,
  guild: GuildSync,
  need: Need,
  onProgress: (progress: Progress) => void,
): Promise<Synced> {
  const { clock, queue, source } = deps
  const wait: Wait = {
    guild,
    need,
    growing: GROWING.filter((kind) => isAmong(kind, need.kinds ?? { noneOf: [] })),
    before: { pages: source.pages, refreshes: guild.log.refreshes, events: queue.added },
  }
  const coverage = await guild.coverage()
  const isLive = guild.liveFrom !== undefined && guild.log.reaches(coverage, need.from)
  const isFirst = !reachesBack(coverage, guild.guildId, clock.now())
  const end = await (isLive ? readUnreported(deps, wait) : readMissed(deps, wait, isFirst, onProgress))
  const { outcome } = end
  return { coverage: await guild.coverage(), ...end, status: statusAfter(outcome, guild.status) }
}

/** Reads what no event reports, unless the requests of others would make that too slow. */
async function readUnreported(deps: Deps, wait: Wait): Promise<End> {
  const { budget, queue, source } = deps
  const { guild, before } = wait
  const patience = addsUp(wait.need) ? COUNTS_PATIENCE : LIVE_PATIENCE
  if (budget.expectedWait > patience) {
    await within(deps, patience, () => queue.stored(guild.guildId))
    return endLive(deps, wait)
  }
  return guild.inLane('answer', async () => {
    const read = readAll(deps, wait)
    const end = await within(deps, patience, () => read)
    if (end) return end
    // Pages of other guilds show that Discord sends pages, and that this one is only in line.
    if (source.pages !== before.pages) return endWithoutRead(deps, wait)
    return (await within(deps, PATIENCE - patience, () => read)) ?? endWithoutRead(deps, wait)
  })
}

/** Reads everything that may have been missed, back to the beginning of the answer's window. */
async function readMissed(
  deps: Deps,
  wait: Wait,
  isFirst: boolean,
  onProgress: (progress: Progress) => void,
): Promise<End> {
  const { guild } = wait
  return guild.inLane(isFirst ? 'window' : 'answer', async () => {
    const end = await within(deps, isFirst ? FIRST_PATIENCE : PATIENCE, (over) => {
      if (isFirst) report(new Timer(deps.host, over), guild, onProgress)
      return readAll(deps, wait)
    })
    return end ?? endWithoutRead(deps, wait)
  })
}

/** The result of some work; undefined if it takes too long or Custos stops first. */
function within<Result>(
  { host, signal }: Deps,
  timeout: number,
  work: (over: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  return inTime({ clock: host, timeout, signal }, work, () => undefined)
}

/** Reads what an answer needs, and waits until the events received before are stored. */
async function readAll(deps: Deps, wait: Wait): Promise<End> {
  const { guild, need, growing } = wait
  try {
    const coverage = await guild.readBackTo(need.from, growing)
    await deps.queue.stored(guild.guildId)
    const countsAsOf = await countsAsOfLastRead(deps, wait)
    return countsAsOf === undefined
      ? { outcome: 'read', coverage }
      : { outcome: 'uncounted', coverage, countsAsOf }
  } catch (error) {
    return { outcome: guild.fail(error) }
  }
}

/** How a sync ends whose read is not over in time. If no page of any guild came meanwhile, Discord could not be read. */
async function endWithoutRead(deps: Deps, wait: Wait): Promise<End> {
  const { signal, source } = deps
  const { guild, before } = wait
  if (!signal.aborted && source.pages === before.pages)
    return { outcome: source.heldUntil(guild.guildId) === undefined ? 'unreadable' : 'limited' }
  return endLive(deps, wait)
}

/** How a sync without a read ends: on an unbroken stream, everything is known except counts that can have grown. */
async function endLive(deps: Deps, wait: Wait): Promise<End> {
  const { queue, signal } = deps
  const { guild, need, before } = wait
  if (signal.aborted || guild.liveFrom === undefined) return { outcome: 'unfinished' }
  if (!queue.hasStored(guild.guildId, before.events)) return { outcome: 'unstored' }
  const countsAsOf = await countsAsOfLastRead(deps, wait)
  const coverage = await guild.coverage()
  if (!guild.log.reaches(coverage, need.from)) return { outcome: 'unfinished', coverage }
  return countsAsOf === undefined
    ? { outcome: 'live', coverage }
    : { outcome: 'uncounted', coverage, countsAsOf }
}

/**
 * When counts that an answer needs, that can have grown, and that were not read for it, were last read. In milliseconds
 * since the Unix epoch; undefined if there are none.
 */
async function countsAsOfLastRead({ clock }: Deps, { guild, need, growing, before }: Wait) {
  const { log } = guild
  const { counts } = log
  const unread = growing.filter((kind) => !counts.isReadAfter(before.refreshes, kind))
  const grown = await counts.grown(unread, (kind) => maxId(need.from, log.grownFrom(kind)))
  const needed = grown.filter(({ oldest }) => need.to === undefined || compareIds(oldest, need.to) < 0)
  if (needed.length === 0) return undefined
  return Math.min(clock.now(), ...needed.map(({ kind }) => counts.readAt(kind) ?? 0))
}

/** Whether an answer is about counts, such as how many messages were deleted. */
function addsUp({ kinds }: Need): boolean {
  return kinds !== undefined && 'anyOf' in kinds && kinds.anyOf.some((kind) => GROWING.includes(kind))
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
