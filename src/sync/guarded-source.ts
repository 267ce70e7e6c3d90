import type { Clock } from '../core/clock.ts'
import { firstIdAt, type Snowflake, timeOf } from '../core/snowflake.ts'
import { type AuditLogSource, LogLimited, type LogPage, LogUnavailable } from './audit-log-source.ts'
import { type Access, Limit } from './guild/access.ts'
import type { ReadBudget } from './read-budget.ts'
import type { DiscordClock } from './time/discord-clock.ts'

interface Deps {
  readonly source: AuditLogSource
  readonly budget: ReadBudget
  /** Discord's time. */
  readonly clock: DiscordClock
  /** The host's time. */
  readonly host: Clock
}

/** Requests the logs of all guilds: counts requests against the budget, and makes none that Discord would deny. */
export class GuardedSource {
  readonly #deps: Deps
  readonly #limit: Limit
  #pages = 0
  /** The time of the newest entry of any page that the host's clock does not put in the future. */
  #latest = 0
  #reopened = 0

  constructor(deps: Deps) {
    this.#deps = deps
    this.#limit = new Limit(deps.clock)
  }

  /** How many pages Discord has sent, of all guilds. */
  get pages(): number {
    return this.#pages
  }

  /** The source for one guild. */
  of(access: Access): AuditLogSource {
    const { source } = this.#deps
    return {
      read: (guildId, before) => this.#request(access, () => this.#readPage(guildId, before)),
      oldest: (guildId) => this.#request(access, () => source.oldest(guildId)),
    }
  }

  /**
   * When a guild's log can be requested again, by Discord's time in milliseconds since the Unix epoch; undefined where no
   * limit is in force.
   */
  limitedUntil(access: Access): number | undefined {
    return this.#limit.current?.until ?? access.limitedUntil
  }

  /** Until when a request under way waits for a limit, in milliseconds since the Unix epoch; undefined where none does. */
  heldUntil(guildId: Snowflake): number | undefined {
    return this.#deps.source.heldUntil?.(guildId)
  }

  /** Discord has sent a guild, or the bot may view its log again. */
  reopen(access: Access): void {
    this.#reopened++
    access.reopen()
  }

  /** Reads a page. A page whose date is not the present time is dated when it was requested, or later. */
  async #readPage(guildId: Snowflake, before: Snowflake | undefined): Promise<LogPage> {
    const { clock, source } = this.#deps
    const requestedAt = clock.now()
    const page = await source.read(guildId, before)
    this.#noteLatest(page)
    // An empty page says what Discord has forgotten: entries that it showed prove that it is at least that late.
    if (before !== undefined && page.ends === undefined)
      return { ...page, at: Math.max(requestedAt, page.at, this.#latest) }
    if (!clock.isSynchronized || clock.agrees(page.at)) return page
    const names = page.names.map((observation) => ({ ...observation, at: firstIdAt(requestedAt) }))
    return { ...page, names, at: requestedAt }
  }

  #noteLatest({ ends }: LogPage): void {
    if (ends === undefined) return
    const time = timeOf(ends.newest)
    if (time <= this.#deps.host.now()) this.#latest = Math.max(this.#latest, time)
  }

  async #request<Given>(access: Access, request: () => Promise<Given>): Promise<Given> {
    const limit = this.#limit.current
    if (limit) throw limit
    access.check()
    this.#deps.budget.spend()
    const reopened = this.#reopened
    try {
      const given = await request()
      this.#pages++
      access.granted()
      return given
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error
      // The bot may have joined the guild after the request was made.
      if (error.reason === 'absent' && reopened !== this.#reopened)
        throw new LogUnavailable('unreadable', error.message, { cause: error })
      if (error instanceof LogLimited && error.isForAll) this.#limit.set(error)
      access.failed(error)
      throw error
    }
  }
}
