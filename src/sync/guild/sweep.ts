import type { Archive } from '../../core/archive.ts'
import { GROWING } from '../../core/audit-log/action.ts'
import type { Clock } from '../../core/clock.ts'
import { oldestKept } from '../../core/coverage/coverage.ts'
import type { ResyncPolicy } from '../../core/resync-policy.ts'
import { compareIds, firstIdAt, maxId, type Snowflake } from '../../core/snowflake.ts'
import { spreadOver } from '../../core/spread-over.ts'
import { DAY, HOUR } from '../../core/time/units.ts'
import type { GrowingCounts, Grown } from './growing-counts.ts'
import type { LogPages } from './log-pages.ts'

interface Deps {
  readonly guildId: Snowflake
  readonly archive: Archive
  readonly resyncPolicy: ResyncPolicy
  /** Discord's time. */
  readonly clock: Clock
}

/**
 * How often everything recent is read again although the stream was unbroken, in milliseconds. The first time after a
 * start is within that time, different for each guild.
 */
const FULL_SWEEP = DAY

/**
 * Reads the last day of one guild's log again. Counts that can have grown are read every hour. Everything is read after
 * the stream was broken, and once a day, because a single event can be lost without a trace.
 */
export class Sweep {
  readonly #deps: Deps
  readonly #pages: LogPages
  readonly #counts: GrowingCounts
  #sweptAt: number | undefined
  #isFirst = true
  #countsSweptAt: number | undefined
  #areCountsDue = false

  constructor(deps: Deps, pages: LogPages, counts: GrowingCounts) {
    this.#deps = deps
    this.#pages = pages
    this.#counts = counts
  }

  /** When everything was last read again, in milliseconds since the Unix epoch; undefined if that was before a break. */
  get sweptAt(): number | undefined {
    return this.#sweptAt
  }

  /** When counts were last swept, in milliseconds since the Unix epoch; undefined if that was before a break. */
  get countsSweptAt(): number | undefined {
    return this.#countsSweptAt
  }

  /** Whether everything has to be read again. */
  get isFullDue(): boolean {
    const { clock, guildId } = this.#deps
    const now = clock.now()
    const interval = this.#isFirst ? spreadOver(FULL_SWEEP, guildId) : FULL_SWEEP
    return this.#sweptAt === undefined || now < this.#sweptAt || now - this.#sweptAt >= interval
  }

  /** Makes a sweep of the counts due, if some can have grown since the last. @returns whether it is */
  async checkCounts(): Promise<boolean> {
    this.#areCountsDue = (await this.#grown()).length > 0
    return this.#areCountsDue
  }

  /** The stream was broken: events may have been missed. */
  invalidate(): void {
    this.#sweptAt = undefined
    this.#isFirst = true
    this.#countsSweptAt = undefined
  }

  /**
   * Whether a sweep would go no further back than to an id.
   * @param sweptAt when the last sweep was, in milliseconds since the Unix epoch; undefined if there was none
   * @param now in milliseconds since the Unix epoch
   */
  endsAt(id: Snowflake, sweptAt: number | undefined, now: number): boolean {
    return compareIds(id, this.#goal(sweptAt, now)) <= 0
  }

  /**
   * Everything that can have changed was read again at a moment.
   * @param countsAt the last moment as of which counts are right. Both are in milliseconds since the Unix epoch
   */
  async record(at: number, countsAt = at): Promise<void> {
    await this.#pages.write({ entries: [], sweptAt: at })
    this.#isFirst = this.#sweptAt === undefined
    this.#sweptAt = at
    this.#recordCounts(at, countsAt)
  }

  /** Reads what is due. Yields after each page. */
  async *read(): AsyncGenerator<undefined> {
    if (this.isFullDue || (this.#areCountsDue && (await this.#isOnePage()))) yield* this.#readAll()
    else if (this.#areCountsDue) yield* this.#readCounts()
  }

  /** Reads back from the overlap, which refreshes read. If there was no sweep yet, reads everything that Discord has. */
  async *#readAll(): AsyncGenerator<undefined> {
    const { guildId, archive, clock, resyncPolicy } = this.#deps
    const now = clock.now()
    const { sweptAt } = await archive.coverage(guildId)
    let before = firstIdAt(now - resyncPolicy.overlap)
    while (!this.endsAt(before, sweptAt, now)) {
      const start = await this.#pages.read(before)
      // Discord has nothing older.
      if (start === before) break
      before = start
      yield
    }
    // The counts within the overlap were not read: those are right as of when there was none of them.
    await this.record(now, now - resyncPolicy.overlap)
  }

  async *#readCounts(): AsyncGenerator<undefined> {
    const now = this.#deps.clock.now()
    for (const grown of await this.#grown()) {
      let isWhole = false
      for await (const { entries, names, isLast } of this.#counts.pages(grown)) {
        await this.#pages.write({ entries, names })
        isWhole = isLast
        yield
      }
      // The next check finds that they are still due.
      if (!isWhole) return
    }
    this.#recordCounts(now, now)
  }

  /** Counts were swept at a moment, and are right as of another. Both are in milliseconds since the Unix epoch. */
  #recordCounts(at: number, countsAt: number): void {
    this.#countsSweptAt = at
    this.#areCountsDue = false
    this.#counts.recordSweep(countsAt)
  }

  /** Whether one page has everything that can have changed, of all kinds, and an older entry that shows that it has. */
  async #isOnePage(): Promise<boolean> {
    const { guildId, archive, clock } = this.#deps
    const now = clock.now()
    const from = this.#goal(this.#sweptAt, now)
    const older = { from: oldestKept(guildId, now + HOUR), to: from }
    const [isOnNewest, [entry]] = await Promise.all([
      this.#pages.isOnNewest(from),
      archive.list(guildId, older, { order: 'newest', limit: 1 }),
    ])
    return isOnNewest && entry !== undefined
  }

  #grown(): Promise<Grown[]> {
    const goal = this.#goal(this.#countsSweptAt, this.#deps.clock.now())
    return this.#counts.grown(GROWING, () => goal)
  }

  /** How far back a sweep reads: a day before the last one, because what was read then can have changed since. */
  #goal(sweptAt: number | undefined, now: number): Snowflake {
    const { guildId, resyncPolicy } = this.#deps
    return sweptAt === undefined
      ? oldestKept(guildId, now)
      : maxId(guildId, firstIdAt(Math.min(sweptAt, now) - resyncPolicy.sweep))
  }
}
