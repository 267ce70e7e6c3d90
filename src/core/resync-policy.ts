/**
 * How far back Discord's log is read again, in milliseconds. Deletes, moves and disconnects are folded into an
 * earlier entry whose count grows without an event, and an entry can come late. Discord does not publish for how
 * long, so both are assumptions, and settings.
 */
export interface ResyncPolicy {
  /** Before every answer: how far past what was read before. */
  readonly overlap: number
  /** Every hour, and after a start. */
  readonly sweep: number
}
