import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { SECOND } from '../../core/time/units.ts'
import type { Arrival } from '../../core/watch/arrival.ts'

/** How long after its arrival an entry waits at most for the name of who made it, in milliseconds. */
const PATIENCE = 3 * SECOND

interface Deps {
  /** Reads the newest page of a guild's log, which names who made its entries, from one of them on. */
  readonly read: (guildId: Snowflake, from: Snowflake) => Promise<unknown>
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/**
 * Has the log read where it is not known whether a bot made an entry: the gateway's events have only ids, the log's pages
 * have their users.
 */
export class NameLookups {
  readonly #deps: Deps
  /** The guilds whose logs are being read. */
  readonly #reading = new Set<Snowflake>()
  /** When the last read of a guild that has ended began, by Discord's time; only of the last seconds. */
  readonly #readAt = new Map<Snowflake, number>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /**
   * Whether an entry, whose executor has no name in the archive, waits for that.
   * @param now by Discord's time, in milliseconds since the Unix epoch
   */
  isAwaited(guildId: Snowflake, { at, entry }: Arrival, now: number): boolean {
    const isPatient = at <= now && now - at < PATIENCE
    if (!isPatient || (this.#readAt.get(guildId) ?? Number.NEGATIVE_INFINITY) >= at) return false
    if (!this.#reading.has(guildId)) void this.#read(guildId, entry.id, now)
    return true
  }

  async #read(guildId: Snowflake, from: Snowflake, now: number): Promise<void> {
    const { log, read, signal } = this.#deps
    this.#reading.add(guildId)
    try {
      await read(guildId, from)
    } catch (error) {
      if (!signal.aborted) log.debug({ guild: guildId, err: error }, 'Looking up who is a bot failed.')
    }
    this.#reading.delete(guildId)
    for (const [other, readAt] of this.#readAt) if (now - readAt >= PATIENCE) this.#readAt.delete(other)
    this.#readAt.set(guildId, now)
  }
}
