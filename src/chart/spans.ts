import type { ChartDay } from '../core/query/activity-chart.ts'

/** What one column stands for. */
export type Unit = 'day' | 'week' | 'month'

/** The days that one column stands for, added up. */
export interface Span {
  /** Its first day, in milliseconds since the Unix epoch. */
  readonly start: number
  /** In the order of the chart’s kinds. */
  readonly counts: readonly number[]
  /** Whether one of its days is not wholly known. */
  readonly isUnknown: boolean
}

/** More columns than this are too thin to be seen on a phone. */
const MOST_COLUMNS = 100

/** What a column has to stand for, so that there are not too many. */
export function unitFor(days: number): Unit {
  if (days <= MOST_COLUMNS) return 'day'
  return days <= MOST_COLUMNS * 7 ? 'week' : 'month'
}

/** Adds days up. Weeks are counted back from the last day: the newest is a whole one, the oldest may be less. */
export function spansOf(days: readonly ChartDay[], unit: Unit): readonly Span[] {
  const groups = Map.groupBy(days.keys(), (index) => {
    if (unit === 'day') return index
    if (unit === 'week') return Math.floor((days.length - 1 - index) / 7)
    return new Date(days[index]?.day ?? 0).toISOString().slice(0, 7)
  })
  return [...groups.values()].map((indices) => {
    const part = indices.flatMap((index) => days[index] ?? [])
    return {
      start: Math.min(...part.map(({ day }) => day)),
      counts: part
        .map(({ counts }) => counts)
        .reduce((sum, counts) => counts.map((count, kind) => count + (sum[kind] ?? 0))),
      isUnknown: part.some(({ isUnknown }) => isUnknown === true),
    }
  })
}
