import type { Clock } from '../core/clock.ts'
import { oldestKept } from '../core/coverage/coverage.ts'
import type { Log } from '../core/log.ts'
import type { ResyncPolicy } from '../core/resync-policy.ts'
import { compareIds, firstIdAt, maxId, type Snowflake } from '../core/snowflake.ts'
import { HOUR } from '../core/time/units.ts'
import { utcDay } from '../core/time/utc.ts'
import type { GuildSync } from './guild/guild-sync.ts'
import type { Phase } from './guild/state.ts'
import type { ReadBudget } from './read-budget.ts'
import { Timer } from './timer.ts'

interface Deps {
  readonly guilds: ReadonlyMap<Snowflake, GuildSync>
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  readonly resyncPolicy: ResyncPolicy
  readonly budget: ReadBudget
}

/** Refreshes the guilds that are queued, one after the other, and then backfills them. */
export class Background {
  readonly #deps: Deps
  readonly #hour: Timer
  #work: Promise<void> | undefined

  constructor(deps: Deps) {
    this.#deps = deps
    this.#hour = new Timer(deps.clock, deps.signal)
    this.#everyHour()
  }

  /** Starts to read, if it is not reading. */
  wake(): void {
    const { log, signal } = this.#deps
    this.#work ??= this.#readAll()
      .catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'Reading audit logs in the background failed.')
      })
      .finally(() => {
        this.#work = undefined
        if (!signal.aborted && this.#has('queued')) this.wake()
      })
  }

  #everyHour(): void {
    const { guilds } = this.#deps
    this.#hour.set(HOUR, () => {
      for (const guild of guilds.values()) guild.on({ type: 'due' })
      this.#everyHour()
    })
  }

  async #readAll(): Promise<void> {
    await this.#refreshQueued()
    for (const guild of this.#in('backfilling')) {
      await this.#attempt(guild, () => this.#backfill(guild))
      await this.#refreshQueued()
    }
  }

  async #refreshQueued(): Promise<void> {
    const { budget, signal } = this.#deps
    for (const guild of this.#in('queued')) {
      await budget.permit(signal)
      if (guild.phase !== 'queued') continue
      guild.on({ type: 'refresh' })
      await this.#attempt(guild, async () => {
        await guild.refresh()
        guild.on({ type: 'refreshed' })
      })
    }
  }

  async #backfill(guild: GuildSync): Promise<void> {
    const { log } = this.#deps
    const { guildId } = guild
    if (!(await this.#sweep(guild))) return
    for (let pages = 0; await this.#mayGoOn(guild); pages++) {
      if (pages > 0 && pages % 10 === 0) {
        const { entries, backTo } = guild.log.progress ?? { entries: 0, backTo: 0 }
        log.info({ guild: guildId, entries, backTo: utcDay(backTo) }, 'Reading the audit log.')
      }
      if (await guild.readOn()) continue
      guild.on({ type: 'backfilled' })
      // Most hours nothing is missing.
      log[pages > 0 ? 'info' : 'debug']({ guild: guildId, pages }, 'The audit log is read.')
      return
    }
  }

  /**
   * Reads again what may have changed without an event, such as counts: from a day before the last sweep on, or
   * everything that Discord has if there was none.
   * @returns false when the guild left the phase
   */
  async #sweep(guild: GuildSync): Promise<boolean> {
    const { clock, resyncPolicy } = this.#deps
    const { guildId } = guild
    const now = clock.now()
    const { sweptAt } = await guild.coverage()
    const goal =
      sweptAt === undefined
        ? oldestKept(guildId, now)
        : maxId(guildId, firstIdAt(Math.min(sweptAt, now) - resyncPolicy.sweep))
    let before = firstIdAt(now - resyncPolicy.overlap)
    while (compareIds(before, goal) > 0) {
      if (!(await this.#mayGoOn(guild))) return false
      const start = await guild.readPage(before)
      // Discord has nothing older.
      if (start === before) break
      before = start
    }
    await guild.log.recordSweep(now)
    return true
  }

  /** Refreshes queued guilds first and waits for a permit. @returns whether the guild is still to be backfilled */
  async #mayGoOn(guild: GuildSync): Promise<boolean> {
    const { budget, signal } = this.#deps
    do {
      await this.#refreshQueued()
      await budget.permit(signal)
    } while (guild.phase === 'queued')
    return guild.phase === 'backfilling'
  }

  async #attempt(guild: GuildSync, read: () => Promise<void>): Promise<void> {
    try {
      await read()
    } catch (error) {
      this.#deps.signal.throwIfAborted()
      guild.fail(error)
    }
  }

  /** The guilds in a phase, in rounds, until none is left. */
  *#in(phase: Phase): Iterable<GuildSync> {
    while (this.#has(phase)) {
      for (const guild of this.#deps.guilds.values()) if (guild.phase === phase) yield guild
    }
  }

  #has(phase: Phase): boolean {
    return this.#deps.guilds.values().some((guild) => guild.phase === phase)
  }
}
