import type { Entry } from '../core/audit-log/entry.ts'
import type { NameObservation } from '../core/names/named-entity.ts'
import type { Snowflake } from '../core/snowflake.ts'

/** A page of a guild's audit log, newest entry first. */
export interface LogPage {
  readonly entries: readonly Entry[]
  readonly names: readonly NameObservation[]
  /** The ids at the ends of the page, of entries that were skipped too; absent when the page is empty. */
  readonly ends?: { readonly newest: Snowflake; readonly oldest: Snowflake }
  /** What Discord's own clock showed when it gave the page, in milliseconds since the Unix epoch. */
  readonly at: number
}

/** Where audit logs are read from. Every method throws `LogUnavailable` when Discord does not give the log. */
export interface AuditLogSource {
  /** The newest entries of a guild's log, or the newest before one of them. */
  read(guildId: Snowflake, before?: Snowflake): Promise<LogPage>
  /** The oldest entry that Discord keeps; undefined when it says that the log is empty. */
  oldest(guildId: Snowflake): Promise<Snowflake | undefined>
  /**
   * Until when a request that is under way waits for a limit of Discord, in milliseconds since the Unix epoch;
   * undefined where none does.
   */
  heldUntil?(guildId: Snowflake): number | undefined
}

/**
 * Why Discord does not give a log: the bot lacks View Audit Log, it is not in the guild, its token is refused, it is
 * turned away before Discord has a say, it has asked too much, or anything else.
 */
export type Unavailability = 'forbidden' | 'absent' | 'unauthorized' | 'blocked' | 'limited' | 'unreadable'

/** Discord did not give a guild's log. The cause, where there is one, says more. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable'
  readonly why: Unavailability

  constructor(why: Unavailability, message: string, options?: ErrorOptions) {
    super(message, options)
    this.why = why
  }
}

/** Discord gives no log before a moment, since the bot has asked too much. */
export class LogLimited extends LogUnavailable {
  /** By Discord's time, in milliseconds since the Unix epoch. */
  readonly until: number
  /** Whether it gives no guild's log, and not only this one. */
  readonly isForAll: boolean

  constructor(until: number, isForAll: boolean, options?: ErrorOptions) {
    super('limited', 'Discord limits how often logs are read.', options)
    this.until = until
    this.isForAll = isForAll
  }
}
