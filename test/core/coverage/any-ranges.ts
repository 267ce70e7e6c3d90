import fc from 'fast-check'
import type { Range } from '../../../src/core/coverage/ranges.ts'
import { compareIds, type Snowflake } from '../../../src/core/snowflake.ts'

/** All ids that the ranges can have: few enough to check each. Their lengths differ. */
export const IDS = Array.from({ length: 130 }, (_, id) => String(id))

const anyRange = fc.tuple(fc.nat(100), fc.nat(12)).map(([start, length]) => range(start, start + length))

export const anyRanges = fc.array(anyRange, { maxLength: 12 })

export function range(start: number, end: number): Range {
  return { start: String(start), end: String(end) }
}

/** Whether an id is in one of some ranges. */
export function isWithin(ranges: readonly Range[], id: Snowflake): boolean {
  return ranges.some(({ start, end }) => compareIds(start, id) <= 0 && compareIds(id, end) <= 0)
}

/** Whether an id is between two others. An undefined one is no bound. */
export function isBetween(
  id: Snowflake,
  after: Snowflake | undefined,
  before: Snowflake | undefined,
): boolean {
  return (
    (after === undefined || compareIds(after, id) < 0) && (before === undefined || compareIds(id, before) < 0)
  )
}
