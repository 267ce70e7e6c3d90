import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { formatDay } from '../core/time/format-time.ts'
import { MINUTE } from '../core/time/units.ts'
import { type GuildSync, READING } from './guild/guild-sync.ts'
import { ReadingOrder } from './reading-order.ts'
import { ReadingProgress } from './reading-progress.ts'
import { Timer } from './timer.ts'

/** How many guilds are read at the same time. While one waits for Discord, others go on. */
const CONCURRENCY = 4

/** How many pages of a guild are read in each round. */
const PAGES_A_ROUND = 10

/** A round comes before the next, however busy a guild is: `GuildSync.busyness` is less than this. */
const ROUND = 100

interface Deps {
  readonly guilds: ReadonlyMap<Snowflake, GuildSync>
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Refreshes the guilds that are queued, and backfills guilds in rounds. The busiest guilds come first. */
export class Background {
  readonly #deps: Deps
  readonly #checks: Timer
  readonly #queued = new ReadingOrder()
  /** Guilds that are queued although their stream is unbroken, the one that has waited longest first. */
  readonly #due = new ReadingOrder()
  readonly #backfilling = new ReadingOrder()
  /** How many pages of each guild were read in its backfill. */
  readonly #pages = new Map<GuildSync, number>()
  readonly #progress: ReadingProgress<GuildSync>
  /** Guilds that are being read now. */
  readonly #busy = new Set<GuildSync>()

  constructor(deps: Deps) {
    this.#deps = deps
    this.#checks = new Timer(deps.clock, deps.signal)
    this.#progress = new ReadingProgress(deps)
    this.#checkEveryMinute()
  }

  /** A guild has entered a phase. */
  entered(guild: GuildSync): void {
    for (const order of [this.#queued, this.#due, this.#backfilling]) order.delete(guild)
    this.#pages.delete(guild)
    if (guild.phase === 'backfilling') this.#pages.set(guild, 0)
    if (guild.phase === 'queued' && guild.liveFrom === undefined) this.#progress.add(guild)
    else if (!READING.includes(guild.phase)) this.#progress.dropped(guild)
    if (!this.#busy.has(guild)) this.#enqueue(guild)
  }

  /** How many guilds are read before a guild is. */
  before(guild: GuildSync): number {
    return this.#queued.before(guild) ?? this.#queued.size + (this.#backfilling.before(guild) ?? 0)
  }

  #checkEveryMinute(): void {
    const { guilds, log, signal } = this.#deps
    this.#checks.set(MINUTE, () => {
      for (const guild of guilds.values()) {
        if (!guild.isCheckDue) continue
        guild.check().catch((error: unknown) => {
          if (!signal.aborted)
            log.error({ guild: guild.guildId, err: error }, 'Checking an audit log failed.')
        })
      }
      this.#progress.report()
      this.#checkEveryMinute()
    })
  }

  #enqueue(guild: GuildSync): void {
    const pages = this.#pages.get(guild)
    if (guild.phase === 'queued' && guild.liveFrom === undefined) this.#queued.add(guild, guild.busyness)
    else if (guild.phase === 'queued') this.#due.add(guild, 0)
    else if (pages !== undefined)
      this.#backfilling.add(guild, guild.busyness - ROUND * Math.floor(pages / PAGES_A_ROUND))
    this.#readMore()
  }

  #readMore(): void {
    while (!this.#deps.signal.aborted && this.#busy.size < CONCURRENCY) {
      const guild = this.#takeNext()
      if (!guild) return
      this.#busy.add(guild)
      void this.#read(guild).finally(() => {
        this.#busy.delete(guild)
        this.#enqueue(guild)
      })
    }
  }

  /**
   * Guilds whose stream is broken come first. Busy guilds can be due again faster than they are read, so one of the guilds
   * that are read is always one that is backfilled.
   */
  #takeNext(): GuildSync | undefined {
    const isBackfilling = [...this.#busy].some((guild) => this.#pages.has(guild))
    const [next, last] = isBackfilling ? [this.#due, this.#backfilling] : [this.#backfilling, this.#due]
    return this.#queued.take() ?? next.take() ?? last.take()
  }

  /** Refreshes a guild, or reads some of its backfill. */
  async #read(guild: GuildSync): Promise<void> {
    try {
      if (guild.phase === 'queued') await this.#refresh(guild)
      else await this.#backfill(guild)
    } catch (error) {
      if (!this.#deps.signal.aborted) guild.fail(error)
    }
  }

  async #refresh(guild: GuildSync): Promise<void> {
    guild.on({ type: 'refresh' })
    await guild.refresh()
    guild.on({ type: 'refreshed' })
  }

  /** Reads pages until the round is over, or a guild is queued whose stream is broken. */
  async #backfill(guild: GuildSync): Promise<void> {
    do {
      const isUnfinished = await guild.backfillOn()
      const pages = this.#pages.get(guild)
      // The guild has left the phase.
      if (pages === undefined) return
      if (!isUnfinished) return this.#finish(guild, pages)
      this.#pages.set(guild, pages + 1)
      this.#progress.pageRead(guild)
      if ((pages + 1) % PAGES_A_ROUND === 0) return this.#logProgress(guild)
    } while (this.#queued.size === 0)
  }

  #finish(guild: GuildSync, pages: number): void {
    this.#progress.finished(guild)
    guild.on({ type: 'backfilled' })
    this.#deps.log.debug({ guild: guild.guildId, pages }, 'The audit log is read.')
  }

  #logProgress({ guildId, log: { progress } }: GuildSync): void {
    if (!progress) return
    const { entries, backTo } = progress
    this.#deps.log.debug(
      { guild: guildId, entries, backTo: formatDay(backTo, 'UTC') },
      'Reading the audit log.',
    )
  }
}
