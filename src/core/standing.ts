import type { Snowflake } from './snowflake.ts'

/** Why a reading of Discord's log failed: Discord or the archive was out of reach, or View Audit Log is missing. */
export type Failure = 'unreadable' | 'forbidden' | 'unwritten'

/** How a reading that came to its end did so. */
export type Ended = 'read' | Failure

/**
 * What came of the reading before an answer. `live`: it was not over in time and not needed, since the unbroken stream
 * of events told of everything. `unfinished`: it was not over in time, and needed.
 */
export type Reading = Ended | 'live' | 'unfinished'

/** Whether a reading failed: nothing is known since the last one that did not. */
export function hasFailed(reading: Reading | undefined): reading is Failure {
  return reading === 'unreadable' || reading === 'forbidden' || reading === 'unwritten'
}

/** How Custos stands with a guild's log right now. */
export interface Standing {
  /** From where on every entry was heard of as it was made; absent where events may have been missed since. */
  readonly liveFrom?: Snowflake
  /** How the last reading ended; absent before the first. */
  readonly reading?: Ended
  /** How far the host's clock is ahead of Discord's, in milliseconds; below zero when it is behind. */
  readonly hostAhead: number
}

/**
 * How it stands for an answer by its own reading. Where that failed, or was needed and is not over, what came live does
 * not tell all, such as how counts have grown.
 */
export function standingAfter(reading: Reading, standing: Standing): Standing {
  if (reading === 'read' || reading === 'live') return standing
  const { liveFrom: _liveFrom, ...rest } = standing
  return hasFailed(reading) ? { ...rest, reading } : rest
}
