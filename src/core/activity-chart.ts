/** What a chart of activity shows. */
export interface ActivityChart {
  readonly title: string
  /** The kinds of action, in the order in which they are stacked. */
  readonly kinds: readonly string[]
  /** Most active first; the caller gives at most 12. Counts in the order of `kinds`. */
  readonly people: readonly { readonly name: string; readonly counts: readonly number[] }[]
  /** Every UTC day of the window, oldest first (milliseconds since the Unix epoch). */
  readonly days: readonly { readonly day: number; readonly counts: readonly number[] }[]
}
