/** What was done on a UTC day. */
export interface ChartDay {
  /** Its start, in milliseconds since the Unix epoch. */
  readonly day: number
  /** In the order of the chart's kinds. */
  readonly counts: readonly number[]
  /** Whether it is not wholly known what was done. */
  readonly isUnknown?: boolean
}

/** What a chart of activity shows. */
export interface ActivityChart {
  readonly title: string
  /** The kinds of action, in the order in which they are stacked. */
  readonly kinds: readonly string[]
  /** Most active first; the caller gives at most 12. Counts in the order of `kinds`. */
  readonly people: readonly { readonly name: string; readonly counts: readonly number[] }[]
  /** Every UTC day of the window, oldest first. */
  readonly days: readonly ChartDay[]
}
