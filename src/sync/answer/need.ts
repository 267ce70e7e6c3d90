import { GROWING } from '../../core/audit-log/action.ts'
import { type Filter, isAmong } from '../../core/query/filter.ts'
import type { Snowflake } from '../../core/snowflake.ts'

/** What an answer needs of a log: the entries from an id on, up to another, of some kinds. */
export type Need = Pick<Filter, 'to' | 'kinds'> & { readonly from: Snowflake }

/** The kinds that an answer needs whose counts grow without an event. */
export function growingKinds({ kinds = { noneOf: [] } }: Need): number[] {
  return GROWING.filter((kind) => isAmong(kind, kinds))
}

/** Whether an answer is about counts, such as how many messages were deleted. */
export function isAboutCounts({ kinds }: Need): boolean {
  return kinds !== undefined && 'anyOf' in kinds && kinds.anyOf.some((kind) => GROWING.includes(kind))
}
