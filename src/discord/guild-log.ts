import type { Archive, Learnt } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import { newestRange, oldestKept } from '../core/coverage.ts'
import type { Entry } from '../core/entry.ts'
import { compareIds, firstIdAt, idAfter, maxId, minId, type Snowflake, timeOf } from '../core/snowflake.ts'
import type { Windows } from '../core/windows.ts'
import type { Page } from './audit-log.ts'

/** How far the reading of a guild's log has come. */
export interface Progress {
  readonly entries: number
  /** The time of the oldest entry read, in milliseconds since the Unix epoch. */
  readonly backTo: number
}

interface Means {
  readonly guildId: Snowflake
  readonly archive: Archive
  readonly clock: Clock
  readonly windows: Windows
  readonly read: (before?: Snowflake) => Promise<Page>
}

/** Reads one guild's log into the archive: what is new, and step by step what lies further back. */
export class GuildLog {
  readonly #means: Means
  #reading: Promise<void> = Promise.resolve()
  #nextReading: Promise<void> | undefined
  #step: Promise<boolean> | undefined
  #progress: Progress | undefined
  /** Up to here the log is complete and followed by the gateway without a break. */
  #followedTo: Snowflake | undefined
  #breaks = 0
  /** Whether an empty page has shown where Discord's log ends. It may keep more than the 45 days it promises. */
  #sawEnd = false

  constructor(means: Means) {
    this.#means = means
  }

  get progress(): Progress | undefined {
    return this.#progress
  }

  /** Whether the gateway has told of every entry since the last reading. */
  get isFollowed(): boolean {
    return this.#followedTo !== undefined
  }

  /**
   * Reads what is new. Those who ask while a reading is under way share the next one, since an entry may have
   * been made after theirs began.
   */
  refresh(): Promise<void> {
    this.#nextReading ??= this.#reading
      .catch(() => {})
      .then(() => {
        this.#reading = this.#nextReading ?? this.#reading
        this.#nextReading = undefined
        return this.#readNew()
      })
    return this.#nextReading
  }

  /** Reads what is new, and on until the log is complete back to an id, or to what Discord has forgotten. */
  async readBackTo(from: Snowflake): Promise<void> {
    await this.refresh()
    while (!(await this.#reaches(from)) && (await this.readOn())) {}
  }

  /**
   * Reads the page before an entry, again or for the first time.
   * @returns from where on the log is complete up to that entry
   */
  async readPage(before: Snowflake): Promise<Snowflake> {
    return this.#keep(await this.#means.read(before), before)
  }

  /** Reads one page more of what is missing from what Discord still keeps. Gives false when nothing is. */
  readOn(): Promise<boolean> {
    this.#step ??= this.#readMissing().finally(() => {
      this.#step = undefined
    })
    return this.#step
  }

  /** What an event teaches: its entry and, while the stream is unbroken, that nothing lies between. */
  learn(entry: Entry): Learnt {
    const learnt: Learnt = { guildId: entry.guildId, entries: [entry], from: 'gateway' }
    if (this.#followedTo === undefined) return learnt
    const start = this.#followedTo
    this.#followedTo = maxId(start, entry.id)
    return { ...learnt, complete: [{ start, end: this.#followedTo }] }
  }

  /** Events may have been missed: until the next reading, what comes live proves nothing about what lies between. */
  breakOff(): void {
    this.#followedTo = undefined
    this.#breaks++
  }

  #floor(): Snowflake {
    return oldestKept(this.#means.guildId, this.#means.clock.now())
  }

  async #reaches(from: Snowflake): Promise<boolean> {
    const { start, oldest } = await this.#reach()
    return start !== undefined && compareIds(start, maxId(from, oldest)) <= 0
  }

  /** From where on the log is complete, and the oldest id worth reading: after what Discord and Custos have erased. */
  async #reach(): Promise<{ readonly start: Snowflake | undefined; readonly oldest: Snowflake }> {
    const { guildId, archive } = this.#means
    const { ranges, forgottenTo } = await archive.coverage(guildId)
    const erased = forgottenTo === undefined ? '0' : idAfter(forgottenTo)
    return { start: newestRange(ranges)?.start, oldest: this.#sawEnd ? maxId(this.#floor(), erased) : erased }
  }

  /**
   * Walks back from the newest entry until both what came late and what events alone have told of is read. What
   * was told before a break is not walked through but doubted, since it may lie far back: it is missing then, and
   * read on from, page by page.
   */
  async #readNew(): Promise<void> {
    const { guildId, archive, clock, windows, read } = this.#means
    const breaks = this.#breaks
    const startedAt = clock.now()
    const { readAt } = await archive.coverage(guildId)
    const settled = firstIdAt(startedAt - windows.overlap)
    const sure = readAt === null ? settled : minId(settled, firstIdAt(readAt - windows.overlap))
    const isFollowed = this.isFollowed
    const goal = isFollowed ? sure : settled
    let page = await read()
    const end = maxId(page.ends?.newest ?? settled, settled)
    let oldest = await this.#keep(page, end, isFollowed ? {} : { doubtFrom: sure })
    while (page.ends !== undefined && compareIds(oldest, goal) > 0) {
      page = await read(oldest)
      oldest = await this.#keep(page, oldest)
    }
    await archive.keep([{ guildId, entries: [], from: 'rest', readAt: startedAt }])
    if (breaks === this.#breaks) this.#followedTo = maxId(end, this.#followedTo ?? end)
  }

  async #readMissing(): Promise<boolean> {
    const { start, oldest } = await this.#reach()
    if (start === undefined || compareIds(start, oldest) <= 0) return false
    await this.readPage(start)
    return true
  }

  /**
   * Keeps a page, and that the log is complete from its oldest entry to where the page ends. An empty page is the
   * end of what Discord keeps: before it, nothing is left that anybody could read.
   * @returns from where on the log is complete
   */
  async #keep(page: Page, end: Snowflake, more: Pick<Learnt, 'doubtFrom'> = {}): Promise<Snowflake> {
    const { guildId, archive } = this.#means
    const { entries, names, ends } = page
    const start = ends?.oldest ?? minId(this.#floor(), end)
    this.#sawEnd ||= ends === undefined
    await archive.keep([{ guildId, entries, from: 'rest', names, complete: [{ start, end }], ...more }])
    const { entries: before, backTo } = this.#progress ?? { entries: 0, backTo: Infinity }
    if (timeOf(start) < backTo) this.#progress = { entries: before + entries.length, backTo: timeOf(start) }
    return start
  }
}
