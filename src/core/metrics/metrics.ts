import type { COUNTERS, GAUGES, TIMES } from './metric-definitions.ts'

/** The labels of a metric: each has a value out of few, and none is an id or a name. */
type LabelsOf<Definitions, Name extends keyof Definitions> = Definitions[Name] extends {
  readonly labels: readonly (infer Label extends string)[]
}
  ? Readonly<Record<Label, string>>
  : never

/** A value of a gauge now, in seconds where it is a time. */
export interface Reading<Labels> {
  readonly labels: Labels
  readonly value: number
}

/** What a gauge has for each of its labels; a part that is not known now is left out. */
export type Readings<Name extends keyof typeof GAUGES> = readonly Reading<LabelsOf<typeof GAUGES, Name>>[]

/** Counts and times what Custos does, for those who watch it from outside. */
export interface Metrics {
  /** Adds to a counter, 1 by default. */
  count<Name extends keyof typeof COUNTERS>(
    name: Name,
    labels: LabelsOf<typeof COUNTERS, Name>,
    by?: number,
  ): void
  /** Adds a duration to a histogram, in milliseconds. */
  time<Name extends keyof typeof TIMES>(
    name: Name,
    labels: LabelsOf<typeof TIMES, Name>,
    milliseconds: number,
  ): void
  /** Sets what a gauge is read from, each time somebody looks. */
  read<Name extends keyof typeof GAUGES>(
    name: Name,
    read: () => Readings<Name> | Promise<Readings<Name>>,
  ): void
}

/** Metrics that nobody looks at. */
export const NO_METRICS: Metrics = { count: () => {}, time: () => {}, read: () => {} }
