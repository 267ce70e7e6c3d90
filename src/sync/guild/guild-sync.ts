import type { Archive } from '../../core/archive.ts'
import { backoff } from '../../core/backoff.ts'
import type { Clock } from '../../core/clock.ts'
import type { Coverage } from '../../core/coverage/coverage.ts'
import type { Failure, SyncOutcome, SyncStatus } from '../../core/coverage/sync-status.ts'
import type { ResyncPolicy } from '../../core/resync-policy.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { spreadOver } from '../../core/spread-over.ts'
import { HOUR, MINUTE } from '../../core/time/units.ts'
import type { Lane, ReadBudget } from '../budget/read-budget.ts'
import { type FailureLog, failureOf } from '../failure-log.ts'
import type { GuardedSource } from '../guarded-source.ts'
import type { EventQueue } from '../ingest/event-queue.ts'
import type { DiscordClock } from '../time/discord-clock.ts'
import { Timer } from '../timer.ts'
import { Access } from './access.ts'
import { GuildLog } from './guild-log.ts'
import { GuildReads } from './guild-reads.ts'
import { NEW_GUILD, nextState, type Phase, type Stream, type SyncEvent, type SyncState } from './state.ts'

/** The first and the longest wait before a log that could not be read is read again, in milliseconds. */
const FIRST_RETRY = MINUTE
const LONGEST_RETRY = HOUR

/** How often it is checked whether a log has to be read again, in milliseconds. */
const CHECK_INTERVAL = HOUR

/** The phases in which a log is read. */
export const READING: readonly Phase[] = ['queued', 'refreshing', 'backfilling']

/** How many members an entry counts as much as, in how busy a guild is. */
const ENTRY_WEIGHT = 1000

export interface GuildSyncDeps {
  readonly archive: Archive
  readonly source: GuardedSource
  readonly budget: ReadBudget
  /** The gateway's events that are not stored yet. */
  readonly queue: EventQueue
  readonly resyncPolicy: ResyncPolicy
  /** Discord's time. */
  readonly clock: DiscordClock
  /** The host's time. */
  readonly host: Clock
  readonly failures: FailureLog
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** Reads guilds that are queued or backfilling. */
  readonly background: { entered(guild: GuildSync): void; before(guild: GuildSync): number }
  /** Called when the log can be read, or no longer, and at its first read. */
  readonly onReadable?: (guildId: Snowflake) => void
}

/** How far the first read of a guild's log is; `stopped` if it cannot go on now. */
export type FirstRead = 'waiting' | 'reading' | 'finished' | 'stopped'

/** Keeps the archive up to date with one guild's log: its state, and its reads one at a time. */
export class GuildSync {
  readonly guildId: Snowflake
  readonly log: GuildLog
  readonly access: Access
  readonly #deps: GuildSyncDeps
  #state: SyncState = NEW_GUILD
  readonly #retry: Timer
  readonly #reads: GuildReads
  readonly #removed = new AbortController()
  #checkAt: number
  /** Why the last read failed; undefined if it did not. */
  #lastFailure: Failure | undefined
  #isBackfilled = false
  #members = 0
  #received = 0
  #receivedSinceRead = 0
  /** For which lanes answers wait. */
  readonly #waiting: Lane[] = []

  constructor(guildId: Snowflake, deps: GuildSyncDeps) {
    this.guildId = guildId
    this.#deps = deps
    this.access = new Access(deps)
    this.#retry = new Timer(deps.host, deps.signal)
    this.#checkAt = deps.host.elapsed() + spreadOver(CHECK_INTERVAL, guildId)
    const liveFrom = () => this.liveFrom
    this.log = new GuildLog({
      ...deps,
      guildId,
      liveFrom,
      onGap: () => this.on({ type: 'gapFound' }),
      source: deps.source.of(this),
      removed: this.#removed.signal,
    })
    this.#reads = new GuildReads(this.log)
  }

  get phase(): Phase {
    return this.#state.phase
  }

  /** Whether the gateway sends every new entry. */
  get stream(): Stream['type'] {
    return this.#state.stream.type
  }

  /** How far the first read of the whole log is. */
  get firstRead(): FirstRead {
    if (this.#isBackfilled) return 'finished'
    if (!READING.includes(this.phase)) return 'stopped'
    return this.log.progress ? 'reading' : 'waiting'
  }

  /** The id from which on the gateway has sent every entry; undefined if some may have been missed. */
  get liveFrom(): Snowflake | undefined {
    const { stream } = this.#state
    return stream.type === 'live' ? stream.from : undefined
  }

  /**
   * How busy the guild is, as a whole number below 100: the busiest are read first. At the start only the number of its
   * members indicates that, later how many entries the gateway sends.
   */
  get busyness(): number {
    return Math.floor(Math.log2(1 + this.#members + ENTRY_WEIGHT * this.#received))
  }

  /** What requests are made for at present. */
  get lane(): Lane {
    return this.#waiting.includes('answer') ? 'answer' : (this.#waiting[0] ?? 'background')
  }

  /** The state of the guild's log, without a request to Discord. */
  get status(): SyncStatus {
    const { clock, source } = this.#deps
    const { liveFrom } = this
    const { ended } = this.#state
    const backfill = this.#firstBackfill
    const limitedUntil = source.limitedUntil(this.access) ?? source.heldUntil(this.guildId)
    return {
      hostAhead: clock.hostAhead,
      ...(liveFrom !== undefined && { liveFrom }),
      ...(ended !== undefined && { lastRead: ended }),
      ...(limitedUntil !== undefined && { limitedUntil }),
      ...(backfill !== undefined && { backfill }),
    }
  }

  /** How far the first read of the whole log is; undefined when it is finished, or cannot go on. */
  get #firstBackfill(): SyncStatus['backfill'] {
    const { firstRead } = this
    if (firstRead === 'finished' || firstRead === 'stopped') return undefined
    const { entries, backTo } = this.log.progress ?? { entries: 0, backTo: this.#deps.clock.now() }
    return { entries, backTo, guildsBefore: this.#deps.background.before(this) }
  }

  /**
   * Discord sent the guild, or the bot may view its log again.
   * @param members how many members it has; absent if Discord did not say
   */
  available(members?: number): void {
    this.#members = members ?? this.#members
    this.#deps.source.reopen(this.access)
    this.on({ type: 'available' })
  }

  /**
   * The gateway has sent an entry. Before so many have come that not all would be on the newest page, that page is read:
   * so an entry that was not sent is found on a page before the next answer.
   */
  entryReceived(): void {
    this.#received++
    this.#receivedSinceRead++
    if (this.phase === 'idle' && this.log.exceedsPage(this.#receivedSinceRead)) this.on({ type: 'due' })
  }

  /** Counts may have grown. What is read or waits for it is read anyway. */
  recountLater(): void {
    if (this.phase === 'idle' && this.liveFrom !== undefined) this.on({ type: 'due' })
  }

  /** The gateway session ended: no entry is sent until the guild is available again. */
  markDisconnected(): void {
    this.on({ type: 'disconnected' })
  }

  /** Moves to the next state. */
  on(event: SyncEvent): void {
    if (event.type === 'read') this.#lastFailure = undefined
    const { phase: before, ended } = this.#state
    this.#state = nextState(this.#state, event)
    if (this.phase !== before) this.#enter(this.phase)
    const isSaid = this.#state.ended === 'read' || this.#state.ended === 'forbidden'
    if (isSaid && this.#state.ended !== ended) this.#deps.onReadable?.(this.guildId)
  }

  /**
   * A read failed: logs why, and moves to the next state.
   * @returns the failure; `unfinished` if Custos is stopping
   */
  fail(error: unknown): SyncOutcome {
    const { failures, signal, source } = this.#deps
    if (signal.aborted) return 'unfinished'
    const failure = failureOf(error)
    failures.write(this.guildId, error, failure === this.#lastFailure)
    this.#lastFailure = failure
    const isLimited = source.limitedUntil(this.access) !== undefined
    this.on({ type: 'failed', failure, isLimited })
    return failure
  }

  /** Whether an hour has passed since the last check. */
  get isCheckDue(): boolean {
    return this.#deps.host.elapsed() >= this.#checkAt
  }

  /** Reads the log again if it can have changed. On an unbroken stream, that is so only once a day, or if counts can grow. */
  async check(): Promise<void> {
    this.#checkAt = this.#deps.host.elapsed() + CHECK_INTERVAL
    const isLive = this.liveFrom !== undefined
    // A guild that is being read or waits for it is not queued again: among many guilds, it would never be finished.
    if (isLive && READING.includes(this.phase)) return
    if (!isLive || this.phase !== 'idle' || this.log.sweep.isFullDue) this.on({ type: 'due' })
    else if (await this.log.sweep.checkCounts()) this.on({ type: 'countsDue' })
  }

  /** Reads in a lane for as long as an answer waits, and in the background after that. */
  async inLane<Result>(lane: Lane, answer: () => Promise<Result>): Promise<Result> {
    const { budget } = this.#deps
    this.#waiting.push(lane)
    budget.move(this.guildId, this.lane)
    try {
      return await answer()
    } finally {
      this.#waiting.splice(this.#waiting.indexOf(lane), 1)
      budget.move(this.guildId, this.lane)
    }
  }

  /**
   * Reads what is new.
   * @param kinds the kinds whose counts are needed
   */
  refresh(kinds: readonly number[] = []): Promise<void> {
    return this.#reads.refresh(kinds, async (needed) => {
      this.#receivedSinceRead = 0
      this.on({ type: 'readStarted' })
      this.on({ type: 'read', liveFrom: await this.log.refresh(needed) })
    })
  }

  /**
   * Reads what is new, and then back until the log is complete from an id on, or from the beginning of Discord's log on.
   * @param kinds the kinds whose counts are needed
   * @returns what is known then
   */
  async readBackTo(from: Snowflake, kinds: readonly number[]): ReturnType<GuildSync['known']> {
    await this.refresh(kinds)
    for (;;) {
      const known = await this.known()
      if (this.reaches(known, from)) return known
      // The background may have read the rest meanwhile.
      if (!(await this.readOn())) return this.known()
    }
  }

  /** Whether the log is complete from an id on, or from the beginning of Discord's log on. */
  reaches({ coverage, status }: Awaited<ReturnType<GuildSync['known']>>, from: Snowflake): boolean {
    return this.log.reaches(coverage, from, status.liveFrom)
  }

  /** Reads one more page that is missing. @returns false when nothing is missing that Discord still has */
  readOn(): Promise<boolean> {
    return this.#reads.missing()
  }

  /** Reads one more page of the backfill. @returns false when it is finished */
  backfillOn(): Promise<boolean> {
    return this.#reads.backfill()
  }

  /**
   * What is known of the guild's log. The status is from before the coverage: a read that ends in between then adds to both,
   * and leaves no gap between them.
   */
  async known(): Promise<{ readonly status: SyncStatus; readonly coverage: Coverage }> {
    const { status } = this
    return { status, coverage: await this.#deps.archive.coverage(this.guildId) }
  }

  #enter(phase: Phase): void {
    this.#retry.cancel()
    this.#reads.endBackfill()
    this.#isBackfilled ||= phase === 'idle'
    if (phase === 'forbidden') this.#checkAt = this.#deps.host.elapsed() + CHECK_INTERVAL
    else if (phase === 'removed') {
      this.access.removed()
      this.#removed.abort()
    } else if (phase === 'backingOff' || phase === 'limited')
      this.#retry.set(this.#waitIn(phase), () => this.on({ type: 'retry' }))
    this.#deps.background.entered(this)
  }

  /** How long until a retry, in milliseconds. */
  #waitIn(phase: 'backingOff' | 'limited'): number {
    const { clock, source } = this.#deps
    return phase === 'limited'
      ? Math.max(0, (source.limitedUntil(this.access) ?? 0) - clock.now())
      : backoff(this.#state.failures, { first: FIRST_RETRY, longest: LONGEST_RETRY })
  }
}
