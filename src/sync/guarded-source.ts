import type { Clock } from '../core/clock.ts'
import { firstIdAt, type Snowflake, timeOf } from '../core/snowflake.ts'
import { type AuditLogSource, type LogPage, LogUnavailable, type Unavailability } from './audit-log-source.ts'
import { ClosedLogs } from './closed-logs.ts'
import type { DiscordClock } from './discord-clock.ts'
import { ForbiddenBackoff } from './forbidden-backoff.ts'
import type { ReadBudget } from './read-budget.ts'

/** The refusals of which too many get the bot shut out. */
const COUNTED: readonly Unavailability[] = ['forbidden', 'unauthorized', 'blocked']

interface Deps {
  readonly source: AuditLogSource
  readonly budget: ReadBudget
  /** Discord's time. */
  readonly clock: DiscordClock
  /** The host's time. */
  readonly host: Clock
  /** Whether the bot is in a guild: of no other anything is remembered. */
  readonly isIn: (guildId: Snowflake) => boolean
}

/** Asks Discord for logs, within the budget, and not where it has said that it gives none. */
export class GuardedSource implements AuditLogSource {
  readonly #deps: Deps
  readonly #refusals: ForbiddenBackoff
  readonly #closed: ClosedLogs
  /** How many pages Discord has given, of all guilds. */
  #pages = 0
  /** When the newest entry was made that a page has shown, in milliseconds since the Unix epoch. */
  #shown = 0
  /** How often it was told that Discord is to be asked in any case. */
  #reopened = 0

  constructor(deps: Deps) {
    this.#deps = deps
    this.#refusals = new ForbiddenBackoff(deps.host)
    this.#closed = new ClosedLogs(deps.clock)
  }

  get pages(): number {
    return this.#pages
  }

  read(guildId: Snowflake, before?: Snowflake): Promise<LogPage> {
    return this.#ask(guildId, () => this.#readPage(guildId, before))
  }

  oldest(guildId: Snowflake): Promise<Snowflake | undefined> {
    return this.#ask(guildId, () => this.#deps.source.oldest(guildId))
  }

  heldUntil(guildId: Snowflake): number | undefined {
    return this.#deps.source.heldUntil?.(guildId)
  }

  /** When a guild's log can be read again, by Discord's time; undefined where it can now, or that is not known. */
  closedUntil(guildId: Snowflake): number | undefined {
    return this.#closed.until(guildId)
  }

  /** The bot is in a guild, and may have been given its permission: what Discord refused before is asked for again. */
  reopen(guildId: Snowflake): void {
    this.#reopened++
    this.#refusals.forget(guildId)
    this.#closed.reopen(guildId)
  }

  /** The bot was removed from a guild: nothing of it is remembered. */
  forget(guildId: Snowflake): void {
    this.#refusals.forget(guildId)
    this.#closed.forget(guildId)
  }

  /** How many guilds anything is remembered of. */
  get size(): number {
    return Math.max(this.#refusals.size, this.#closed.size)
  }

  /** Reads a page. Where its date is not the present time, the page is from when it was asked for, or later. */
  async #readPage(guildId: Snowflake, before: Snowflake | undefined): Promise<LogPage> {
    const { clock, source } = this.#deps
    const askedAt = clock.now()
    const page = await source.read(guildId, before)
    this.#note(page)
    // Discord keeps what it keeps by the time of what it has shown, too, though its clock may be behind.
    if (before !== undefined && page.ends === undefined)
      return { ...page, at: Math.max(askedAt, page.at, this.#shown) }
    if (!clock.isHeard || clock.agrees(page.at)) return page
    const names = page.names.map((observation) => ({ ...observation, at: firstIdAt(askedAt) }))
    return { ...page, names, at: askedAt }
  }

  /** Notes how late it is at least, by the newest entry of a page that the host's clock does not put in the future. */
  #note({ ends }: LogPage): void {
    if (ends === undefined) return
    const time = timeOf(ends.newest)
    if (time <= this.#deps.host.now()) this.#shown = Math.max(this.#shown, time)
  }

  async #ask<Given>(guildId: Snowflake, ask: () => Promise<Given>): Promise<Given> {
    this.#closed.check(guildId)
    this.#refusals.check(guildId)
    this.#deps.budget.spend()
    const reopened = this.#reopened
    try {
      const given = await ask()
      this.#pages++
      this.#refusals.forget(guildId)
      return given
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error
      // The bot may have come into the guild since it was asked.
      if (error.why === 'absent' && reopened !== this.#reopened)
        throw new LogUnavailable('unreadable', error.message, { cause: error })
      if (!this.#deps.isIn(guildId)) throw error
      this.#closed.note(guildId, error)
      if (COUNTED.includes(error.why)) this.#refusals.note(guildId, error)
      throw error
    }
  }
}
