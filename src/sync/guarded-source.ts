import type { Clock } from '../core/clock.ts'
import { firstIdAt, type Snowflake, timeOf } from '../core/snowflake.ts'
import {
  type AuditLogSource,
  LogLimited,
  type LogPage,
  LogUnavailable,
  type PageRequest,
} from './audit-log-source.ts'
import type { Lane, ReadBudget } from './budget/read-budget.ts'
import { type Access, Limit } from './guild/access.ts'
import type { DiscordClock } from './time/discord-clock.ts'

interface Deps {
  readonly source: AuditLogSource
  readonly budget: ReadBudget
  /** Discord's time. */
  readonly clock: DiscordClock
  /** The host's time. */
  readonly host: Clock
}

/** Who requests a guild's log. */
export interface Requester {
  readonly access: Access
  /** What the requests are made for at present. */
  readonly lane: Lane
}

/** Reads the logs of all guilds. It waits for a permit before each request, and makes none that Discord would deny. */
export class GuardedSource {
  readonly #deps: Deps
  readonly #limit: Limit
  #pages = 0
  /** The time of the newest entry on any page, apart from those that are in the future by the host's clock. */
  #latest = 0
  /** How often a guild was reopened. */
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
  of(requester: Requester): AuditLogSource {
    const { source } = this.#deps
    return {
      pageSize: source.pageSize,
      read: (guildId, request) => this.#request(guildId, requester, () => this.#readPage(guildId, request)),
      oldest: (guildId) => {
        const { access, lane } = requester
        // It is the last request of a read, and only one.
        const last = { access, lane: lane === 'window' ? 'answer' : lane } as const
        return this.#request(guildId, last, () => source.oldest(guildId))
      },
    }
  }

  /**
   * When a guild's log can be requested again, by Discord's time in milliseconds since the Unix epoch; undefined without a
   * limit.
   */
  limitedUntil(access: Access): number | undefined {
    return this.#limit.current?.until ?? access.limitedUntil
  }

  /** Until when a pending request waits for a limit, in milliseconds since the Unix epoch; undefined if none does. */
  heldUntil(guildId: Snowflake): number | undefined {
    return this.#deps.source.heldUntil?.(guildId)
  }

  /** Discord has sent a guild, or the bot may view its log again. */
  reopen(access: Access): void {
    this.#reopened++
    access.reopen()
  }

  /** Reads a page. If its date is wrong, it is dated when it was requested, or later. */
  async #readPage(guildId: Snowflake, request: PageRequest = {}): Promise<LogPage> {
    const { clock, source } = this.#deps
    const requestedAt = clock.now()
    const page = await source.read(guildId, request)
    this.#updateLatest(page)
    // An empty page shows what Discord has deleted. It is now at least the time of the newest entry that Discord sent.
    if (request.before !== undefined && page.ends === undefined)
      return { ...page, at: Math.max(requestedAt, page.at, this.#latest) }
    if (!clock.isSynchronized || clock.agrees(page.at)) return page
    const names = page.names.map((observation) => ({ ...observation, at: firstIdAt(requestedAt) }))
    return { ...page, names, at: requestedAt }
  }

  #updateLatest({ ends }: LogPage): void {
    if (ends === undefined) return
    const time = timeOf(ends.newest)
    if (time <= this.#deps.host.now()) this.#latest = Math.max(this.#latest, time)
  }

  /** @throws LogUnavailable when the log may not be requested now */
  #check(access: Access): void {
    const limit = this.#limit.current
    if (limit) throw limit
    access.check()
  }

  async #request<Result>(
    guildId: Snowflake,
    { access, lane }: Requester,
    request: () => Promise<Result>,
  ): Promise<Result> {
    this.#check(access)
    return this.#deps.budget.run(guildId, lane, async () => {
      // Other requests may have been denied or limited meanwhile.
      this.#check(access)
      return this.#make(access, request)
    })
  }

  async #make<Result>(access: Access, request: () => Promise<Result>): Promise<Result> {
    const reopened = this.#reopened
    const { denials } = access
    try {
      const result = await request()
      this.#pages++
      access.granted()
      return result
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error
      // The bot may have joined the guild after the request was made.
      if (error.reason === 'absent' && reopened !== this.#reopened)
        throw new LogUnavailable('unreadable', error.message, { cause: error })
      if (error instanceof LogLimited && error.isForAll) this.#limit.set(error)
      access.failed(error, denials)
      throw error
    }
  }
}
