import type { Snowflake } from '../snowflake.ts'

/**
 * Why a read failed: Discord could not be read, View Audit Log is missing, the bot is not in the guild, Discord limits
 * requests, or the archive could not be written.
 */
const FAILURES = ['unreadable', 'forbidden', 'absent', 'limited', 'unwritten'] as const
export type Failure = (typeof FAILURES)[number]

/** How a read ended. */
export type Ended = 'read' | Failure

/**
 * What came of the sync before an answer: how its read ended, or, where it did not end in time, what is known without it.
 * `live`: all, because the gateway has sent every event. `uncounted`: events are not stored yet, or counts may have grown,
 * which no event reports. `unfinished`: the log is not read as far back as the answer needs.
 */
export type SyncOutcome = Ended | 'live' | 'uncounted' | 'unfinished'

/** Whether a read failed: then nothing is known since the last successful one. */
export function hasFailed(reading: SyncOutcome | undefined): reading is Failure {
  return FAILURES.some((failure) => failure === reading)
}

/** The state of a guild's sync. */
export interface SyncStatus {
  /** The id from which on the gateway has sent every entry; absent where some may have been missed. */
  readonly liveFrom?: Snowflake
  /** How the last read ended; absent before the first. */
  readonly reading?: Ended
  /** When Discord's limit on requests ends, in milliseconds since the Unix epoch; absent without a limit. */
  readonly limitedUntil?: number
  /** How far the host's clock is ahead of Discord's, in milliseconds; below zero when it is behind. */
  readonly hostAhead: number
}

/** The status for an answer, by the outcome of its own sync: where that failed, nothing is live. */
export function statusAfter(outcome: SyncOutcome, status: SyncStatus): SyncStatus {
  if (!hasFailed(outcome)) return status
  const { liveFrom: _liveFrom, ...rest } = status
  return { ...rest, reading: outcome }
}
