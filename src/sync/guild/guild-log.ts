import { GROWING } from '../../core/audit-log/action.ts'
import { type Coverage, isDatedAhead, oldestKept, withLive } from '../../core/coverage/coverage.ts'
import { newestRange } from '../../core/coverage/ranges.ts'
import type { ResyncPolicy } from '../../core/resync-policy.ts'
import { compareIds, firstIdAt, idAfter, maxId, minId, type Snowflake } from '../../core/snowflake.ts'
import { endOf, LogPages, type LogPagesDeps, type Progress } from './log-pages.ts'

interface Deps extends LogPagesDeps {
  readonly resyncPolicy: ResyncPolicy
}

/**
 * Reads one guild's log into the archive, and records as complete only what was read. Its reads must not overlap: a
 * page that was read before another read must not be stored after it.
 */
export class GuildLog {
  readonly #deps: Deps
  readonly #pages: LogPages
  #refreshes = 0
  #counted = 0

  constructor(deps: Deps) {
    this.#deps = deps
    this.#pages = new LogPages(deps)
  }

  /** How far back the log has been read; undefined before the first page. */
  get progress(): Progress | undefined {
    return this.#pages.progress
  }

  /** How many refreshes have begun. */
  get refreshes(): number {
    return this.#refreshes
  }

  /** The number of the last refresh that has read all counts that may have grown; 0 before the first. */
  get counted(): number {
    return this.#counted
  }

  /**
   * Reads back from the newest entry to everything that came late or was received only from the gateway. After an
   * interruption, entries that may have changed can lie far back: coverage from the first of them on is invalidated, and
   * `readMissing` reads them again. If no earlier read was finished, all coverage is invalidated. On a live stream, counts
   * that may have grown are read first, because an answer waits for nothing else.
   * @param isLive whether the gateway has sent every entry since the last refresh
   * @returns up to which id the log was read
   */
  async refresh(isLive: boolean): Promise<Snowflake> {
    const { guildId, archive, resyncPolicy, source } = this.#deps
    const pages = this.#pages
    const number = ++this.#refreshes
    const coverage = await archive.coverage(guildId)
    let page = await source.read(guildId)
    const { at } = page
    const end = endOf(page)
    const readAt = coverage.readAt === null || isDatedAhead(coverage.readAt, at) ? null : coverage.readAt
    // With a clock that was ahead, the recorded beginning of the log is too late.
    if (readAt === null) pages.forgetLogStart()
    const settled = firstIdAt(at - resyncPolicy.overlap)
    const trusted =
      readAt === null ? oldestKept(guildId, at) : minId(settled, firstIdAt(readAt - resyncPolicy.overlap))
    const isContinued = isLive && readAt !== null
    let oldest = await pages.store(page, end, isContinued ? {} : { invalidateFrom: trusted })
    if (isContinued) {
      await this.#readGrown(trusted, oldest)
      this.#counted = number
    }
    const goal = isContinued ? trusted : settled
    while (page.ends !== undefined && compareIds(oldest, goal) > 0) {
      page = await source.read(guildId, oldest)
      oldest = await pages.store(page, oldest)
    }
    // The first read needs no sweep: nothing was read before it.
    const sweptAt = readAt === null ? { sweptAt: at } : {}
    await pages.write({ entries: [], readAt: at, ...sweptAt })
    return end
  }

  /**
   * Reads the page before an id, again or for the first time.
   * @returns from which id on the log is complete up to that one
   */
  readPage(before: Snowflake): Promise<Snowflake> {
    return this.#pages.read(before)
  }

  /** Reads one more page that is missing and that Discord still has. @returns false when nothing is missing */
  async readMissing(): Promise<boolean> {
    const coverage = await this.#deps.archive.coverage(this.#deps.guildId)
    const start = newestRange(coverage.ranges)?.start
    if (start === undefined || compareIds(start, this.#oldest(coverage)) <= 0) return false
    await this.#pages.read(start)
    return true
  }

  /**
   * Whether the log is complete from an id on, or from the beginning of Discord's log on.
   * @param liveFrom the id from which on the gateway has sent every entry, if it has
   */
  reaches(coverage: Coverage, from: Snowflake, liveFrom: Snowflake | undefined): boolean {
    const { ranges } = liveFrom === undefined ? coverage : withLive(coverage, liveFrom)
    const start = newestRange(ranges)?.start
    return start !== undefined && compareIds(start, maxId(from, this.#oldest(coverage))) <= 0
  }

  /** Records that what was read before has been read again. @param sweptAt in milliseconds since the Unix epoch */
  recordSweep(sweptAt: number): Promise<void> {
    return this.#pages.write({ entries: [], sweptAt })
  }

  /** The oldest id worth reading: what is before it is erased, or Discord does not have it. */
  #oldest({ erasedTo }: Coverage): Snowflake {
    return maxId(this.#pages.logStart, erasedTo === undefined ? '0' : idAfter(erasedTo))
  }

  /** Reads again the pages between two ids that have an entry whose count may have grown. No event reports that. */
  async #readGrown(from: Snowflake, to: Snowflake): Promise<void> {
    const { guildId, archive } = this.#deps
    const growing = { from, to, kinds: { anyOf: [...GROWING] } }
    const [newest] = await archive.list(guildId, growing, { order: 'newest', limit: 1 })
    if (newest) await this.#readGrown(from, await this.#pages.read(idAfter(newest.id), newest.id))
  }
}
