import type { Archive } from '../../../src/core/archive.ts'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
import { withLive } from '../../../src/core/coverage/coverage.ts'
import { newestRange } from '../../../src/core/coverage/ranges.ts'
import type { SyncOutcome } from '../../../src/core/coverage/sync-status.ts'
import { SILENT } from '../../../src/core/log.ts'
import { compareIds, firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import { ReadBudget } from '../../../src/sync/budget/read-budget.ts'
import { SyncEngine } from '../../../src/sync/engine.ts'
import { EventQueue } from '../../../src/sync/ingest/event-queue.ts'
import { Ingest } from '../../../src/sync/ingest/ingest.ts'
import { DiscordClock } from '../../../src/sync/time/discord-clock.ts'
import type { LeanLog } from './lean-log.ts'
import type { LogSource } from './log-source.ts'
import type { Timeline } from './timeline.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

interface Deps {
  readonly archive: Archive
  readonly source: LogSource
  readonly timeline: Timeline
  /** How many requests the background may make in a minute. */
  readonly readsPerMinute: number
  /** How many requests it may make in a second: all that Custos makes, or the share of one process of several. */
  readonly requestsPerSecond: number
}

/** How the sync of an answer ended, and how long it took, in milliseconds. */
export interface Answer {
  readonly outcome: SyncOutcome
  readonly took: number
}

/** The sync of a bot in many servers. */
export class SimulatedBot {
  readonly #deps: Deps
  readonly #engine: SyncEngine
  readonly #ingest: Ingest
  readonly #connected = new Set<Snowflake>()
  readonly #stopping = new AbortController()

  constructor(deps: Deps) {
    this.#deps = deps
    const { archive, source, timeline: host, readsPerMinute, requestsPerSecond } = deps
    const clock = new DiscordClock(host)
    const { signal } = this.#stopping
    const queue = new EventQueue()
    const shared = { archive, clock, queue, log: SILENT, signal }
    this.#engine = new SyncEngine({
      ...shared,
      host,
      source: {
        pageSize: source.pageSize,
        read: async (guildId, where) => {
          const page = await source.read(guildId, where)
          clock.update(page.at)
          return page
        },
        oldest: (guildId) => source.oldest(guildId),
      },
      resyncPolicy: { overlap: 15 * MINUTE, sweep: DAY },
      budget: new ReadBudget(
        host,
        { perSecond: requestsPerSecond, backgroundPerMinute: readsPerMinute },
        signal,
      ),
    })
    this.#ingest = new Ingest({ ...shared, engine: this.#engine })
  }

  /** A shard starts a session. */
  connect(guildIds: readonly Snowflake[]): void {
    for (const guildId of guildIds) this.#engine.of(guildId).markDisconnected()
    for (const guildId of guildIds) {
      this.#connected.add(guildId)
      this.#engine.guildAvailable(guildId)
    }
  }

  /** A shard loses its session: nothing is sent until it has connected again. */
  disconnect(guildIds: readonly Snowflake[]): void {
    for (const guildId of guildIds) this.#connected.delete(guildId)
  }

  /** Receives the event of a new entry. */
  receive(entry: Entry): void {
    if (!this.#connected.has(entry.guildId)) return
    this.#ingest.record({ guildId: entry.guildId, entries: [entry], from: 'gateway' })
  }

  /** A moderator asks about the last day. */
  async ask(guildId: Snowflake): Promise<Answer> {
    const { source, timeline } = this.#deps
    const askedAt = timeline.now()
    source.asking.add(guildId)
    const { outcome } = await this.#engine.refresh(guildId, { from: firstIdAt(askedAt - DAY) }, () => {})
    source.asking.delete(guildId)
    return { outcome, took: timeline.now() - askedAt }
  }

  isLive(guildId: Snowflake): boolean {
    return this.#engine.status(guildId).liveFrom !== undefined
  }

  /** Whether the archive has all of a log. */
  async hasAll({ guildId, oldest }: LeanLog): Promise<boolean> {
    const { liveFrom } = this.#engine.status(guildId)
    if (liveFrom === undefined) return false
    const ranges = withLive(await this.#deps.archive.coverage(guildId), liveFrom)
    const start = newestRange(ranges)?.start
    return oldest === undefined || (start !== undefined && compareIds(start, oldest) <= 0)
  }

  /** Ends the process. */
  stop(): void {
    this.#connected.clear()
    this.#stopping.abort()
  }
}
