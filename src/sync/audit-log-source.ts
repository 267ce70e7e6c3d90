import type { Entry } from '../core/audit-log/entry.ts'
import type { NameObservation } from '../core/names/named-entity.ts'
import type { Snowflake } from '../core/snowflake.ts'

/** A page of a guild's audit log, newest entry first. */
export interface LogPage {
  readonly entries: readonly Entry[]
  readonly names: readonly NameObservation[]
  /** The newest and the oldest id of the page, skipped entries included; absent if the page is empty. */
  readonly ends?: { readonly newest: Snowflake; readonly oldest: Snowflake }
  /** Whether it has fewer entries than fit on a page, skipped ones included: Discord says that it has nothing older. */
  readonly isShort: boolean
  /** When Discord sent the page, by its own clock, in milliseconds since the Unix epoch. */
  readonly at: number
}

/** Which page of a log to read: the newest, or the newest before an id, of all action types or of one. */
export interface PageRequest {
  readonly before?: Snowflake
  readonly actionType?: number
}

/** Where audit logs are read from. Every method throws `LogUnavailable` when the log cannot be read. */
export interface AuditLogSource {
  /** How many entries a page has at most. */
  readonly pageSize: number
  /** A page of a guild's log. */
  read(guildId: Snowflake, request?: PageRequest): Promise<LogPage>
  /** The oldest entry that Discord has; undefined when it says that the log is empty. */
  oldest(guildId: Snowflake): Promise<Snowflake | undefined>
  /** Until when a pending request waits for a rate limit, in milliseconds since the Unix epoch; undefined if none does. */
  heldUntil?(guildId: Snowflake): number | undefined
}

/** Why a log cannot be read. */
export type Unavailability =
  /** View Audit Log is missing. */
  | 'forbidden'
  /** The bot is not in the guild. */
  | 'absent'
  /** Discord does not accept the bot's token. */
  | 'unauthorized'
  /** Something in front of Discord, such as Cloudflare, rejected the request. */
  | 'blocked'
  /** Discord limits requests. */
  | 'limited'
  /** Anything else. */
  | 'unreadable'

/** A guild's log could not be read. The cause, if there is one, has the details. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable'
  readonly reason: Unavailability

  constructor(reason: Unavailability, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** Discord limits requests until a moment. */
export class LogLimited extends LogUnavailable {
  /** By Discord's time, in milliseconds since the Unix epoch. */
  readonly until: number
  /** Whether the limit is for all guilds. */
  readonly isForAll: boolean

  constructor(until: number, isForAll: boolean, options?: ErrorOptions) {
    super('limited', 'Discord limits how often logs are read.', options)
    this.until = until
    this.isForAll = isForAll
  }
}
