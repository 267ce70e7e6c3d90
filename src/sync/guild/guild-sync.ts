import type { Archive } from '../../core/archive.ts'
import { backoff } from '../../core/backoff.ts'
import type { Clock } from '../../core/clock.ts'
import type { Coverage } from '../../core/coverage/coverage.ts'
import type { SyncOutcome, SyncStatus } from '../../core/coverage/sync-status.ts'
import type { ResyncPolicy } from '../../core/resync-policy.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { HOUR, MINUTE } from '../../core/time/units.ts'
import { type FailureLog, failureOf } from '../failure-log.ts'
import type { GuardedSource } from '../guarded-source.ts'
import { TaskQueue } from '../task-queue.ts'
import type { DiscordClock } from '../time/discord-clock.ts'
import { Timer } from '../timer.ts'
import { Access } from './access.ts'
import { GuildLog } from './guild-log.ts'
import { NEW_GUILD, nextState, type Phase, type SyncEvent, type SyncState } from './state.ts'

/** The first and the longest wait before a log that could not be read is read again, in milliseconds. */
const FIRST_RETRY = MINUTE
const LONGEST_RETRY = HOUR

export interface GuildSyncDeps {
  readonly archive: Archive
  readonly source: GuardedSource
  readonly resyncPolicy: ResyncPolicy
  /** Discord's time. */
  readonly clock: DiscordClock
  /** The host's time. */
  readonly host: Clock
  readonly failures: FailureLog
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** Reads guilds that are queued. */
  readonly background: { wake(): void }
}

/** Keeps the archive up to date with one guild's log: its state, and its reads one at a time. */
export class GuildSync {
  readonly guildId: Snowflake
  readonly log: GuildLog
  readonly #deps: GuildSyncDeps
  readonly #access: Access
  #state: SyncState = NEW_GUILD
  readonly #retry: Timer
  readonly #reads = new TaskQueue()
  readonly #removed = new AbortController()
  #nextRefresh: Promise<void> | undefined
  #nextStep: Promise<boolean> | undefined

  constructor(guildId: Snowflake, deps: GuildSyncDeps) {
    this.guildId = guildId
    this.#deps = deps
    this.#access = new Access(deps)
    this.#retry = new Timer(deps.host, deps.signal)
    const source = deps.source.of(this.#access)
    this.log = new GuildLog({ ...deps, guildId, source, removed: this.#removed.signal })
  }

  get phase(): Phase {
    return this.#state.phase
  }

  /** The id from which on the gateway has sent every entry; undefined if some may have been missed. */
  get liveFrom(): Snowflake | undefined {
    const { stream } = this.#state
    return stream.type === 'live' ? stream.from : undefined
  }

  /** The state of the guild's log, without a request to Discord. */
  get status(): SyncStatus {
    const { clock, source } = this.#deps
    const { liveFrom } = this
    const { ended } = this.#state
    const limitedUntil = source.limitedUntil(this.#access) ?? source.heldUntil(this.guildId)
    return {
      hostAhead: clock.hostAhead,
      ...(liveFrom !== undefined && { liveFrom }),
      ...(ended !== undefined && { lastRead: ended }),
      ...(limitedUntil !== undefined && { limitedUntil }),
    }
  }

  /** Discord sent the guild, or the bot may view its log again. */
  available(): void {
    this.#deps.source.reopen(this.#access)
    this.on({ type: 'available' })
  }

  /** The gateway session ended: no entry is sent until the guild is available again. */
  markDisconnected(): void {
    this.on({ type: 'disconnected' })
  }

  /** Moves to the next state. */
  on(event: SyncEvent): void {
    const before = this.phase
    this.#state = nextState(this.#state, event)
    if (this.phase !== before) this.#enter(this.phase)
  }

  /**
   * A read failed: logs why, and moves to the next state.
   * @returns the failure; `unfinished` if Custos is stopping
   */
  fail(error: unknown): SyncOutcome {
    const { failures, signal, source } = this.#deps
    if (signal.aborted) return 'unfinished'
    const failure = failureOf(error)
    failures.write(this.guildId, error)
    const isLimited = source.limitedUntil(this.#access) !== undefined
    this.on({ type: 'failed', failure, isLimited })
    return failure
  }

  /**
   * Reads what is new. Callers during a refresh share the next one, because an entry may have been made after the current
   * one began.
   */
  refresh(): Promise<void> {
    this.#nextRefresh ??= this.#reads.run(async () => {
      this.#nextRefresh = undefined
      this.on({ type: 'readStarted' })
      const end = await this.log.refresh(this.liveFrom !== undefined)
      this.on({ type: 'read', end })
    })
    return this.#nextRefresh
  }

  /**
   * Reads what is new, and then back until the log is complete from an id on, or from the beginning of Discord's log on.
   * @returns the coverage then
   */
  async readBackTo(from: Snowflake): Promise<Coverage> {
    await this.refresh()
    for (;;) {
      const coverage = await this.coverage()
      if (this.reaches(coverage, from)) return coverage
      if (!(await this.readOn())) return this.coverage()
    }
  }

  /** Reads the page before an id. @returns from which id on the log is complete up to that one */
  readPage(before: Snowflake): Promise<Snowflake> {
    return this.#reads.run(() => this.log.readPage(before))
  }

  /** Reads one more page that is missing. @returns false when nothing is missing that Discord still has */
  readOn(): Promise<boolean> {
    this.#nextStep ??= this.#reads.run(() => {
      this.#nextStep = undefined
      return this.log.readMissing()
    })
    return this.#nextStep
  }

  /** What the archive has of the guild's log. */
  coverage(): Promise<Coverage> {
    return this.#deps.archive.coverage(this.guildId)
  }

  /** Whether the log is complete from an id on, or from the beginning of Discord's log on. */
  reaches(coverage: Coverage, from: Snowflake): boolean {
    return this.log.reaches(coverage, from, this.liveFrom)
  }

  #enter(phase: Phase): void {
    const { background } = this.#deps
    this.#retry.cancel()
    if (phase === 'queued') background.wake()
    else if (phase === 'removed') this.#removed.abort()
    else if (phase === 'backingOff' || phase === 'limited')
      this.#retry.set(this.#waitIn(phase), () => this.on({ type: 'retry' }))
  }

  /** How long until a retry, in milliseconds. */
  #waitIn(phase: 'backingOff' | 'limited'): number {
    const { clock, source } = this.#deps
    return phase === 'limited'
      ? Math.max(0, (source.limitedUntil(this.#access) ?? 0) - clock.now())
      : backoff(this.#state.failures, { first: FIRST_RETRY, longest: LONGEST_RETRY })
  }
}
