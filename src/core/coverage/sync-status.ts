import type { Snowflake } from '../snowflake.ts'

/**
 * Why a reading of Discord's log failed: Discord or the archive was out of reach, View Audit Log is missing, the bot is
 * not in the guild, or Discord limits how often it may read.
 */
const FAILURES = ['unreadable', 'forbidden', 'absent', 'limited', 'unwritten'] as const
export type Failure = (typeof FAILURES)[number]

/** How a reading that came to its end did so. */
export type Ended = 'read' | Failure

/**
 * What came of the reading before an answer. The others were not over in time. `live`: it was not needed, since the
 * unbroken stream of events told of everything. `uncounted`: it was, since the archive has not taken all events yet, or
 * counts may have grown, of which no event tells. `unfinished`: it has not read as far back as the answer needs.
 */
export type SyncOutcome = Ended | 'live' | 'uncounted' | 'unfinished'

/** Whether a reading failed: nothing is known since the last one that did not. */
export function hasFailed(reading: SyncOutcome | undefined): reading is Failure {
  return FAILURES.some((failure) => failure === reading)
}

/** How Custos stands with a guild's log right now. */
export interface SyncStatus {
  /** From where on every entry was heard of as it was made; absent where events may have been missed since. */
  readonly liveFrom?: Snowflake
  /** How the last reading ended; absent before the first. */
  readonly reading?: Ended
  /** When Discord lets the log be read again, in milliseconds since the Unix epoch; absent where it does now. */
  readonly limitedUntil?: number
  /** How far the host's clock is ahead of Discord's, in milliseconds; below zero when it is behind. */
  readonly hostAhead: number
}

/** How it stands for an answer by its own reading, which may not be over: if that came to nothing, nothing is live. */
export function statusAfter(reading: SyncOutcome, status: SyncStatus): SyncStatus {
  if (!hasFailed(reading)) return status
  const { liveFrom: _liveFrom, ...rest } = status
  return { ...rest, reading }
}
