/**
 * How far back Discord's log is read again, in milliseconds. Deletes, moves and disconnects are merged into an earlier
 * entry, whose count grows without an event, and entries can come late. Discord does not say for how long, so both
 * values are assumptions that an operator can change.
 */
export interface ResyncPolicy {
  /** Before every answer: how far back from the last read. */
  readonly overlap: number
  /** Every hour, and after a start: how far back from the last sweep. */
  readonly sweep: number
}
