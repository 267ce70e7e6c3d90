import { GROWING } from '../../core/audit-log/action.ts'
import { type Coverage, isDatedAhead, oldestKept, withLive } from '../../core/coverage/coverage.ts'
import { newestRange } from '../../core/coverage/ranges.ts'
import {
  compareIds,
  firstIdAt,
  idAfter,
  maxId,
  minId,
  oldestId,
  type Snowflake,
} from '../../core/snowflake.ts'
import { GrowingCounts, type GrowingCountsDeps, type Grown } from './growing-counts.ts'
import { LogPages, type LogPagesDeps, type Progress } from './log-pages.ts'
import { continuesKnown, endOf } from './newest-page.ts'
import { Sweep } from './sweep.ts'

interface Deps extends LogPagesDeps, GrowingCountsDeps {
  /** The id from which on the gateway has sent every entry; undefined if some may have been missed. */
  readonly liveFrom: () => Snowflake | undefined
  /** Called when the gateway turns out not to have sent an entry: until the refresh ends, the stream is not unbroken. */
  readonly onGap: () => void
}

/**
 * Reads one guild's log into the archive, and records as complete only what was read, or sent on an unbroken stream. Its
 * reads must not overlap: a page that was read before another read must not be stored after it.
 */
export class GuildLog {
  readonly counts: GrowingCounts
  readonly sweep: Sweep
  readonly #deps: Deps
  readonly #pages: LogPages
  #refreshes = 0

  constructor(deps: Deps) {
    this.#deps = deps
    this.#pages = new LogPages(deps)
    this.counts = new GrowingCounts(deps)
    this.sweep = new Sweep(deps, this.#pages, this.counts)
  }

  /** How far back the log has been read; undefined before the first page. */
  get progress(): Progress | undefined {
    return this.#pages.progress
  }

  /** Whether something that Discord sent is being stored. */
  get isWriting(): boolean {
    return this.#pages.isWriting
  }

  /** How many refreshes have begun. */
  get refreshes(): number {
    return this.#refreshes
  }

  /**
   * Reads what is new: on an unbroken stream what no event reports, otherwise everything that may have been missed.
   * @param kinds the kinds whose counts are needed
   * @returns the id from which on the gateway has sent every entry, if the stream is unbroken
   */
  refresh(kinds: readonly number[]): Promise<Snowflake> {
    const refresh = ++this.#refreshes
    const liveFrom = this.#deps.liveFrom()
    return liveFrom === undefined ? this.#join(refresh) : this.#readUnreported(refresh, liveFrom, kinds)
  }

  /** Reads one more page that is missing and that Discord still has. @returns false when nothing is missing */
  async readMissing(): Promise<boolean> {
    const coverage = await this.#deps.archive.coverage(this.#deps.guildId)
    const start = newestRange(coverage.ranges)?.start
    if (start === undefined || compareIds(start, this.#oldest(coverage)) <= 0) return false
    if (!(await this.#pages.completeFromStart(start))) await this.#pages.read(start)
    return true
  }

  /** Reads again what can have changed, then what is missing. Yields after each page. */
  async *backfill(): AsyncGenerator<undefined> {
    yield* this.sweep.read()
    while (await this.readMissing()) yield
  }

  /**
   * Whether the log is complete from an id on, or from the beginning of Discord's log on.
   * @param liveFrom the id from which on the gateway has sent every entry, if it has
   */
  reaches(coverage: Coverage, from: Snowflake, liveFrom: Snowflake | undefined): boolean {
    const ranges = liveFrom === undefined ? coverage.ranges : withLive(coverage, liveFrom)
    const start = newestRange(ranges)?.start
    return start !== undefined && compareIds(start, maxId(from, this.#oldest(coverage))) <= 0
  }

  /**
   * Reads back from the newest entry to everything that came late or was received only from the gateway. Entries that may
   * have changed can lie further back: coverage from the first of them on is invalidated, and `readMissing` reads them
   * again. If no earlier read was finished, all coverage is invalidated.
   */
  async #join(refresh: number): Promise<Snowflake> {
    const { guildId, archive, resyncPolicy, source } = this.#deps
    const pages = this.#pages
    this.sweep.invalidate()
    const coverage = await archive.coverage(guildId)
    let page = await source.read(guildId)
    const { at } = page
    const end = endOf(page)
    const readAt = coverage.readAt === null || isDatedAhead(coverage.readAt, at) ? null : coverage.readAt
    // With a clock that was ahead, the recorded beginning of the log is too late.
    if (readAt === null) pages.logStart.forget()
    else if (coverage.ranges.some(({ start }) => compareIds(start, oldestKept(guildId, at)) <= 0))
      pages.logStart.assume(oldestKept(guildId, at))
    const settled = firstIdAt(at - resyncPolicy.overlap)
    const trusted =
      readAt === null ? oldestKept(guildId, at) : minId(settled, firstIdAt(readAt - resyncPolicy.overlap))
    let oldest = await pages.store(page, end, { invalidateFrom: trusted })
    while (page.ends !== undefined && compareIds(oldest, settled) > 0) {
      page = await source.read(guildId, { before: oldest })
      oldest = await pages.store(page, oldest)
    }
    await pages.write({ entries: [], readAt: at })
    // The first read needs no sweep: nothing was read before it.
    if (readAt === null || this.sweep.endsAt(oldest, coverage.sweptAt, at)) await this.sweep.record(at)
    this.counts.recordRead(GROWING, { at, refresh })
    return end
  }

  /**
   * Reads what can have changed although the stream is unbroken: the newest page, and counts that grow. The counts are on
   * that page or, if much has happened, on pages of their kinds, which are read at the same time. If the page has an entry
   * that was not sent, the stream is broken after all.
   */
  async #readUnreported(refresh: number, liveFrom: Snowflake, kinds: readonly number[]): Promise<Snowflake> {
    const { guildId, queue, source, liveFrom: liveFromNow } = this.#deps
    const grown = await this.counts.grown(kinds)
    const separate = (await this.#areOnNewestPage(grown)) ? [] : grown
    const [page, recounts] = await Promise.all([
      source.read(guildId),
      Promise.all(separate.map((each) => this.counts.recount(each))),
    ])
    if (!(await continuesKnown(this.#deps, page))) {
      this.#deps.onGap()
      return this.#join(refresh)
    }
    const { at } = page
    const end = endOf(page)
    const isUnbroken = liveFromNow() === liveFrom && queue.hasStored(guildId, queue.added)
    const oldest = await this.#pages.storeNewest(page, end, {
      entries: recounts.flatMap(({ pages }) => pages.flatMap(({ entries }) => entries)),
      names: recounts.flatMap(({ pages }) => pages.flatMap(({ names }) => names)),
      complete: isUnbroken ? [{ start: minId(liveFrom, end), end }] : [],
      readAt: at,
    })
    const whole = recounts.filter(({ isWhole }) => isWhole)
    const onPage = new Set(kinds).difference(new Set(whole.map(({ kind }) => kind)))
    const unread = new Set(await this.counts.grownWithin(onPage, '0', oldest))
    const countedAt = Math.min(at, ...whole.map(({ pages }) => pages[0]?.at ?? at))
    this.counts.recordRead(new Set(kinds).difference(unread), { at: countedAt, refresh })
    if (this.sweep.isFullDue && this.sweep.endsAt(oldest, this.sweep.sweptAt, at)) await this.sweep.record(at)
    return isUnbroken ? end : liveFrom
  }

  /** Whether so many new entries may be on more than one page. */
  exceedsPage(entries: number): boolean {
    return !this.#pages.areOnOne(entries)
  }

  /** Whether all entries that can have grown are certainly on the newest page. */
  async #areOnNewestPage(grown: readonly Grown[]): Promise<boolean> {
    const from = oldestId(grown.map(({ oldest }) => oldest))
    return from === undefined || this.#pages.isOnNewest(from)
  }

  /** The oldest id worth reading: what is before it is erased, or Discord does not have it. */
  #oldest({ erasedTo }: Coverage): Snowflake {
    return maxId(this.#pages.logStart.id, erasedTo === undefined ? '0' : idAfter(erasedTo))
  }
}
