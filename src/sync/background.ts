import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { MINUTE } from '../core/time/units.ts'
import { utcDay } from '../core/time/utc.ts'
import type { GuildSync } from './guild/guild-sync.ts'
import { Timer } from './timer.ts'

/** How many guilds are read at the same time. While one waits for Discord, others go on. */
const CONCURRENCY = 4

/** How many pages of a guild are read before the next guild is read. */
const PAGES_AT_ONCE = 10

interface Deps {
  readonly guilds: ReadonlyMap<Snowflake, GuildSync>
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Refreshes the guilds that are queued, and then backfills guilds in rounds. In each, the busiest guilds come first. */
export class Background {
  readonly #deps: Deps
  readonly #checks: Timer
  readonly #queued = new Set<GuildSync>()
  /** Guilds that are being backfilled, and how many pages of each were read. */
  readonly #backfilling = new Map<GuildSync, number>()
  /** Guilds that are being read now. */
  readonly #busy = new Set<GuildSync>()

  constructor(deps: Deps) {
    this.#deps = deps
    this.#checks = new Timer(deps.clock, deps.signal)
    this.#checkEveryMinute()
  }

  /** A guild has entered a phase. */
  entered(guild: GuildSync): void {
    this.#queued.delete(guild)
    this.#backfilling.delete(guild)
    if (guild.phase === 'queued') this.#queued.add(guild)
    else if (guild.phase === 'backfilling') this.#backfilling.set(guild, 0)
    this.#readMore()
  }

  /** How many guilds are read before a guild is: those that are queued, or that come before it in its round. */
  before(guild: GuildSync): number {
    const pages = this.#backfilling.get(guild)
    if (pages === undefined) return 0
    return (
      this.#queued.size +
      [...this.#backfilling].filter(([other, read]) => read <= pages && other !== guild).length
    )
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
      this.#checkEveryMinute()
    })
  }

  #readMore(): void {
    const { signal } = this.#deps
    while (!signal.aborted && this.#busy.size < CONCURRENCY) {
      const guild = this.#next()
      if (!guild) return
      this.#busy.add(guild)
      void this.#read(guild).finally(() => {
        this.#busy.delete(guild)
        this.#readMore()
      })
    }
  }

  /** The next guild to read: queued ones first, then the one with the fewest pages, then the busiest. */
  #next(): GuildSync | undefined {
    const waiting =
      this.#queued.size > 0 ? [...this.#queued].map((guild) => [guild, 0] as const) : this.#backfilling
    let next: readonly [GuildSync, number] | undefined
    for (const each of waiting) if (!this.#busy.has(each[0]) && (!next || isBefore(each, next))) next = each
    return next?.[0]
  }

  /** Reads a guild for a while. */
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

  async #backfill(guild: GuildSync): Promise<void> {
    for (let pages = 0; pages < PAGES_AT_ONCE; pages++) {
      const isUnfinished = await guild.backfillOn()
      const read = this.#backfilling.get(guild)
      // It has left the phase.
      if (read === undefined) return
      if (!isUnfinished) return this.#finish(guild, read)
      this.#backfilling.set(guild, read + 1)
      this.#logProgress(guild, read + 1)
      if (this.#queued.size > 0) return
    }
  }

  #finish(guild: GuildSync, pages: number): void {
    guild.on({ type: 'backfilled' })
    // Most hours nothing is missing.
    this.#deps.log[pages > 0 ? 'info' : 'debug']({ guild: guild.guildId, pages }, 'The audit log is read.')
  }

  #logProgress({ guildId, log: { progress } }: GuildSync, pages: number): void {
    if (pages % PAGES_AT_ONCE !== 0 || !progress) return
    const { entries, backTo } = progress
    this.#deps.log.info({ guild: guildId, entries, backTo: utcDay(backTo) }, 'Reading the audit log.')
  }
}

function isBefore(
  [guild, pages]: readonly [GuildSync, number],
  [other, otherPages]: readonly [GuildSync, number],
): boolean {
  const rounds = Math.floor(pages / PAGES_AT_ONCE) - Math.floor(otherPages / PAGES_AT_ONCE)
  return rounds === 0 ? guild.received > other.received : rounds < 0
}
