import type { Snowflake } from '../snowflake.ts'

/**
 * Why a read failed: Discord could not be read, View Audit Log is missing, the bot is not in the guild, Discord limits
 * requests, or the archive could not be written.
 */
const FAILURES = ['unreadable', 'forbidden', 'absent', 'limited', 'unwritten'] as const
export type Failure = (typeof FAILURES)[number]

/** How a read of the log ended. */
export type ReadOutcome = 'read' | Failure

/** How the sync before an answer ended: like its read or, if that did not end in time, by what is stored. */
export type SyncOutcome =
  | ReadOutcome
  /** Everything is stored: the gateway has sent every event, and no count can have grown. */
  | 'live'
  /** Every entry is stored, but counts that can have grown without an event were not read. */
  | 'uncounted'
  /** Some events of the gateway are not stored yet. */
  | 'unstored'
  /** The log is not read as far back as the answer needs. */
  | 'unfinished'

/** Whether a read failed. Coverage then ends at the last successful read. */
export function hasFailed(outcome: SyncOutcome | undefined): outcome is Failure {
  return FAILURES.some((failure) => failure === outcome)
}

/** The state of a guild's sync. */
export interface SyncStatus {
  /** The gateway has sent every entry from this id on. Absent where it may have missed some. */
  readonly liveFrom?: Snowflake
  /** How the last read ended; absent before the first. */
  readonly lastRead?: ReadOutcome
  /** When Discord's limit on requests ends, in milliseconds since the Unix epoch; absent without a limit. */
  readonly limitedUntil?: number
  /**
   * How far the first read of the whole log is: how many entries were read, the time of the oldest in milliseconds since
   * the Unix epoch, and how many guilds are read before this one. Absent when it is finished.
   */
  readonly backfill?: { readonly entries: number; readonly backTo: number; readonly guildsBefore: number }
  /** How far the host's clock is ahead of Discord's, in milliseconds; below zero when it is behind. */
  readonly hostAhead: number
}

/**
 * The status for an answer, by the outcome of its own sync. If that failed, or events that the gateway has sent are not
 * stored, nothing is live.
 */
export function statusAfter(outcome: SyncOutcome, status: SyncStatus): SyncStatus {
  const { liveFrom: _liveFrom, ...rest } = status
  if (hasFailed(outcome)) return { ...rest, lastRead: outcome }
  return outcome === 'unstored' ? rest : status
}
