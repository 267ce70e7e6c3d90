import type { Archive, ArchiveUpdate } from '../core/archive.ts'
import { GROWING } from '../core/audit-log/action.ts'
import { isDatedAhead, newestRange, oldestKept, withLive } from '../core/coverage/coverage.ts'
import type { Ended, Failure } from '../core/coverage/sync-status.ts'
import type { ResyncPolicy } from '../core/resync-policy.ts'
import { compareIds, firstIdAt, idAfter, maxId, minId, type Snowflake, timeOf } from '../core/snowflake.ts'
import { type AuditLogSource, type LogPage, LogUnavailable } from './audit-log-source.ts'
import { confirmBeginning, endOf } from './log-bounds.ts'

/** How far the reading of a guild's log has come. */
export interface Progress {
  readonly entries: number
  /** The time of the oldest entry read, in milliseconds since the Unix epoch. */
  readonly backTo: number
}

interface Deps {
  readonly guildId: Snowflake
  readonly archive: Archive
  readonly windows: ResyncPolicy
  readonly source: AuditLogSource
}

/**
 * Reads one guild's log into the archive: what is new, and step by step what lies further back. Only what was read is
 * ever written down as complete; while the gateway's stream is unbroken, it tells the rest.
 */
export class GuildLog {
  readonly #deps: Deps
  /** Readings run one at a time: a page that was read before another reading must not be kept after it. */
  #line: Promise<unknown> = Promise.resolve()
  #nextRefresh: Promise<void> | undefined
  #nextStep: Promise<boolean> | undefined
  #progress: Progress | undefined
  #begun = 0
  #counted = 0
  #liveFrom: Snowflake | undefined
  #isCutOff = false
  #hasEnded = false
  #breaks = 0
  #ended: Ended | undefined
  /** Before this id Discord's log was seen to have nothing. It may keep more than the 45 days it promises. */
  #logStart: Snowflake = '0'

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** How far back the log has been read; undefined before the first page. */
  get progress(): Progress | undefined {
    return this.#progress
  }

  /** How many readings of what is new have begun. */
  get begun(): number {
    return this.#begun
  }

  /** Which of these readings was the last that read all counts that can have grown; 0 before the first. */
  get counted(): number {
    return this.#counted
  }

  /**
   * From where on the gateway has told of every entry: the end of the last reading. Undefined where that failed, or
   * events may have been missed since.
   */
  get liveFrom(): Snowflake | undefined {
    return this.#liveFrom
  }

  /** How the last reading that came to an end did so; undefined before the first. */
  get ended(): Ended | undefined {
    return this.#ended
  }

  /**
   * Reads what is new. Those who ask while a reading is under way share the next one, since an entry may have
   * been made after theirs began.
   */
  refresh(): Promise<void> {
    this.#nextRefresh ??= this.#inLine(() => {
      this.#nextRefresh = undefined
      return this.#readNew()
    })
    return this.#nextRefresh
  }

  /** Reads what is new, and on until the log is complete back to an id, or to what Discord has forgotten. */
  async readBackTo(from: Snowflake): Promise<void> {
    await this.refresh()
    while (!(await this.reaches(from)) && (await this.readOn())) {}
  }

  /**
   * Reads the page before an entry, again or for the first time.
   * @returns from where on the log is complete up to that entry
   */
  readPage(before: Snowflake): Promise<Snowflake> {
    const { source, guildId } = this.#deps
    return this.#inLine(async () => this.#keep(await source.read(guildId, before), before))
  }

  /** Reads one page more of what is missing from what Discord still keeps. Gives false when nothing is. */
  readOn(): Promise<boolean> {
    this.#nextStep ??= this.#inLine(() => {
      this.#nextStep = undefined
      return this.#readMissing()
    })
    return this.#nextStep
  }

  /** Whether the log is complete from an id on, or from where Discord's log begins. */
  async reaches(from: Snowflake): Promise<boolean> {
    const { start, oldest } = await this.#reach(this.#liveFrom)
    return start !== undefined && compareIds(start, maxId(from, oldest)) <= 0
  }

  /** No event comes any more, until the log is followed again: what a reading finds is known up to that reading. */
  markDisconnected(): void {
    this.#isCutOff = true
    this.invalidate()
  }

  /** Events come from now on, but some may have been missed before. */
  follow(): void {
    this.#isCutOff = false
    this.invalidate()
  }

  /** Events may have been missed: until the next reading, nothing is known of what comes from now on. */
  invalidate(): void {
    this.#liveFrom = undefined
    this.#breaks++
  }

  /** A reading failed: nothing is known from the last one that did not until the next that does not. */
  fail(failure: Failure): void {
    this.invalidate()
    this.#ended = failure
  }

  /** The bot was removed from the guild: nothing more is kept. A reading that is under way fails. */
  end(): void {
    this.markDisconnected()
    this.#hasEnded = true
  }

  #inLine<T>(read: () => Promise<T>): Promise<T> {
    const result = this.#line.then(read)
    this.#line = result.catch(() => {})
    return result
  }

  /** From where on the log is complete, and the oldest id worth reading: after what Discord and Custos have erased. */
  async #reach(
    liveFrom?: Snowflake,
  ): Promise<{ readonly start: Snowflake | undefined; readonly oldest: Snowflake }> {
    const { guildId, archive } = this.#deps
    const coverage = await archive.coverage(guildId)
    const { ranges, forgottenTo } = liveFrom === undefined ? coverage : withLive(coverage, liveFrom)
    const erased = forgottenTo === undefined ? '0' : idAfter(forgottenTo)
    return { start: newestRange(ranges)?.start, oldest: maxId(this.#logStart, erased) }
  }

  /**
   * Walks back from the newest entry until both what came late and what events alone have told of is read. What was
   * read before a break, and could have changed since, may lie far back: it is not walked through but doubted. It is
   * missing then, and read on from, page by page. Where no earlier reading came to its end, all that Discord still has
   * is doubted. Where the stream is unbroken, what can have grown comes first: an answer can wait for no more than that.
   */
  async #readNew(): Promise<void> {
    const { guildId, archive, windows: resyncPolicy, source } = this.#deps
    const number = ++this.#begun
    const breaks = this.#breaks
    const wasLive = this.#liveFrom !== undefined
    const coverage = await archive.coverage(guildId)
    let page = await source.read(guildId)
    const { at } = page
    const end = endOf(page)
    const readAt = coverage.readAt === null || isDatedAhead(coverage.readAt, at) ? null : coverage.readAt
    // Where the log begins is doubted with all else: a clock that was ahead has it begin too late.
    if (readAt === null) this.#logStart = '0'
    const settled = firstIdAt(at - resyncPolicy.overlap)
    const sure =
      readAt === null ? oldestKept(guildId, at) : minId(settled, firstIdAt(readAt - resyncPolicy.overlap))
    const isContinued = wasLive && readAt !== null
    let oldest = await this.#keep(page, end, isContinued ? {} : { invalidateFrom: sure })
    if (isContinued) {
      await this.#readGrown(sure, oldest)
      this.#counted = number
    }
    const goal = isContinued ? sure : settled
    while (page.ends !== undefined && compareIds(oldest, goal) > 0) {
      page = await source.read(guildId, oldest)
      oldest = await this.#keep(page, oldest)
    }
    // What is read from now on is read after the first reading, which is as good as swept then.
    const sweptAt = readAt === null ? { sweptAt: at } : {}
    await this.#write({ entries: [], readAt: at, ...sweptAt })
    this.#ended = 'read'
    if (breaks === this.#breaks && !this.#isCutOff) this.#liveFrom = end
  }

  /** Reads again the pages with entries between two ids whose counts can have grown, of which no event tells. */
  async #readGrown(from: Snowflake, to: Snowflake): Promise<void> {
    const { guildId, archive, source } = this.#deps
    const growing = { from, to, kinds: { anyOf: [...GROWING] } }
    const [newest] = await archive.list(guildId, growing, { order: 'newest', limit: 1 })
    if (!newest) return
    const page = await source.read(guildId, idAfter(newest.id))
    await this.#readGrown(from, await this.#keep(page, newest.id))
  }

  async #readMissing(): Promise<boolean> {
    const { guildId, source } = this.#deps
    const { start, oldest } = await this.#reach()
    if (start === undefined || compareIds(start, oldest) <= 0) return false
    await this.#keep(await source.read(guildId, start), start)
    return true
  }

  /**
   * Keeps a page, and that the log is complete from its oldest entry to where the page ends. Before an empty page
   * nothing is left that anybody could read, if that is where Discord's log really ends.
   * @returns from where on the log is complete
   */
  async #keep(
    page: LogPage,
    end: Snowflake,
    more: Pick<ArchiveUpdate, 'invalidateFrom'> = {},
  ): Promise<Snowflake> {
    const { guildId } = this.#deps
    const { entries, names, ends, at } = page
    if (!ends) await confirmBeginning(this.#deps, end, at)
    // An id may lie ahead of Discord's time: where even the oldest of a page does, it goes on from that time.
    const start = minId(ends?.oldest ?? oldestKept(guildId, at), end)
    if (!ends) this.#logStart = start
    // An empty page before what Discord can be counted on to keep tells nothing.
    const complete = ends || start !== end ? [{ start, end }] : []
    await this.#write({ entries, names, complete, ...more })
    const { entries: before, backTo } = this.#progress ?? { entries: 0, backTo: Infinity }
    if (timeOf(start) < backTo) this.#progress = { entries: before + entries.length, backTo: timeOf(start) }
    return start
  }

  async #write(update: Omit<ArchiveUpdate, 'guildId' | 'from'>): Promise<void> {
    const { guildId, archive } = this.#deps
    if (this.#hasEnded) throw new LogUnavailable('unreadable', 'The bot was removed from the server.')
    await archive.record([{ guildId, from: 'rest', ...update }])
  }
}
