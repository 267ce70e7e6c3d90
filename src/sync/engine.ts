import type { Archive } from '../core/archive.ts'
import { GROWING } from '../core/audit-log/action.ts'
import type { Clock } from '../core/clock.ts'
import { oldestWanted } from '../core/coverage/coverage.ts'
import type { Failure, SyncOutcome, SyncStatus } from '../core/coverage/sync-status.ts'
import type { Log } from '../core/log.ts'
import type { ResyncPolicy } from '../core/resync-policy.ts'
import { compareIds, firstIdAt, type Snowflake } from '../core/snowflake.ts'
import { MINUTE } from '../core/time/units.ts'
import { type AuditLogSource, LogLimited, LogUnavailable } from './audit-log-source.ts'
import { Background } from './background.ts'
import type { DiscordClock } from './discord-clock.ts'
import { GuardedSource } from './guarded-source.ts'
import { GuildLog, type Progress } from './guild-log.ts'
import type { Ingest } from './ingest.ts'
import type { ReadBudget } from './read-budget.ts'

/** How long an answer waits for Discord where the archive already reaches back, in milliseconds. */
const PATIENCE = 3000

/** The same where a guild is read for the first time. An interaction can be answered for 15 minutes. */
const FIRST_PATIENCE = 14 * MINUTE

/** How often the one who waits is told how far the reading is, in milliseconds. */
const REPORT = 2000

interface Deps {
  readonly source: AuditLogSource
  readonly archive: Archive
  /** What the gateway tells. */
  readonly events: Pick<Ingest, 'recorded' | 'hasWritten'>
  /** Discord's time, by which what is complete is measured. */
  readonly clock: DiscordClock
  /** The host's time, by which waiting is. */
  readonly host: Clock
  readonly windows: ResyncPolicy
  readonly budget: ReadBudget
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** What there was when an answer began to wait. */
interface Before {
  /** Pages that had come, of all guilds. */
  readonly pages: number
  /** Readings of its own guild that had begun. */
  readonly begun: number
  /** From this id on counts could grow. */
  readonly growing: Snowflake
  /** What the gateway had told. */
  readonly events: number
}

/** Keeps the archive up with Discord's logs: before each answer, and in the background. */
export class SyncEngine {
  readonly #deps: Deps
  readonly #logs = new Map<Snowflake, GuildLog>()
  readonly #source: GuardedSource
  readonly #background: Background
  /** The limits that the log tells of already. */
  readonly #told = new WeakSet<LogLimited>()

  constructor(deps: Deps) {
    this.#deps = deps
    this.#source = new GuardedSource({ ...deps, isIn: (guildId) => this.#logs.has(guildId) })
    this.#background = new Background({
      ...deps,
      of: (guildId) => this.#reading(guildId),
      failed: (guildId, error) => this.#failed(guildId, error),
    })
  }

  /** What reads the log of a guild that the bot is in; it is remembered until the bot is removed. */
  of(guildId: Snowflake): GuildLog {
    const guildLog = this.#reading(guildId)
    this.#logs.set(guildId, guildLog)
    return guildLog
  }

  /** How it stands with a guild's log, without asking Discord. */
  status(guildId: Snowflake): SyncStatus {
    const { liveFrom, ended } = this.#reading(guildId)
    const limitedUntil = this.#source.closedUntil(guildId) ?? this.#source.heldUntil(guildId)
    return {
      hostAhead: this.#deps.clock.hostAhead,
      ...(liveFrom !== undefined && { liveFrom }),
      ...(ended && { reading: ended }),
      ...(limitedUntil !== undefined && { limitedUntil }),
    }
  }

  /** Reads a guild in the background, from now on followed anew. */
  guildAvailable(guildId: Snowflake): void {
    this.of(guildId).follow()
    this.#source.reopen(guildId)
    this.#background.add(guildId)
  }

  /** Something that came live was lost: nothing is live until the guild is read, which is soon where it can be. */
  resync(guildId: Snowflake): void {
    this.#logs.get(guildId)?.invalidate()
    this.#background.again(guildId)
  }

  /** The bot may no longer view a guild's log: nothing more will come live. */
  accessLost(guildId: Snowflake): void {
    const guildLog = this.of(guildId)
    guildLog.markDisconnected()
    guildLog.fail('forbidden')
  }

  /** A guild is out of reach for a while: what comes live may have gaps, and there is nothing to read. */
  guildUnavailable(guildId: Snowflake): void {
    this.#logs.get(guildId)?.markDisconnected()
    this.#background.remove(guildId)
  }

  /** The bot was removed from a guild: nothing of it is remembered, and what a reading under way finds is not kept. */
  guildRemoved(guildId: Snowflake): void {
    this.#logs.get(guildId)?.end()
    this.#logs.delete(guildId)
    this.#source.forget(guildId)
    this.#background.remove(guildId)
  }

  /** The guilds that the bot is in, as far as is known. */
  get guildIds(): Snowflake[] {
    return [...this.#logs.keys()]
  }

  /** How many guilds anything is remembered of. */
  get size(): number {
    return Math.max(this.#logs.size, this.#source.size, this.#background.size)
  }

  /** Reads what an answer needs: what is new, and the log back to the beginning of its window. */
  async refresh(
    guildId: Snowflake,
    from: Snowflake,
    onProgress: (progress: Progress) => void,
  ): Promise<SyncOutcome> {
    const { budget, clock, events, host, signal, windows: resyncPolicy } = this.#deps
    const guildLog = this.#reading(guildId)
    const firstTime = !(await this.#reachesBack(guildId))
    const before = {
      pages: this.#source.pages,
      begun: guildLog.begun,
      events: events.recorded,
      growing: firstIdAt(clock.now() - resyncPolicy.overlap),
    }
    const answered = new AbortController()
    const waiting = AbortSignal.any([signal, answered.signal])
    const reading = guildLog.readBackTo(from).then(
      (): SyncOutcome => 'read',
      (error: unknown) => this.#failed(guildId, error),
    )
    const patience = host.sleep(firstTime ? FIRST_PATIENCE : PATIENCE, waiting).then(
      () => this.#overdue(guildId, guildLog, from, before),
      (): SyncOutcome => 'unfinished',
    )
    if (firstTime) this.#report(guildLog, onProgress, waiting)
    const outcome = await budget.first(Promise.race([reading, patience]))
    answered.abort()
    return outcome
  }

  /**
   * What an answer goes by whose reading is not over in time. Where pages of any guild were coming in Discord can be
   * read, and there are only more of them than fit the time. What was heard live lacks nothing, unless the archive has
   * not taken it yet, or counts may have grown since: of that no event tells, but a reading does that comes soon.
   */
  async #overdue(
    guildId: Snowflake,
    guildLog: GuildLog,
    from: Snowflake,
    before: Before,
  ): Promise<SyncOutcome> {
    const { events } = this.#deps
    if (this.#source.pages === before.pages)
      return this.#source.heldUntil(guildId) === undefined ? 'unreadable' : 'limited'
    if (guildLog.liveFrom === undefined) return 'unfinished'
    const mayHaveGrown = guildLog.counted <= before.begun && (await this.#hasGrowing(guildId, before.growing))
    if (!events.hasWritten(before.events) || mayHaveGrown) return 'uncounted'
    return (await guildLog.reaches(from)) ? 'live' : 'unfinished'
  }

  /** Whether something was done lately whose count grows without an event. */
  async #hasGrowing(guildId: Snowflake, from: Snowflake): Promise<boolean> {
    const lately = { from, kinds: { anyOf: [...GROWING] } }
    return (await this.#deps.archive.list(guildId, lately, { order: 'newest', limit: 1 })).length > 0
  }

  /** Whether the archive has reached as far back as Discord does. */
  async #reachesBack(guildId: Snowflake): Promise<boolean> {
    const { archive, clock } = this.#deps
    const coverage = await archive.coverage(guildId)
    const [oldest] = coverage.ranges
    return oldest !== undefined && compareIds(oldest.start, oldestWanted(guildId, clock.now(), coverage)) <= 0
  }

  #report(guildLog: GuildLog, onProgress: (progress: Progress) => void, waiting: AbortSignal): void {
    this.#deps.host.sleep(REPORT, waiting).then(
      () => {
        if (guildLog.progress) onProgress(guildLog.progress)
        this.#report(guildLog, onProgress, waiting)
      },
      () => {},
    )
  }

  /** The log of a guild; of one that the bot is not in, a log that nobody remembers. */
  #reading(guildId: Snowflake): GuildLog {
    return this.#logs.get(guildId) ?? new GuildLog({ ...this.#deps, guildId, source: this.#source })
  }

  #failed(guildId: Snowflake, error: unknown): SyncOutcome {
    const { log, signal } = this.#deps
    if (signal.aborted) return 'unfinished'
    const failure = failureOf(error)
    this.#logs.get(guildId)?.fail(failure)
    if (failure === 'forbidden') {
      log.warn({ guild: guildId }, 'The audit log may not be read: View Audit Log is missing.')
    } else if (failure === 'absent') {
      log.warn(
        { guild: guildId },
        'The audit log may not be read: Discord says that Custos is not in the server.',
      )
    } else if (error instanceof LogLimited) {
      const until = new Date(error.until).toISOString()
      // One limit can hold up thousands of guilds.
      const level = this.#told.has(error) ? 'debug' : 'warn'
      this.#told.add(error)
      log[level]({ guild: guildId, until }, 'The audit log may not be read for now: Discord limits requests.')
    } else if (error instanceof LogUnavailable) {
      log.warn({ guild: guildId, err: error.cause ?? error }, 'The audit log could not be read.')
    } else {
      log.error({ guild: guildId, err: error }, 'What was read could not be written.')
    }
    if (failure === 'absent') this.#background.remove(guildId)
    else if (failure !== 'forbidden') this.#background.retry(guildId, this.#source.closedUntil(guildId))
    return failure
  }
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof LogUnavailable)) return 'unwritten'
  return error.why === 'unauthorized' || error.why === 'blocked' ? 'unreadable' : error.why
}
