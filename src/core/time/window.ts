import { UserError } from '../errors.ts'
import { compareIds, firstIdAt, type Snowflake, timeOf } from '../snowflake.ts'
import { type AcceptedBound, type ParseContext, type ParsedBound, parseBound } from './bound.ts'
import { formatMoment } from './format-time.ts'

/** A range of time as ids: from the first id inside it to the first id after it. Without a bound it is open. */
export interface Window {
  readonly from: Snowflake | undefined
  readonly to: Snowflake | undefined
}

/**
 * The window that `since` and `until` describe. Times are in the guild's time zone unless they name one.
 * @param defaultLength how far back the window reaches without `since`, in milliseconds; absent for no lower bound
 * @throws UserError for a time that cannot be read or is in the future, and for a `since` that is not before `until`
 */
export function windowOf(
  { since, until }: { since?: string | undefined; until?: string | undefined },
  context: ParseContext,
  defaultLength?: number,
): Window {
  const last = until === undefined ? undefined : orThrow(parseBound(until, 'until', context))
  const to = last?.bound
  const end = to === undefined ? context.now : Math.min(timeOf(to), context.now)
  const byDefault = defaultLength === undefined ? undefined : firstIdAt(end - defaultLength)
  const from = since === undefined ? byDefault : orThrow(parseBound(since, 'since', context)).bound
  if (from !== undefined && to !== undefined && compareIds(from, to) >= 0) {
    const [start, finish] = [from, to].map((bound) => formatMoment(timeOf(bound), context.timeZone))
    const both = `\`since\` (${start}) must be before \`until\` (${finish}).`
    throw new UserError(
      `${both} ${last?.next === undefined ? 'Swap them, or leave one out.' : leaveOut(last.next, context.timeZone)}`,
    )
  }
  return { from, to }
}

function leaveOut(next: number, timeZone: string): string {
  return (
    `\`until\` was read as the last such time, because ${formatMoment(next, timeZone)} is still in the future. ` +
    'Leave `until` out to get everything up to now.'
  )
}

function orThrow(parsed: ParsedBound): AcceptedBound {
  if (parsed.type === 'rejected') throw new UserError(parsed.sentence)
  return parsed
}
