import type { Archive } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import { coverageAfterSync, coverageAt, type KnownCoverage } from '../core/coverage/known-coverage.ts'
import type { SyncStatus } from '../core/coverage/sync-status.ts'
import { inTime } from '../core/in-time.ts'
import type { Log } from '../core/log.ts'
import type { ResyncPolicy } from '../core/resync-policy.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { SECOND } from '../core/time/units.ts'
import type { Need } from './answer/need.ts'
import { refreshForAnswer } from './answer/refresh-for-answer.ts'
import type { Synced } from './answer/wait.ts'
import type { AuditLogSource } from './audit-log-source.ts'
import { Background } from './background.ts'
import type { ReadBudget } from './budget/read-budget.ts'
import { FailureLog } from './failure-log.ts'
import { GuardedSource } from './guarded-source.ts'
import { GuildSync, type GuildSyncDeps } from './guild/guild-sync.ts'
import type { Progress } from './guild/log-pages.ts'
import type { EventQueue } from './ingest/event-queue.ts'
import { type Overview, overviewOf } from './overview.ts'
import { Recounts } from './recounts.ts'
import type { DiscordClock } from './time/discord-clock.ts'

/** How long a report waits for what it needs, in milliseconds: after a start, the log has to be read first. */
const PATIENCE_FOR_REPORT = 30 * SECOND

interface Deps {
  readonly source: AuditLogSource
  readonly archive: Archive
  /** The gateway's events that are not stored yet. */
  readonly queue: EventQueue
  /** Discord's time, which coverage is measured by. */
  readonly clock: DiscordClock
  /** The host's time, which waiting is measured by. */
  readonly host: Clock
  readonly resyncPolicy: ResyncPolicy
  readonly budget: ReadBudget
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** Called when a guild's log can be read, or no longer, and at its first read. `status` says which. */
  readonly onReadable?: (guildId: Snowflake) => void
}

/** Keeps the archive up to date with Discord's logs: before each answer, and in the background. */
export class SyncEngine {
  /** The guilds that the bot is in. Each holds the whole state of its sync. */
  readonly #guilds = new Map<Snowflake, GuildSync>()
  readonly #deps: Omit<Deps, 'source'> & GuildSyncDeps
  readonly #recounts: Recounts

  constructor(deps: Deps) {
    this.#recounts = new Recounts({ ...deps, guilds: this.#guilds, limits: deps.budget.limits })
    this.#deps = {
      ...deps,
      source: new GuardedSource(deps),
      failures: new FailureLog(deps.log),
      background: new Background({ ...deps, guilds: this.#guilds }),
    }
  }

  /** The sync of a guild that the bot is in. */
  of(guildId: Snowflake): GuildSync {
    const guild = this.#find(guildId)
    this.#guilds.set(guildId, guild)
    return guild
  }

  /** The state of a guild's log, without a request to Discord. */
  status(guildId: Snowflake): SyncStatus {
    return this.#find(guildId).status
  }

  /**
   * Discord sent a guild, or the bot may view its log again. It is read soon.
   * @param members how many members it has; undefined if Discord did not say
   */
  guildAvailable(guildId: Snowflake, members?: number): void {
    this.of(guildId).available(members)
  }

  /** The gateway has sent an entry of a guild. */
  entryReceived(guildId: Snowflake): void {
    this.#guilds.get(guildId)?.entryReceived()
  }

  /**
   * Entries of kinds whose counts can grow have come, or have grown, and somebody waits for it: the counts are read soon, and
   * for as long as they grow.
   * @param areNew whether any of the entries is new
   */
  recountSoon(guildId: Snowflake, kinds: Iterable<number>, areNew: boolean): void {
    this.#recounts.soon(guildId, kinds, areNew)
  }

  /** Counts in a guild's log may have grown: its newest page is read in the background. */
  recountLater(guildId: Snowflake): void {
    this.#guilds.get(guildId)?.recountLater()
  }

  /** An event of a guild was lost: the guild is read soon, and is not live until then. */
  resync(guildId: Snowflake): void {
    this.#guilds.get(guildId)?.on({ type: 'resync' })
  }

  /** The bot may no longer view a guild's log: no more entries are sent. */
  accessLost(guildId: Snowflake): void {
    this.of(guildId).on({ type: 'accessLost' })
  }

  /** A guild is down: nothing is read until Discord sends it again. */
  guildUnavailable(guildId: Snowflake): void {
    this.#guilds.get(guildId)?.on({ type: 'unavailable' })
  }

  /** The bot was removed from a guild. Its state is dropped, and a read that is under way stores nothing more. */
  guildRemoved(guildId: Snowflake): void {
    this.#guilds.get(guildId)?.on({ type: 'removed' })
    this.#guilds.delete(guildId)
  }

  /** The sync of all guilds in a few numbers. */
  get overview(): Overview {
    return overviewOf(this.#guilds.values())
  }

  /** The guilds that the bot is in. */
  get guildIds(): Snowflake[] {
    return [...this.#guilds.keys()]
  }

  /** What is stored of a guild's log, without a request to Discord. */
  async stored(guildId: Snowflake): Promise<Synced> {
    return { outcome: 'read', ...(await this.#find(guildId).known()) }
  }

  /**
   * Reads what an answer needs. Waits for less than a second where the gateway has sent every entry, otherwise for three,
   * and for 14 minutes if the guild is read for the first time.
   * @param onProgress receives the progress of a first read every two seconds
   */
  refresh(guildId: Snowflake, need: Need, onProgress: (progress: Progress) => void): Promise<Synced> {
    return refreshForAnswer(this.#deps, this.#find(guildId), need, onProgress)
  }

  /** Reads what a report needs, for less than a minute, and returns the coverage then. */
  async coverageFor(guildId: Snowflake, need: Need): Promise<KnownCoverage> {
    const { clock, host, signal } = this.#deps
    const { outcome, coverage, status, countsAsOf } = await inTime(
      { clock: host, timeout: PATIENCE_FOR_REPORT, signal },
      (over) => this.#refreshWholly(guildId, need, over),
      () => this.stored(guildId),
    )
    return coverageAfterSync(outcome, coverageAt(guildId, coverage, status, clock.now()), countsAsOf)
  }

  /** Reads what a report needs again and again until nothing of it is left to read, or nobody waits any more. */
  async #refreshWholly(guildId: Snowflake, need: Need, over: AbortSignal): Promise<Synced> {
    for (;;) {
      const synced = await this.refresh(guildId, need, () => {})
      const isLeft = synced.outcome === 'unfinished' || synced.outcome === 'unstored'
      if (!isLeft || over.aborted) return synced
      await this.#deps.host.sleep(SECOND, over).catch(() => {})
    }
  }

  /** The sync of a guild; for one that the bot is not in, a new one that is not stored. */
  #find(guildId: Snowflake): GuildSync {
    return this.#guilds.get(guildId) ?? new GuildSync(guildId, this.#deps)
  }
}
