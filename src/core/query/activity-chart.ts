/** The actions of one UTC day. */
export interface ChartDay {
  /** The start of the day, in milliseconds since the Unix epoch. */
  readonly day: number
  /** In the order of the chart's kinds. */
  readonly counts: readonly number[]
  /** Whether a part of the day is not covered. */
  readonly isUnknown?: boolean
}

/** The data of a chart of activity. */
export interface ActivityChart {
  readonly title: string
  /** The names of the kinds of action, in stacking order. */
  readonly kinds: readonly string[]
  /** At most 12, most active first, with counts in the order of `kinds`. */
  readonly people: readonly { readonly name: string; readonly counts: readonly number[] }[]
  /** Every UTC day of the window, oldest first. */
  readonly days: readonly ChartDay[]
}
