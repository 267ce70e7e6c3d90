import { compareIds, maxId, minId, type Snowflake } from '../snowflake.ts'

/** A range of a guild's log that is complete, both ends included. */
export interface Range {
  readonly start: Snowflake
  readonly end: Snowflake
}

/** Joins ranges that touch or overlap; the result is in order, oldest first. */
export function joinRanges(ranges: readonly Range[]): Range[] {
  const joined: Range[] = []
  for (const range of [...ranges].sort((a, b) => compareIds(a.start, b.start))) {
    const last = joined.at(-1)
    if (last && compareIds(range.start, last.end) <= 0) {
      joined[joined.length - 1] = { start: last.start, end: maxId(last.end, range.end) }
    } else {
      joined.push(range)
    }
  }
  return joined
}

/** The newest range; undefined where there is none. */
export function newestRange(ranges: readonly Range[]): Range | undefined {
  return joinRanges(ranges).at(-1)
}

/** The parts of ranges up to an id. */
export function rangesUpTo(ranges: readonly Range[], end: Snowflake): Range[] {
  return ranges
    .filter(({ start }) => compareIds(start, end) <= 0)
    .map((range) => ({ start: range.start, end: minId(range.end, end) }))
}
