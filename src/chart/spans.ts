import type { ChartDay } from '../core/query/activity-chart.ts'

/** The period of one column. */
export type Unit = 'day' | 'week' | 'month'

/** The days of one column, added up. */
export interface Span {
  /** Its first day, in milliseconds since the Unix epoch. */
  readonly start: number
  /** In the order of the chart’s kinds. */
  readonly counts: readonly number[]
  /** Whether one of its days is not fully covered. */
  readonly isUnknown: boolean
}

/** More columns would be too thin on a phone. */
const MAX_COLUMNS = 100

/** The shortest period of a column for which there are not too many columns. */
export function unitFor(days: number): Unit {
  if (days <= MAX_COLUMNS) return 'day'
  return days <= MAX_COLUMNS * 7 ? 'week' : 'month'
}

/** Adds up the days of each period. Weeks are counted back from the last day, so only the oldest can be shorter. */
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
