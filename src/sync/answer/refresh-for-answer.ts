import type { Clock } from '../../core/clock.ts'
import { type Coverage, oldestWanted } from '../../core/coverage/coverage.ts'
import { statusAfter } from '../../core/coverage/sync-status.ts'
import { inTime } from '../../core/in-time.ts'
import { compareIds, type Snowflake } from '../../core/snowflake.ts'
import { MINUTE } from '../../core/time/units.ts'
import type { ReadBudget } from '../budget/read-budget.ts'
import type { GuardedSource } from '../guarded-source.ts'
import type { GuildSync } from '../guild/guild-sync.ts'
import type { Progress } from '../guild/log-pages.ts'
import type { EventQueue } from '../ingest/event-queue.ts'
import { Timer } from '../timer.ts'
import { isAboutCounts, type Need } from './need.ts'
import { type End, type Synced, Wait } from './wait.ts'

/**
 * How long an answer waits where the stream is unbroken, in milliseconds: only for what no event reports. An answer about
 * counts waits longer for them.
 */
const LIVE_PATIENCE = 400
const COUNTS_PATIENCE = 800

/** How long it waits where the stream was broken, or if Discord sends nothing at all, in milliseconds. */
const PATIENCE = 3000

/** How long it waits for the first read of a guild. An interaction can be answered for 15 minutes. */
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

/**
 * Reads what an answer needs, for a limited time. Where the stream is unbroken, that is only what can have changed without
 * an event. If that takes too long, the answer is as of what the gateway has sent.
 * @param onProgress receives the progress of a first read every two seconds
 */
export async function refreshForAnswer(
  deps: Deps,
  guild: GuildSync,
  need: Need,
  onProgress: (progress: Progress) => void,
): Promise<Synced> {
  const wait = new Wait(deps, guild, need)
  const known = await guild.known()
  const isLive = known.status.liveFrom !== undefined && guild.reaches(known, need.from)
  const isFirst = !reachesBack(known.coverage, guild.guildId, deps.clock.now())
  const end = isLive
    ? await readUnreported(deps, guild, wait, isAboutCounts(need) ? COUNTS_PATIENCE : LIVE_PATIENCE)
    : await guild.inLane(isFirst ? 'window' : 'answer', () =>
        isFirst ? readFirst(deps, guild, wait, onProgress) : readWithin(deps, PATIENCE, wait),
      )
  const { outcome, countsAsOf } = end
  const { coverage, status } = end.known ?? (await guild.known())
  return {
    outcome,
    coverage,
    status: statusAfter(outcome, status),
    ...(countsAsOf !== undefined && { countsAsOf }),
  }
}

/** Reads what no event reports, unless the requests for other answers would make that take too long. */
async function readUnreported(deps: Deps, guild: GuildSync, wait: Wait, patience: number): Promise<End> {
  const { budget, queue } = deps
  if (budget.expectedWait > patience) {
    await within(deps, patience, () => queue.stored(guild.guildId))
    return wait.endUnread()
  }
  return guild.inLane('answer', async () => {
    const read = wait.read()
    const end = await within(deps, patience, () => read)
    // If Discord has sent pages of other guilds, this one only waits its turn.
    if (end !== undefined || wait.hasResponse) return end ?? wait.endLate()
    return (await within(deps, PATIENCE - patience, () => read)) ?? wait.endLate()
  })
}

async function readWithin(deps: Deps, patience: number, wait: Wait): Promise<End> {
  return (await within(deps, patience, () => wait.read())) ?? wait.endLate()
}

async function readFirst(
  deps: Deps,
  guild: GuildSync,
  wait: Wait,
  onProgress: (progress: Progress) => void,
): Promise<End> {
  const end = await within(deps, FIRST_PATIENCE, (over) => {
    report(new Timer(deps.host, over), guild, onProgress)
    return wait.read()
  })
  return end ?? wait.endLate()
}

/** The result of some work; undefined if it takes too long or Custos stops first. */
function within<Result>(
  { host, signal }: Deps,
  timeout: number,
  work: (over: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  return inTime({ clock: host, timeout, signal }, work, () => undefined)
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
