import type { Archive } from '../core/archive.ts'
import type { Log } from '../core/log.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { missingGuilds, type ShardSession } from './session.ts'
import { TaskQueue } from './task-queue.ts'
import type { TrustedTime } from './time/trusted-time.ts'

interface Deps {
  readonly archive: Archive
  readonly trusted: TrustedTime
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** For how long a guild's data is stored after the bot was removed from it, in milliseconds. */
  readonly purgeAfter: number
}

/**
 * Records which guilds the bot was removed from, and purges their data when the grace period has passed. The archive is
 * updated one event after another, in the order they were reported.
 */
export class Membership {
  readonly #deps: Deps
  /**
   * Guilds that Discord reported as left since Custos started. Only these are purged. A guild without data stays here
   * until the next daily purge, since an event received earlier may still be on its way into the archive.
   */
  readonly #left = new Set<Snowflake>()
  /** Guilds that the bot is in by the latest report. Earlier reports may still be queued. */
  readonly #joined = new Set<Snowflake>()
  /** The guild that is being purged. */
  #purging: Snowflake | undefined
  readonly #queue = new TaskQueue()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** How many guilds are recorded as left in memory. */
  get size(): number {
    return this.#left.size
  }

  /** A shard started a session, which lists all guilds it serves. */
  sessionStarted(session: ShardSession): void {
    for (const guildId of missingGuilds(session, [...this.#joined])) this.#joined.delete(guildId)
    for (const guildId of session.guildIds) this.#joined.add(guildId)
    void this.#enqueue(async () => {
      await this.#handleJoined(session.guildIds)
      await this.#handleLeft(missingGuilds(session, await this.#deps.archive.guilds()))
    })
  }

  /** The bot is in a guild: it joined, or the guild became available. */
  guildJoined(guildId: Snowflake): void {
    this.#joined.add(guildId)
    void this.#enqueue(() => this.#handleJoined([guildId]))
    // Not queued behind the purge: it has to stop now, so that it deletes nothing that is read from now on.
    if (this.#purging === guildId)
      this.#cancelDeparture(guildId).catch((error: unknown) => this.#failed(error))
  }

  /** The bot was removed from a guild. An outage of the guild is not a removal. */
  guildLeft(guildId: Snowflake): void {
    this.#joined.delete(guildId)
    void this.#enqueue(() => this.#handleLeft([guildId]))
  }

  /** Purges the guilds whose grace period has passed. Resolves when this and everything queued before is done. */
  purgeDue(): Promise<void> {
    return this.#enqueue(async () => {
      const now = await this.#deps.trusted.now()
      if (now === undefined) return
      await this.#recordDepartures([...this.#left])
      const departures = await this.#deps.archive.departures()
      for (const guildId of this.#left) if (!departures.has(guildId)) this.#left.delete(guildId)
      await this.#purge(now)
    })
  }

  async #handleJoined(guildIds: readonly Snowflake[]): Promise<void> {
    const departures = await this.#deps.archive.departures()
    for (const guildId of guildIds) {
      if (this.#joined.has(guildId)) this.#left.delete(guildId)
      if (departures.has(guildId)) await this.#cancelDeparture(guildId)
    }
  }

  async #cancelDeparture(guildId: Snowflake): Promise<void> {
    const { archive, log } = this.#deps
    if (await archive.clearDeparture(guildId))
      log.info({ guild: guildId }, 'Added back to a server. Its data is kept.')
  }

  async #handleLeft(guildIds: readonly Snowflake[]): Promise<void> {
    for (const guildId of guildIds) if (!this.#joined.has(guildId)) this.#left.add(guildId)
    const now = await this.#deps.trusted.now()
    if (now === undefined) return
    await this.#recordDepartures(guildIds)
    await this.#purge(now)
  }

  /** Starts the grace period of guilds that the bot is no longer in. */
  async #recordDepartures(guildIds: readonly Snowflake[]): Promise<void> {
    const { archive, trusted, log, purgeAfter } = this.#deps
    const departures = await archive.departures()
    const { at, trustedAt } = await trusted.departure()
    for (const guildId of guildIds) {
      if (this.#joined.has(guildId) || departures.has(guildId)) continue
      if (!(await archive.recordDeparture(guildId, at, trustedAt))) continue
      const purgeAt = new Date(at + purgeAfter).toISOString()
      log.info({ guild: guildId, purgeAt }, 'Removed from a server. Its data is scheduled for deletion.')
    }
  }

  async #purge(trustedNow: number): Promise<void> {
    const { archive, log, purgeAfter } = this.#deps
    for (const [guildId, at] of await archive.departures()) {
      if (!this.#left.has(guildId) || this.#joined.has(guildId) || trustedNow - at < purgeAfter) continue
      this.#purging = guildId
      const entries = await archive.purge(guildId).finally(() => {
        this.#purging = undefined
      })
      this.#left.delete(guildId)
      log.info(
        { guild: guildId, entries },
        this.#joined.has(guildId)
          ? 'Added back to a server during its deletion. The remaining data is kept.'
          : 'Deleted the data of a server that Custos was removed from.',
      )
      await archive.vacuum('log')
    }
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    return this.#queue.run(task).catch((error: unknown) => this.#failed(error))
  }

  #failed(error: unknown): void {
    const { log, signal } = this.#deps
    if (!signal.aborted) log.error({ err: error }, 'Recording which servers Custos is in failed.')
  }
}
