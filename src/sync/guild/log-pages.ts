import { hash } from 'node:crypto'
import type { Archive, ArchiveUpdate } from '../../core/archive.ts'
import type { Clock } from '../../core/clock.ts'
import { oldestKept } from '../../core/coverage/coverage.ts'
import { sumOf } from '../../core/query/tally.ts'
import { minId, type Snowflake, timeOf } from '../../core/snowflake.ts'
import { type AuditLogSource, type LogPage, LogUnavailable } from '../audit-log-source.ts'
import { LogStart } from './log-start.ts'

/** The part of a page that stored entries may fill. */
const SURE_PART = 0.8

/** How far the reading of a guild's log has come. */
export interface Progress {
  /** How many entries were read. */
  readonly entries: number
  /** The time of the oldest entry read, in milliseconds since the Unix epoch. */
  readonly backTo: number
}

export interface LogPagesDeps {
  readonly guildId: Snowflake
  readonly archive: Archive
  readonly source: AuditLogSource
  /** Discord's time. */
  readonly clock: Clock
  /** Aborts when the bot is removed from the guild: nothing more is stored then. */
  readonly removed: AbortSignal
}

/** An update of one guild by what was read. */
type LogUpdate = Omit<ArchiveUpdate, 'guildId' | 'from'>

/** Reads pages of one guild's log into the archive, and records what is complete with them. */
export class LogPages {
  readonly logStart: LogStart
  readonly #deps: LogPagesDeps
  #progress: Progress | undefined
  #writing = 0
  /** A hash of the newest page as it was last stored. The page itself would be kilobytes for each guild. */
  #newestPage: string | undefined

  constructor(deps: LogPagesDeps) {
    this.#deps = deps
    this.logStart = new LogStart(deps)
  }

  /** How far back the log has been read; undefined before the first page. */
  get progress(): Progress | undefined {
    return this.#progress
  }

  /** Whether something that Discord sent is being stored. */
  get isWriting(): boolean {
    return this.#writing > 0
  }

  /**
   * Completes the log to its beginning without a page, if the last page before an id says that nothing is before it, and
   * the oldest entry agrees.
   * @returns whether it did
   */
  async completeFromStart(id: Snowflake): Promise<boolean> {
    const { guildId, clock } = this.#deps
    const now = clock.now()
    const start = minId(oldestKept(guildId, now), id)
    if (!(await this.logStart.isConfirmed(id, now))) return false
    this.logStart.found(start)
    await this.write({ entries: [], complete: [{ start, end: id }] })
    return true
  }

  /** Whether so many entries are surely on one page: some that are not stored can be among them. */
  areOnOne(entries: number): boolean {
    return entries < Math.floor(SURE_PART * this.#deps.source.pageSize)
  }

  /** Whether the newest page surely has everything from an id on. */
  async isOnNewest(from: Snowflake): Promise<boolean> {
    const { guildId, archive } = this.#deps
    return this.areOnOne(sumOf(await archive.countByKind(guildId, { from })).entries)
  }

  /**
   * Reads and stores the newest page before an id, again or for the first time.
   * @returns from which id on the log is complete up to that id
   */
  async read(before: Snowflake): Promise<Snowflake> {
    const { guildId, source } = this.#deps
    return this.store(await source.read(guildId, { before }), before)
  }

  /**
   * Stores a page, and that the log is complete from its oldest entry to an id. An empty page means that Discord has
   * nothing before that id, if a second request confirms it.
   * @param more what is stored with it
   * @returns from which id on the log is complete
   */
  async store(
    { entries, names, ends, isShort, at }: LogPage,
    end: Snowflake,
    { entries: others = [], names: otherNames = [], complete: ranges = [], ...more }: Partial<LogUpdate> = {},
  ): Promise<Snowflake> {
    if (!ends) await this.logStart.confirmEmptyPage(end, at)
    // Even the oldest id of a page can be ahead of Discord's time. Reading then continues from that time.
    const start = minId(ends?.oldest ?? oldestKept(this.#deps.guildId, at), end)
    if (!ends) this.logStart.found(start)
    else if (isShort) this.logStart.suspect(start)
    // An empty page from before Discord's 45 days proves nothing.
    const complete = ends || start !== end ? [{ start, end }] : []
    await this.write({
      entries: [...entries, ...others],
      names: [...names, ...otherNames],
      complete: [...complete, ...ranges],
      ...more,
    })
    const { entries: before, backTo } = this.#progress ?? { entries: 0, backTo: Number.POSITIVE_INFINITY }
    if (timeOf(start) < backTo) this.#progress = { entries: before + entries.length, backTo: timeOf(start) }
    return start
  }

  /** Stores the newest page. If it has not changed since the last time, nothing of it is written again. */
  async storeNewest(page: LogPage, end: Snowflake, more: Partial<LogUpdate>): Promise<Snowflake> {
    const current = hashOf(page)
    const isStored = current === this.#newestPage
    const start = await this.store(isStored ? { ...page, entries: [], names: [] } : page, end, more)
    this.#newestPage = current
    return start
  }

  /** @throws LogUnavailable when the bot was removed from the guild */
  async write(update: LogUpdate): Promise<void> {
    const { guildId, archive, clock, removed } = this.#deps
    if (removed.aborted) throw new LogUnavailable('unreadable', 'The bot was removed from the server.')
    this.#writing++
    try {
      await archive.record([{ guildId, from: 'rest', ...update }], clock.now())
    } finally {
      this.#writing--
    }
  }
}

/** Differs if a page has changed. An entry does not change apart from its count. */
function hashOf({ entries, names }: LogPage): string {
  const counts = entries.map(({ id, count }) => [id, count])
  return hash(
    'sha256',
    JSON.stringify([counts, names.map(({ id, name, alias }) => [id, name, alias])]),
    'base64',
  )
}
