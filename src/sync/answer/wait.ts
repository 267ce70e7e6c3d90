import type { Clock } from '../../core/clock.ts'
import type { Coverage } from '../../core/coverage/coverage.ts'
import type { SyncOutcome, SyncStatus } from '../../core/coverage/sync-status.ts'
import { LARGEST_SNOWFLAKE } from '../../core/snowflake.ts'
import type { GuardedSource } from '../guarded-source.ts'
import type { GuildSync } from '../guild/guild-sync.ts'
import type { EventQueue } from '../ingest/event-queue.ts'
import { growingKinds, type Need } from './need.ts'

interface Deps {
  readonly source: GuardedSource
  /** The gateway's events that are not stored yet. */
  readonly queue: EventQueue
  /** Discord's time. */
  readonly clock: Clock
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** What is known of a guild's log when an answer's sync is over. */
export interface Synced {
  readonly outcome: SyncOutcome
  readonly coverage: Coverage
  readonly status: SyncStatus
  /** For `uncounted`: when the counts were last read, in milliseconds since the Unix epoch. */
  readonly countsAsOf?: number
}

/** How a sync ended, with what was known then if that was read. */
export interface End extends Pick<Synced, 'outcome' | 'countsAsOf'> {
  readonly known?: Pick<Synced, 'coverage' | 'status'>
}

/** The wait of an answer for the sync of its guild: what it waits for, and how it can end. */
export class Wait {
  readonly #deps: Deps
  readonly #guild: GuildSync
  readonly #need: Need
  /** What had happened when it began. */
  readonly #pages: number
  readonly #refreshes: number
  readonly #events: number

  constructor(deps: Deps, guild: GuildSync, need: Need) {
    this.#deps = deps
    this.#guild = guild
    this.#need = need
    this.#pages = deps.source.pages
    this.#refreshes = guild.log.refreshes
    this.#events = deps.queue.added
  }

  /** The kinds that it needs of which entries can have grown. There are none if its window ends before those. */
  get #kinds(): number[] {
    const { to = LARGEST_SNOWFLAKE } = this.#need
    return this.#guild.log.counts.growingBefore(to, growingKinds(this.#need))
  }

  /** Whether Discord has sent a page: of any guild meanwhile, or one of this guild that the archive is busy with. */
  get hasResponse(): boolean {
    return this.#deps.source.pages > this.#pages || this.#guild.log.isWriting
  }

  /** Reads what the answer needs, and waits until the events received before are stored. */
  async read(): Promise<End> {
    const guild = this.#guild
    try {
      const known = await guild.readBackTo(this.#need.from, this.#kinds)
      await this.#deps.queue.stored(guild.guildId)
      return await this.#endAs('read', known)
    } catch (error) {
      return { outcome: guild.fail(error) }
    }
  }

  /** How it ends without its read, if time is up: Discord could not be read if it sent no page. */
  async endLate(): Promise<End> {
    const { signal, source } = this.#deps
    if (signal.aborted || this.hasResponse) return this.endUnread()
    return { outcome: source.heldUntil(this.#guild.guildId) === undefined ? 'unreadable' : 'limited' }
  }

  /** How it ends without its read: on an unbroken stream, everything is known except counts that can have grown. */
  async endUnread(): Promise<End> {
    const { queue, signal } = this.#deps
    const guild = this.#guild
    if (!queue.hasStored(guild.guildId, this.#events)) return { outcome: 'unstored' }
    if (signal.aborted || guild.liveFrom === undefined) return { outcome: 'unfinished' }
    const known = await guild.known()
    return guild.reaches(known, this.#need.from)
      ? this.#endAs('live', known)
      : { outcome: 'unfinished', known }
  }

  /** Ends in one way, unless counts are needed that can have grown and were not read meanwhile. */
  async #endAs(outcome: 'read' | 'live', last: NonNullable<End['known']>): Promise<End> {
    const guild = this.#guild
    const { counts } = guild.log
    // The archive can have rejected an event since then, which breaks the stream.
    const known = last.status.liveFrom === guild.liveFrom ? last : await guild.known()
    const { from, to = LARGEST_SNOWFLAKE } = this.#need
    const unread = this.#kinds.filter((kind) => !counts.isReadAfter(this.#refreshes, kind))
    const grown = await counts.grownWithin(unread, from, to)
    if (grown.length === 0) return { outcome, known }
    const countsAsOf = Math.min(this.#deps.clock.now(), ...grown.map((kind) => counts.readAt(kind) ?? 0))
    return { outcome: 'uncounted', known, countsAsOf }
  }
}
