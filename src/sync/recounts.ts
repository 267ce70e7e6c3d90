import type { Clock } from '../core/clock.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { SECOND } from '../core/time/units.ts'
import type { RequestLimits } from './budget/read-budget.ts'
import type { GuildSync } from './guild/guild-sync.ts'
import { Timer } from './timer.ts'

/** How long after a new entry, and then after each read, the counts are read, in milliseconds: after 1, 3, 6 and 10 s. */
const AFTER_NEW = [SECOND, 2 * SECOND, 3 * SECOND, 4 * SECOND]

/** The same after a count has grown. */
const AFTER_GROWTH = [10 * SECOND]

/** The shortest time between two reads of a guild, in milliseconds. */
const SHORTEST_PAUSE = 2 * SECOND

/** Which part of the requests these reads may begin: the others are for answers, and for what is missing. */
const PART = 0.2

interface Deps {
  readonly guilds: ReadonlyMap<Snowflake, GuildSync>
  readonly limits: RequestLimits
  /** The host's clock. Only elapsed time is used. */
  readonly host: Clock
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** The reads of one guild that are still to be made. */
interface Series {
  readonly kinds: Set<number>
  readonly timer: Timer
  /** How long to wait before each of them, in milliseconds. */
  left: readonly number[]
  readAt: number
}

/**
 * Reads growing counts again soon after an entry, and for as long as they grow. Discord sends no event for that, and somebody
 * waits to be warned. Guilds whose turn it is at the same time are read one after the other.
 */
export class Recounts {
  readonly #deps: Deps
  readonly #series = new Map<Snowflake, Series>()
  /** Guilds to read now, the one that has waited longest first. */
  readonly #due = new Set<Snowflake>()
  readonly #pace: Timer
  readonly #interval: number
  #beginsAt = Number.NEGATIVE_INFINITY

  constructor(deps: Deps) {
    this.#deps = deps
    this.#pace = new Timer(deps.host, deps.signal)
    this.#interval = SECOND / Math.max(1, deps.limits.perSecond * PART)
  }

  /**
   * Entries of kinds that can grow have come, or have grown: their counts are read soon.
   * @param areNew whether any of the entries is new; otherwise they have grown
   */
  soon(guildId: Snowflake, kinds: Iterable<number>, areNew: boolean): void {
    const { host, signal } = this.#deps
    const known = this.#series.get(guildId)
    const series: Series = known ?? {
      kinds: new Set(),
      timer: new Timer(host, signal),
      left: [],
      readAt: Number.NEGATIVE_INFINITY,
    }
    this.#series.set(guildId, series)
    for (const kind of kinds) series.kinds.add(kind)
    if (areNew) this.#wait(guildId, series, AFTER_NEW)
    else if (series.left.length === 0) this.#wait(guildId, series, AFTER_GROWTH)
  }

  /** Waits for the first of some reads. */
  #wait(guildId: Snowflake, series: Series, reads: readonly number[]): void {
    const [pause, ...left] = reads
    series.left = reads
    if (pause === undefined || this.#due.has(guildId)) return
    const since = this.#deps.host.elapsed() - series.readAt
    series.timer.set(Math.max(pause, SHORTEST_PAUSE - since), () => {
      series.left = left
      this.#due.add(guildId)
      this.#readNext()
    })
  }

  /** Begins to read the next guild, if the last one was begun long enough ago. */
  #readNext(): void {
    const [guildId] = this.#due
    if (guildId === undefined) return
    const { host } = this.#deps
    const wait = this.#beginsAt + this.#interval - host.elapsed()
    if (wait > 0) {
      this.#pace.set(wait, () => this.#readNext())
      return
    }
    this.#beginsAt = host.elapsed()
    this.#due.delete(guildId)
    void this.#read(guildId)
    this.#readNext()
  }

  async #read(guildId: Snowflake): Promise<void> {
    const { guilds, host } = this.#deps
    const series = this.#series.get(guildId)
    const guild = guilds.get(guildId)
    if (!series) return
    series.readAt = host.elapsed()
    // Where the stream is broken, the log is read anyway.
    const isRead = guild?.liveFrom !== undefined && (await this.#refresh(guild, [...series.kinds]))
    if (isRead && series.left.length > 0) this.#wait(guildId, series, series.left)
    else this.#series.delete(guildId)
  }

  /** @returns whether the counts were read */
  async #refresh(guild: GuildSync, kinds: readonly number[]): Promise<boolean> {
    try {
      await guild.inLane('answer', () => guild.refresh(kinds))
      return true
    } catch (error) {
      guild.fail(error)
      return false
    }
  }
}
