import type { Archive } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import { oldestKept } from '../core/coverage/coverage.ts'
import type { Log } from '../core/log.ts'
import type { ResyncPolicy } from '../core/resync-policy.ts'
import { compareIds, firstIdAt, maxId, type Snowflake } from '../core/snowflake.ts'
import { HOUR, MINUTE } from '../core/time/units.ts'
import { utcDay } from '../core/time/utc.ts'
import type { GuildLog } from './guild-log.ts'
import type { ReadBudget } from './read-budget.ts'

/** How long until a guild that could not be read is tried again, in milliseconds; then twice as long, … */
const RETRY = MINUTE

interface Deps {
  readonly archive: Archive
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  readonly windows: ResyncPolicy
  readonly budget: ReadBudget
  readonly of: (guildId: Snowflake) => GuildLog
  /** Is told of a reading that threw. */
  readonly failed: (guildId: Snowflake, error: unknown) => void
}

/** Reads guilds in turn: what is new in each first, then what may have changed in the last day, then what is missing. */
export class Background {
  readonly #deps: Deps
  readonly #guilds = new Set<Snowflake>()
  readonly #unread = new Set<Snowflake>()
  readonly #unfinished = new Set<Snowflake>()
  readonly #failures = new Map<Snowflake, number>()
  /** Those that wait to be read again, and what ends their waiting. */
  readonly #retried = new Map<Snowflake, AbortController>()
  #work: Promise<void> | undefined

  constructor(deps: Deps) {
    this.#deps = deps
    this.#everyHour()
  }

  /** Reads a guild soon, and again every hour. */
  add(guildId: Snowflake): void {
    this.#guilds.add(guildId)
    this.#unread.add(guildId)
    this.#start()
  }

  /** Reads a guild again soon, if it is read at all. */
  again(guildId: Snowflake): void {
    if (this.#guilds.has(guildId)) this.add(guildId)
  }

  /**
   * Reads a guild again whose reading failed: after a minute, and then less and less often.
   * @param at when it can be read again, where that is known
   */
  retry(guildId: Snowflake, at?: number): void {
    const { clock, signal } = this.#deps
    if (this.#retried.has(guildId) || !this.#guilds.has(guildId)) return
    const left = new AbortController()
    this.#retried.set(guildId, left)
    const wait = at === undefined ? this.#nextWait(guildId) : Math.max(at - clock.now(), 0)
    clock.sleep(wait, AbortSignal.any([signal, left.signal])).then(
      () => {
        this.#retried.delete(guildId)
        this.add(guildId)
      },
      () => {},
    )
  }

  /** How long until the next try after another failure, in milliseconds. */
  #nextWait(guildId: Snowflake): number {
    const failures = this.#failures.get(guildId) ?? 0
    this.#failures.set(guildId, failures + 1)
    return Math.min(RETRY * 2 ** failures, HOUR)
  }

  /** Reads a guild no more, and remembers nothing of it. A reading under way is not carried on. */
  remove(guildId: Snowflake): void {
    this.#retried.get(guildId)?.abort()
    for (const guilds of [this.#guilds, this.#unread, this.#unfinished, this.#failures, this.#retried])
      guilds.delete(guildId)
  }

  /** How many guilds anything is remembered of. */
  get size(): number {
    const { size } = new Set([
      ...this.#guilds,
      ...this.#unread,
      ...this.#unfinished,
      ...this.#failures.keys(),
      ...this.#retried.keys(),
    ])
    return size
  }

  #start(): void {
    const { log, signal } = this.#deps
    this.#work ??= this.#readAll()
      .catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'The background reading failed.')
      })
      .finally(() => {
        this.#work = undefined
        if (this.#unread.size > 0 && !signal.aborted) this.#start()
      })
  }

  #everyHour(): void {
    const { clock, signal } = this.#deps
    clock.sleep(HOUR, signal).then(
      () => {
        for (const guildId of this.#guilds) this.add(guildId)
        this.#everyHour()
      },
      () => {},
    )
  }

  async #readAll(): Promise<void> {
    await this.#readUnread()
    for (const guildId of this.#unfinished) {
      await this.#attempt(guildId, () => this.#finish(guildId))
      this.#unfinished.delete(guildId)
      await this.#readUnread()
    }
  }

  async #readUnread(): Promise<void> {
    const { budget, signal, of } = this.#deps
    for (const guildId of this.#unread) {
      await budget.turn(signal)
      if (!this.#unread.delete(guildId)) continue
      await this.#attempt(guildId, async () => {
        await of(guildId).refresh()
        if (this.#guilds.has(guildId)) this.#unfinished.add(guildId)
      })
    }
  }

  async #finish(guildId: Snowflake): Promise<void> {
    const { log, of } = this.#deps
    const guildLog = of(guildId)
    await this.#sweep(guildId)
    let pages = 0
    while ((await this.#isWanted(guildId)) && (await guildLog.readOn())) {
      const { entries, backTo } = guildLog.progress ?? { entries: 0, backTo: 0 }
      if (++pages % 10 === 0)
        log.info({ guild: guildId, entries, backTo: utcDay(backTo) }, 'Reading the audit log.')
    }
    // Most hours nothing is missing, which is no news.
    log[pages > 0 ? 'info' : 'debug']({ guild: guildId, pages }, 'The audit log is read.')
  }

  /**
   * Reads the last day again, counted from the last time: counts grow without an event, and entries can come late.
   * Where there was no last time, reads all that Discord keeps.
   */
  async #sweep(guildId: Snowflake): Promise<void> {
    const { archive, clock, windows: resyncPolicy, of } = this.#deps
    const now = clock.now()
    const { sweptAt } = await archive.coverage(guildId)
    const goal =
      sweptAt === undefined
        ? oldestKept(guildId, now)
        : maxId(guildId, firstIdAt(Math.min(sweptAt, now) - resyncPolicy.sweep))
    let before = firstIdAt(now - resyncPolicy.overlap)
    while (compareIds(before, goal) > 0) {
      if (!(await this.#isWanted(guildId))) return
      const start = await of(guildId).readPage(before)
      // Discord keeps nothing older.
      if (start === before) break
      before = start
    }
    if (!this.#unfinished.has(guildId)) return
    await archive.record([{ guildId, entries: [], from: 'rest', sweptAt: now }])
  }

  /** Lets what is new go first, waits for a turn, and tells whether the guild is still to be read then. */
  async #isWanted(guildId: Snowflake): Promise<boolean> {
    await this.#readUnread()
    await this.#deps.budget.turn(this.#deps.signal)
    return this.#unfinished.has(guildId)
  }

  async #attempt(guildId: Snowflake, read: () => Promise<void>): Promise<void> {
    try {
      await read()
      this.#failures.delete(guildId)
    } catch (error) {
      this.#deps.failed(guildId, error)
    }
  }
}
