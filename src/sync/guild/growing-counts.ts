import type { Archive } from '../../core/archive.ts'
import { GROWING } from '../../core/audit-log/action.ts'
import { compareIds, minId, type Snowflake } from '../../core/snowflake.ts'
import type { AuditLogSource, LogPage } from '../audit-log-source.ts'
import type { EventQueue } from '../ingest/event-queue.ts'

export interface GrowingCountsDeps {
  readonly guildId: Snowflake
  readonly archive: Archive
  readonly source: AuditLogSource
  /** The gateway's events that are not stored yet. */
  readonly queue: EventQueue
}

/** A kind of which entries can have grown. */
export interface Grown {
  readonly kind: number
  /** The oldest entry that can have grown. */
  readonly oldest: Snowflake
}

/** A read of the counts of a kind. */
interface Count {
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
  readonly #counts = new Map<number, Count>()

  constructor(deps: GrowingCountsDeps) {
    this.#deps = deps
  }

  /** When the recent counts of a kind were read, in milliseconds since the Unix epoch; undefined before the first time. */
  readAt(kind: number): number | undefined {
    return this.#counts.get(kind)?.at
  }

  /** Whether the recent counts of a kind were read by a refresh that began after the first so many. */
  isReadAfter(refreshes: number, kind: number): boolean {
    return (this.#counts.get(kind)?.refresh ?? 0) > refreshes
  }

  /** A refresh has read all counts of some kinds that can have grown. */
  recordRead(kinds: Iterable<number>, count: Count): void {
    for (const kind of kinds) this.#counts.set(kind, count)
  }

  /** A sweep has read all counts that can have grown up to a moment, in milliseconds since the Unix epoch. */
  recordSweep(at: number): void {
    for (const kind of GROWING) this.#counts.set(kind, { refresh: this.#counts.get(kind)?.refresh ?? 0, at })
  }

  /** The kinds, among some, that have stored or queued entries from an id on, which can depend on the kind. */
  async grown(kinds: readonly number[], from: (kind: number) => Snowflake): Promise<Grown[]> {
    const found = await Promise.all(
      kinds.map(async (kind) => ({ kind, oldest: await this.#oldestFrom(kind, from(kind)) })),
    )
    return found.flatMap(({ kind, oldest }) => (oldest === undefined ? [] : [{ kind, oldest }]))
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

  /** The oldest entry of a kind, from an id on, that is stored or will be. */
  async #oldestFrom(kind: number, from: Snowflake): Promise<Snowflake | undefined> {
    const { guildId, archive, queue } = this.#deps
    const slice = { order: 'oldest', limit: 1 } as const
    const stored = await archive.list(guildId, { from, kinds: { anyOf: [kind] } }, slice)
    const queued = [...queue.unstored(guildId)]
      .flatMap(({ entries }) => entries)
      .filter((entry) => entry.kind === kind && compareIds(entry.id, from) >= 0)
    const [first, ...rest] = [...stored, ...queued].map(({ id }) => id)
    return first && rest.reduce(minId, first)
  }
}
