import type { Archive } from '../../core/archive.ts'
import { backoff } from '../../core/backoff.ts'
import type { Clock } from '../../core/clock.ts'
import type { SyncOutcome, SyncStatus } from '../../core/coverage/sync-status.ts'
import type { ResyncPolicy } from '../../core/resync-policy.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { HOUR, MINUTE } from '../../core/time/units.ts'
import { type FailureLog, failureOf } from '../failure-log.ts'
import type { GuardedSource } from '../guarded-source.ts'
import type { DiscordClock } from '../time/discord-clock.ts'
import { Access } from './access.ts'
import { GuildLog } from './guild-log.ts'
import { NEW_GUILD, nextState, type Phase, type SyncEvent, type SyncState } from './state.ts'

/** How long until a log that could not be read is read again, in milliseconds; then twice as long, up to an hour. */
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
  /** Runs when a guild is queued. */
  readonly onQueued: () => void
}

/** Keeps the archive up to date with one guild's log: its state, and its reads one at a time. */
export class GuildSync {
  readonly guildId: Snowflake
  readonly log: GuildLog
  readonly #deps: GuildSyncDeps
  readonly #access: Access
  #state: SyncState = NEW_GUILD
  /** Ends the wait for a retry. */
  #retry: AbortController | undefined
  #reads: Promise<unknown> = Promise.resolve()
  #nextRefresh: Promise<void> | undefined
  #nextStep: Promise<boolean> | undefined

  constructor(guildId: Snowflake, deps: GuildSyncDeps) {
    this.guildId = guildId
    this.#deps = deps
    this.#access = new Access(deps)
    this.log = new GuildLog({
      guildId,
      archive: deps.archive,
      resyncPolicy: deps.resyncPolicy,
      source: deps.source.of(this.#access),
      isRemoved: () => this.phase === 'removed',
    })
  }

  get phase(): Phase {
    return this.#state.phase
  }

  /** The id from which on the gateway has sent every entry; undefined where some may have been missed. */
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
   * @returns the failure; `unfinished` where Custos is stopping
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
   * Reads what is new. Callers that come while a refresh is under way share the next one, because an entry may have been
   * made after that one began.
   */
  refresh(): Promise<void> {
    this.#nextRefresh ??= this.#inOrder(async () => {
      this.#nextRefresh = undefined
      this.on({ type: 'readStarted' })
      const end = await this.log.refresh(this.liveFrom !== undefined)
      this.on({ type: 'read', end })
    })
    return this.#nextRefresh
  }

  /** Reads what is new, and on until the log is complete back to an id, or to where Discord's log begins. */
  async readBackTo(from: Snowflake): Promise<void> {
    await this.refresh()
    while (!(await this.reaches(from)) && (await this.readOn())) {}
  }

  /** Reads the page before an id. @returns from which id on the log is complete up to that one */
  readPage(before: Snowflake): Promise<Snowflake> {
    return this.#inOrder(() => this.log.readPage(before))
  }

  /** Reads one more page of what is missing. @returns false when nothing is missing that Discord still has */
  readOn(): Promise<boolean> {
    this.#nextStep ??= this.#inOrder(() => {
      this.#nextStep = undefined
      return this.log.readMissing()
    })
    return this.#nextStep
  }

  /** Whether the log is complete from an id on, or from where Discord's log begins. */
  reaches(from: Snowflake): Promise<boolean> {
    return this.log.reaches(from, this.liveFrom)
  }

  #enter(phase: Phase): void {
    const { clock, onQueued, source } = this.#deps
    this.#retry?.abort()
    if (phase === 'queued') onQueued()
    else if (phase === 'backingOff')
      this.#retryAfter(backoff(this.#state.failures, { first: FIRST_RETRY, longest: LONGEST_RETRY }))
    else if (phase === 'limited')
      this.#retryAfter(Math.max(0, (source.limitedUntil(this.#access) ?? 0) - clock.now()))
  }

  #retryAfter(wait: number): void {
    const { host, signal } = this.#deps
    const retry = new AbortController()
    this.#retry = retry
    host.sleep(wait, AbortSignal.any([signal, retry.signal])).then(
      () => this.on({ type: 'retry' }),
      () => {},
    )
  }

  #inOrder<Given>(read: () => Promise<Given>): Promise<Given> {
    const result = this.#reads.then(read)
    this.#reads = result.catch(() => {})
    return result
  }
}
