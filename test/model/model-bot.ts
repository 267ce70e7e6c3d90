import type { Archive } from '../../src/core/archive.ts'
import { GROWING } from '../../src/core/audit-log/action.ts'
import type { Clock } from '../../src/core/clock.ts'
import type { Coverage } from '../../src/core/coverage/coverage.ts'
import { coverageAfterSync, coverageAt, type KnownCoverage } from '../../src/core/coverage/known-coverage.ts'
import type { SyncOutcome, SyncStatus } from '../../src/core/coverage/sync-status.ts'
import { SILENT } from '../../src/core/log.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'
import type { Need } from '../../src/sync/answer/need.ts'
import { ReadBudget } from '../../src/sync/budget/read-budget.ts'
import { SyncEngine } from '../../src/sync/engine.ts'
import { EventQueue } from '../../src/sync/ingest/event-queue.ts'
import { Ingest } from '../../src/sync/ingest/ingest.ts'
import { DiscordClock } from '../../src/sync/time/discord-clock.ts'
import { type ModelDiscord, type ModelEntry, PAGE } from './model-discord.ts'

const RESYNC_POLICY = { overlap: 15 * 60_000, sweep: 24 * 3_600_000 }

/** What Custos has recorded about the log at a moment. */
export interface LogState {
  readonly coverage: KnownCoverage
  readonly status: SyncStatus
  /** When everything recent was last read again, in milliseconds since the Unix epoch; 0 before the first time. */
  readonly sweptAt: number
  /** When the counts of the last day were last read again. */
  readonly countsSweptAt: number
  /** When the counts within the overlap were last read, by type. */
  readonly countsReadAt: ReadonlyMap<number, number>
}

/** How the sync of an answer ended, and the state of the log after it. */
export interface Answer extends LogState {
  readonly outcome: SyncOutcome
}

/** The sync of a bot that can be killed. What is in progress then never ends. */
export class ModelBot {
  readonly #discord: ModelDiscord
  readonly #archive: Archive
  readonly #engine: SyncEngine
  readonly #queue = new EventQueue()
  readonly #ingest: Ingest
  readonly #clock: DiscordClock
  readonly #stopping = new AbortController()
  /** Until what was received from the gateway can be stored. */
  #held: PromiseWithResolvers<void> | undefined
  #isKilled = false
  #writesLeft = Number.POSITIVE_INFINITY

  /** @param perSecond how many requests it makes in a second */
  constructor(
    discord: ModelDiscord,
    archive: Archive,
    host: Clock,
    discordTime: () => number,
    perSecond: number,
  ) {
    this.#discord = discord
    this.#archive = this.#killable(archive)
    const clock = new DiscordClock(host)
    this.#clock = clock
    const { signal } = this.#stopping
    const deps = { archive: this.#archive, clock, log: SILENT, signal }
    const queue = this.#queue
    this.#engine = new SyncEngine({
      ...deps,
      queue,
      host,
      resyncPolicy: RESYNC_POLICY,
      budget: new ReadBudget(host, { perSecond, backgroundPerMinute: 100_000 }, signal),
      source: {
        pageSize: PAGE,
        read: async (guildId, request) => this.#receive(await discord.read(guildId, request), discordTime()),
        oldest: async () => this.#receive(await discord.oldest(), discordTime()),
      },
    })
    this.#ingest = new Ingest({ ...deps, queue, engine: this.#engine })
    this.connect()
  }

  get isKilled(): boolean {
    return this.#isKilled
  }

  /** The entries that were received from the gateway and are not stored yet. */
  get unstored(): Set<Snowflake> {
    const updates = [...this.#queue.unstored(this.#discord.guildId)]
    return new Set(updates.flatMap(({ entries }) => entries.map(({ id }) => id)))
  }

  /** A new session: the guild is available, and earlier events may have been missed. */
  connect(): void {
    this.#engine.of(this.#discord.guildId).markDisconnected()
    this.#engine.guildAvailable(this.#discord.guildId)
  }

  /** Receives the event of an entry. */
  receive(entry: ModelEntry): void {
    const { guildId } = this.#discord
    this.#engine.entryReceived(guildId)
    this.#ingest.record({ guildId, entries: [this.#discord.entry(entry)], from: 'gateway' })
  }

  /** The gateway reports that the bot may no longer view the log, or may again. */
  reportAccess(mayView: boolean): void {
    if (mayView) this.#engine.guildAvailable(this.#discord.guildId)
    else this.#engine.accessLost(this.#discord.guildId)
  }

  /** Holds what was received from the gateway back from the archive, or stores it. */
  toggleStoring(): void {
    this.#held?.resolve()
    this.#held = this.#held ? undefined : Promise.withResolvers()
  }

  /** Stores again what is received from the gateway. */
  store(): void {
    if (this.#held) this.toggleStoring()
  }

  /** Runs a query's sync. */
  async runQuery(need: Need, askedAt: number): Promise<Answer> {
    const { guildId } = this.#discord
    const {
      outcome,
      coverage: stored,
      status,
      countsAsOf,
    } = await this.#engine.refresh(guildId, need, () => {})
    const { coverage, ...rest } = this.#stateOf(stored, status, askedAt)
    return { outcome, coverage: coverageAfterSync(outcome, coverage, countsAsOf), ...rest }
  }

  /** The state of the log without a request to Discord. */
  known(coverage: Coverage, now: number): LogState {
    return this.#stateOf(coverage, this.#engine.status(this.#discord.guildId), now)
  }

  /** Ends the process. Nothing more is stored. */
  kill(): void {
    this.#isKilled = true
    this.#stopping.abort()
  }

  /** Ends the process after a number of writes. */
  killAfter(writes: number): void {
    this.#writesLeft = writes
  }

  #stateOf(coverage: Coverage, status: SyncStatus, now: number): LogState {
    const { guildId } = this.#discord
    const { counts, sweep } = this.#engine.of(guildId).log
    return {
      coverage: coverageAt(guildId, coverage, status, now),
      status,
      sweptAt: coverage.sweptAt ?? 0,
      countsSweptAt: sweep.countsSweptAt ?? 0,
      countsReadAt: new Map(GROWING.map((kind) => [kind, counts.readAt(kind) ?? 0])),
    }
  }

  #receive<Result>(result: Result, discordTime: number): Result {
    this.#clock.update(Math.floor(discordTime / 1000) * 1000)
    return result
  }

  /** The archive for this process. After a kill, its calls never end. */
  #killable(archive: Archive): Archive {
    const untilKilled = async <Result>(call: () => Promise<Result>): Promise<Result> => {
      if (this.#isKilled) return new Promise<never>(() => {})
      const result = await call()
      return this.#isKilled ? new Promise<never>(() => {}) : result
    }
    return {
      ...archive,
      coverage: (guildId) => untilKilled(() => archive.coverage(guildId)),
      countByKind: (guildId, filter) => untilKilled(() => archive.countByKind(guildId, filter)),
      list: (guildId, filter, slice) => untilKilled(() => archive.list(guildId, filter, slice)),
      record: async (updates) => {
        if (updates.some(({ from }) => from === 'gateway')) await this.#held?.promise
        if (this.#writesLeft-- === 0) this.kill()
        return untilKilled(() => archive.record(updates))
      },
    }
  }
}
