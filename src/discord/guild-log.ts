import type { Archive, Learnt } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import { newestRange, oldestKept } from '../core/coverage.ts'
import type { Entry } from '../core/entry.ts'
import { compareIds, firstIdAt, maxId, minId, type Snowflake, timeOf } from '../core/snowflake.ts'
import type { Page } from './audit-log.ts'

/**
 * How far every reading goes back, so that entries that came late and counts that grew are read in. Discord does
 * not publish how long it folds deletes into one entry; this is an assumption.
 */
export const OVERLAP = 15 * 60_000

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
        this.#reading = this.#nextReading ?? Promise.resolve()
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
    const start = await this.#start()
    return start !== undefined && compareIds(start, this.#sawEnd ? maxId(from, this.#floor()) : from) <= 0
  }

  async #start(): Promise<Snowflake | undefined> {
    const { guildId, archive } = this.#means
    return newestRange((await archive.coverage(guildId)).ranges)?.start
  }

  async #readNew(): Promise<void> {
    const breaks = this.#breaks
    const startedAt = this.#means.clock.now()
    const settled = firstIdAt(startedAt - OVERLAP)
    let page = await this.#means.read()
    const end = maxId(page.ends?.newest ?? settled, settled)
    let oldest = await this.#keep(page, end, startedAt)
    while (oldest !== undefined && compareIds(oldest, settled) > 0) {
      page = await this.#means.read(oldest)
      oldest = await this.#keep(page, oldest)
    }
    if (breaks === this.#breaks) this.#followedTo = maxId(end, this.#followedTo ?? end)
  }

  async #readMissing(): Promise<boolean> {
    const start = await this.#start()
    if (start === undefined || (this.#sawEnd && compareIds(start, this.#floor()) <= 0)) return false
    await this.#keep(await this.#means.read(start), start)
    return true
  }

  /**
   * Keeps a page, and that the log is complete from its oldest entry to where the page ends. An empty page is the
   * end of what Discord keeps: before it, nothing is left that anybody could read.
   * @returns the oldest id of the page; undefined when it is empty
   */
  async #keep(page: Page, end: Snowflake, readAt?: number): Promise<Snowflake | undefined> {
    const { guildId, archive } = this.#means
    const start = page.ends?.oldest ?? minId(this.#floor(), end)
    this.#sawEnd ||= page.ends === undefined
    await archive.keep([
      {
        guildId,
        entries: page.entries,
        from: 'rest',
        names: page.names,
        complete: [{ start, end }],
        ...(readAt !== undefined && { readAt }),
      },
    ])
    const entries = (this.#progress?.entries ?? 0) + page.entries.length
    if (page.ends) this.#progress = { entries, backTo: timeOf(page.ends.oldest) }
    return page.ends?.oldest
  }
}
