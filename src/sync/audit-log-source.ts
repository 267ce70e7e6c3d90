import type { Entry } from '../core/entry.ts'
import type { Naming } from '../core/known.ts'
import type { Snowflake } from '../core/snowflake.ts'

/** A page of a guild's audit log, newest entry first. */
export interface Page {
  readonly entries: readonly Entry[]
  readonly names: readonly Naming[]
  /** The ids at the ends of the page, of entries that were skipped too; absent when the page is empty. */
  readonly ends?: { readonly newest: Snowflake; readonly oldest: Snowflake }
  /** What Discord's own clock showed when it gave the page, in milliseconds since the Unix epoch. */
  readonly at: number
}

/** Where audit logs are read from. Every method throws `LogUnavailable` when Discord does not give the log. */
export interface AuditLogSource {
  /** The newest entries of a guild's log, or the newest before one of them. */
  read(guildId: Snowflake, before?: Snowflake): Promise<Page>
  /** The oldest entry that Discord keeps; undefined when it says that the log is empty. */
  oldest(guildId: Snowflake): Promise<Snowflake | undefined>
}

/** Why Discord does not give a log: the bot lacks View Audit Log, its token is refused, or anything else. */
export type Unavailability = 'forbidden' | 'unauthorized' | 'unreadable'

/** Discord did not give a guild's log. The cause, where there is one, says more. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable'
  readonly why: Unavailability

  constructor(why: Unavailability, message: string, options?: ErrorOptions) {
    super(message, options)
    this.why = why
  }
}
