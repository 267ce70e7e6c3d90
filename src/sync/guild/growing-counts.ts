import type { Archive } from '../../core/archive.ts'
import { GROWING } from '../../core/audit-log/action.ts'
import type { Clock } from '../../core/clock.ts'
import { oldestKept } from '../../core/coverage/coverage.ts'
import type { ResyncPolicy } from '../../core/resync-policy.ts'
import { compareIds, firstIdAt, maxId, oldestId, type Snowflake } from '../../core/snowflake.ts'
import { type AuditLogSource, type LogPage, LogUnavailable } from '../audit-log-source.ts'
import type { FailureLog } from '../failure-log.ts'
import type { EventQueue } from '../ingest/event-queue.ts'

export interface GrowingCountsDeps {
  readonly guildId: Snowflake
  readonly archive: Archive
  readonly source: AuditLogSource
  /** The gateway's events that are not stored yet. */
  readonly queue: EventQueue
  /** Discord's time. */
  readonly clock: Clock
  readonly resyncPolicy: ResyncPolicy
  readonly failures: FailureLog
}

/** A kind of which entries can have grown. */
export interface Grown {
  readonly kind: number
  /** The oldest entry that can have grown. */
  readonly oldest: Snowflake
}

/** How many pages of each kind a refresh reads at most. The sweep reads the rest. */
const MOST_PAGES = 3

/** Counts of a kind that were read again. */
interface Recount {
  readonly kind: number
  readonly pages: readonly LogPage[]
  /** Whether they reach as far back as entries can have grown. */
  readonly isWhole: boolean
}

/** A read of the counts of a kind. */
interface CountRead {
  /** When Discord sent them, in milliseconds since the Unix epoch. */
  readonly at: number
  /** The number of the refresh that read them. */
  readonly refresh: number
}

/**
 * How up to date the counts of one guild are. Discord merges deletes, moves and disconnects into an earlier entry and
 * sends no event for it, so a count is only known as of its last read. Nothing else in an entry changes.
 */
export class GrowingCounts {
  readonly #deps: GrowingCountsDeps
  readonly #reads = new Map<number, CountRead>()

  constructor(deps: GrowingCountsDeps) {
    this.#deps = deps
  }

  /** When the recent counts of a kind were read, in milliseconds since the Unix epoch; undefined before the first time. */
  readAt(kind: number): number | undefined {
    return this.#reads.get(kind)?.at
  }

  /** Whether the recent counts of a kind were read by a refresh that began after the first so many. */
  isReadAfter(refreshes: number, kind: number): boolean {
    return (this.#reads.get(kind)?.refresh ?? 0) > refreshes
  }

  /** A refresh has read all counts of some kinds that can have grown. */
  recordRead(kinds: Iterable<number>, read: CountRead): void {
    for (const kind of kinds) this.#reads.set(kind, read)
  }

  /** A sweep has read all counts that can have grown up to a moment, in milliseconds since the Unix epoch. */
  recordSweep(at: number): void {
    const now = this.#deps.clock.now()
    for (const kind of GROWING) {
      const { at: readAt, refresh } = this.#reads.get(kind) ?? { at, refresh: 0 }
      this.#reads.set(kind, { refresh, at: readAt > now ? at : Math.max(readAt, at) })
    }
  }

  /**
   * The kinds, among some, that have stored or queued entries that can have grown.
   * @param from the first id that is considered; by default, the first that can have grown since the last read
   */
  async grown(
    kinds: Iterable<number>,
    from: (kind: number) => Snowflake = this.#firstGrown,
  ): Promise<Grown[]> {
    const all = [...kinds]
    const first = oldestId(all.map(from))
    // Mostly there are none, and one query says so.
    if (first === undefined || (await this.#oldestOf(all, first)) === undefined) return []
    const found = await Promise.all(
      all.map(async (kind) => ({ kind, oldest: await this.#oldestOf([kind], from(kind)) })),
    )
    return found.flatMap(({ kind, oldest }) => (oldest === undefined ? [] : [{ kind, oldest }]))
  }

  /** The kinds, among some, of which an entry before an id could have grown since the last read. */
  growingBefore(to: Snowflake, kinds: Iterable<number>): number[] {
    return [...kinds].filter((kind) => compareIds(this.#firstGrown(kind), to) < 0)
  }

  /** The kinds, among some, that have entries from one id on and before another that can have grown since the last read. */
  async grownWithin(kinds: Iterable<number>, from: Snowflake, to: Snowflake): Promise<number[]> {
    const first = (kind: number) => maxId(from, this.#firstGrown(kind))
    const grown = await this.grown(this.growingBefore(to, kinds), first)
    return grown.filter(({ oldest }) => compareIds(oldest, to) < 0).map(({ kind }) => kind)
  }

  /**
   * Reads a kind back to the oldest entry that can have grown, in a limited number of pages. If Discord does not send one,
   * the counts before it are not read, which no entry depends on.
   */
  async recount(grown: Grown): Promise<Recount> {
    const { failures, guildId } = this.#deps
    const pages: LogPage[] = []
    let isWhole = false
    try {
      for await (const page of this.pages(grown)) {
        pages.push(page)
        isWhole = page.isLast
        if (pages.length === MOST_PAGES) break
      }
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error
      failures.write(guildId, error)
    }
    return { kind: grown.kind, pages, isWhole }
  }

  /**
   * Reads a kind back to the oldest entry that can have grown, and gives each page. Ends early at an empty page, which
   * Discord has sent by mistake.
   */
  async *pages({ kind, oldest }: Grown): AsyncGenerator<LogPage & { readonly isLast: boolean }> {
    const { guildId, source } = this.#deps
    for (let before: { before?: Snowflake } = {}; ; ) {
      const page = await source.read(guildId, { actionType: kind, ...before })
      if (!page.ends) return
      const isLast = compareIds(page.ends.oldest, oldest) <= 0
      yield { ...page, isLast }
      if (isLast) return
      before = { before: page.ends.oldest }
    }
  }

  /** The first id from which on an entry of a kind can have grown since its counts were read. */
  readonly #firstGrown = (kind: number): Snowflake => {
    const { clock, guildId, resyncPolicy } = this.#deps
    const now = clock.now()
    const readAt = Math.min(now, this.readAt(kind) ?? now)
    return maxId(oldestKept(guildId, now), firstIdAt(readAt - resyncPolicy.overlap))
  }

  /** The oldest entry of some kinds, from an id on, that is stored or will be. */
  async #oldestOf(kinds: number[], from: Snowflake): Promise<Snowflake | undefined> {
    const { guildId, archive, queue } = this.#deps
    const slice = { order: 'oldest', limit: 1 } as const
    const stored = await archive.list(guildId, { from, kinds: { anyOf: kinds } }, slice)
    const queued = [...queue.unstored(guildId)]
      .flatMap(({ entries }) => entries)
      .filter((entry) => kinds.includes(entry.kind) && compareIds(entry.id, from) >= 0)
    return oldestId([...stored, ...queued].map(({ id }) => id))
  }
}
