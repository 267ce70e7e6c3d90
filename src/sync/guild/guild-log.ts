import type { Archive, ArchiveUpdate } from '../../core/archive.ts'
import { GROWING } from '../../core/audit-log/action.ts'
import { isDatedAhead, oldestKept, withLive } from '../../core/coverage/coverage.ts'
import { newestRange } from '../../core/coverage/ranges.ts'
import type { ResyncPolicy } from '../../core/resync-policy.ts'
import { compareIds, firstIdAt, idAfter, maxId, minId, type Snowflake, timeOf } from '../../core/snowflake.ts'
import { type AuditLogSource, type LogPage, LogUnavailable } from '../audit-log-source.ts'
import { confirmBeginning, endOf } from './log-bounds.ts'

/** How far the reading of a guild's log has come. */
export interface Progress {
  /** How many entries were read. */
  readonly entries: number
  /** The time of the oldest entry read, in milliseconds since the Unix epoch. */
  readonly backTo: number
}

interface Deps {
  readonly guildId: Snowflake
  readonly archive: Archive
  readonly resyncPolicy: ResyncPolicy
  readonly source: AuditLogSource
  /** Whether the bot was removed from the guild: nothing more is stored. */
  readonly isRemoved: () => boolean
}

/**
 * Reads one guild's log into the archive, and records as complete only what was read. Its reads must not overlap: a
 * page that was read before another read must not be stored after it.
 */
export class GuildLog {
  readonly #deps: Deps
  #progress: Progress | undefined
  #refreshes = 0
  #counted = 0
  /** Discord's log was seen to have nothing before this id. It may hold more than the 45 days it promises. */
  #logStart: Snowflake = '0'

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** How far back the log has been read; undefined before the first page. */
  get progress(): Progress | undefined {
    return this.#progress
  }

  /** How many refreshes have begun. */
  get refreshes(): number {
    return this.#refreshes
  }

  /** The last refresh that had read all counts that can have grown, by its number; 0 before the first. */
  get counted(): number {
    return this.#counted
  }

  /**
   * Reads back from the newest entry until everything is read that came late or is known only from gateway events. What
   * was read before an interruption and can have changed since may lie far back: it is marked as incomplete, and read
   * again by `readMissing`. Where no earlier read was finished, all that Discord still has is marked so. Where the
   * stream is live, counts that can have grown come first, because an answer can wait for no more than that.
   * @param isLive whether the gateway has sent every entry since the last refresh
   * @returns up to which id the log was read
   */
  async refresh(isLive: boolean): Promise<Snowflake> {
    const { guildId, archive, resyncPolicy, source } = this.#deps
    const number = ++this.#refreshes
    const coverage = await archive.coverage(guildId)
    let page = await source.read(guildId)
    const { at } = page
    const end = endOf(page)
    const readAt = coverage.readAt === null || isDatedAhead(coverage.readAt, at) ? null : coverage.readAt
    // A clock that was ahead puts the beginning of the log too late.
    if (readAt === null) this.#logStart = '0'
    const settled = firstIdAt(at - resyncPolicy.overlap)
    const trusted =
      readAt === null ? oldestKept(guildId, at) : minId(settled, firstIdAt(readAt - resyncPolicy.overlap))
    const isContinued = isLive && readAt !== null
    let oldest = await this.#store(page, end, isContinued ? {} : { invalidateFrom: trusted })
    if (isContinued) {
      await this.#readGrown(trusted, oldest)
      this.#counted = number
    }
    const goal = isContinued ? trusted : settled
    while (page.ends !== undefined && compareIds(oldest, goal) > 0) {
      page = await source.read(guildId, oldest)
      oldest = await this.#store(page, oldest)
    }
    // The first read needs no sweep: nothing was read before it.
    const sweptAt = readAt === null ? { sweptAt: at } : {}
    await this.#write({ entries: [], readAt: at, ...sweptAt })
    return end
  }

  /**
   * Reads the page before an id, again or for the first time.
   * @returns from which id on the log is complete up to that one
   */
  async readPage(before: Snowflake): Promise<Snowflake> {
    const { source, guildId } = this.#deps
    return this.#store(await source.read(guildId, before), before)
  }

  /** Reads one more page of what is missing and Discord still has. @returns false when nothing is missing */
  async readMissing(): Promise<boolean> {
    const { start, oldest } = await this.#reach(undefined)
    if (start === undefined || compareIds(start, oldest) <= 0) return false
    await this.readPage(start)
    return true
  }

  /** Whether the log is complete from an id on, or from where Discord's log begins. */
  async reaches(from: Snowflake, liveFrom: Snowflake | undefined): Promise<boolean> {
    const { start, oldest } = await this.#reach(liveFrom)
    return start !== undefined && compareIds(start, maxId(from, oldest)) <= 0
  }

  /** Records that what was read before has been read again. @param sweptAt in milliseconds since the Unix epoch */
  recordSweep(sweptAt: number): Promise<void> {
    return this.#write({ entries: [], sweptAt })
  }

  /** From which id on the log is complete, and the oldest id worth reading: what lies before it is erased or gone. */
  async #reach(
    liveFrom: Snowflake | undefined,
  ): Promise<{ readonly start: Snowflake | undefined; readonly oldest: Snowflake }> {
    const { guildId, archive } = this.#deps
    const coverage = await archive.coverage(guildId)
    const { ranges, erasedTo } = liveFrom === undefined ? coverage : withLive(coverage, liveFrom)
    const erased = erasedTo === undefined ? '0' : idAfter(erasedTo)
    return { start: newestRange(ranges)?.start, oldest: maxId(this.#logStart, erased) }
  }

  /** Reads again the pages between two ids that have an entry whose count can have grown, which no event reports. */
  async #readGrown(from: Snowflake, to: Snowflake): Promise<void> {
    const { guildId, archive } = this.#deps
    const growing = { from, to, kinds: { anyOf: [...GROWING] } }
    const [newest] = await archive.list(guildId, growing, { order: 'newest', limit: 1 })
    if (newest) await this.#readGrown(from, await this.#readPageWith(newest.id))
  }

  /** Reads the page whose newest entry is this one. */
  async #readPageWith(id: Snowflake): Promise<Snowflake> {
    const { guildId, source } = this.#deps
    return this.#store(await source.read(guildId, idAfter(id)), id)
  }

  /**
   * Stores a page, and that the log is complete from its oldest entry to an id. An empty page means that Discord has
   * nothing before that id, if a second reading confirms it.
   * @returns from which id on the log is complete
   */
  async #store(
    page: LogPage,
    end: Snowflake,
    more: Pick<ArchiveUpdate, 'invalidateFrom'> = {},
  ): Promise<Snowflake> {
    const { guildId } = this.#deps
    const { entries, names, ends, at } = page
    if (!ends) await confirmBeginning(this.#deps, end, at)
    // Ids can be ahead of Discord's time, even the oldest of a page: then reading goes on from that time.
    const start = minId(ends?.oldest ?? oldestKept(guildId, at), end)
    if (!ends) this.#logStart = start
    // An empty page before what Discord promises to keep says nothing.
    const complete = ends || start !== end ? [{ start, end }] : []
    await this.#write({ entries, names, complete, ...more })
    const { entries: before, backTo } = this.#progress ?? { entries: 0, backTo: Infinity }
    if (timeOf(start) < backTo) this.#progress = { entries: before + entries.length, backTo: timeOf(start) }
    return start
  }

  async #write(update: Omit<ArchiveUpdate, 'guildId' | 'from'>): Promise<void> {
    const { guildId, archive, isRemoved } = this.#deps
    if (isRemoved()) throw new LogUnavailable('unreadable', 'The bot was removed from the server.')
    await archive.record([{ guildId, from: 'rest', ...update }])
  }
}
