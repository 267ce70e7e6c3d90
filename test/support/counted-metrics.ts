import type { Metrics } from '../../src/core/metrics/metrics.ts'

/** Metrics whose calls a test can look at. */
export class CountedMetrics implements Metrics {
  /** What was counted: the metric, the values of its labels, and how many. */
  readonly counts: unknown[][] = []
  /** What was timed: the metric, the values of its labels, and milliseconds. */
  readonly times: unknown[][] = []

  readonly count: Metrics['count'] = (name, labels, by = 1) => {
    this.counts.push([name, ...Object.values(labels), by])
  }

  readonly time: Metrics['time'] = (name, labels, milliseconds) => {
    this.times.push([name, ...Object.values(labels), milliseconds])
  }

  readonly read: Metrics['read'] = () => {}
}
