import { mayLackEntries } from '../../core/coverage/gaps.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { Filter } from '../../core/query/filter.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { compareIds } from '../../core/snowflake.ts'
import { missingIn } from '../coverage-line.ts'

/** The option that sets each part of a filter. Required options are left out, since they cannot be removed. */
export type OptionNames = Readonly<Partial<Record<keyof Filter, string>>>

/** The options that most commands have. */
export const OPTION_NAMES = {
  executorId: 'by',
  targetId: 'on',
  kinds: 'action',
  channelId: 'channel',
  reason: 'reason',
} as const satisfies OptionNames

/** The text of a list without entries: what could not be read, or what to try instead. */
export function nothingFound(query: SavedQuery, coverage: KnownCoverage, options: OptionNames): string {
  const { from, to } = query.filter
  if (mayLackEntries(coverage, from, to)) {
    return `No entries are known, but not all of this time range could be read: ${missingIn(query, coverage)}.`
  }
  const searched = from === undefined ? 'The whole archive was searched.' : 'The archive has nothing older.'
  return `No entries were found. ${howToWiden(query, coverage, options) ?? searched}`
}

/**
 * What to try for more results: `Try an earlier `since` or leaving out `by`.` Undefined if nothing would help.
 * @param also further suggestions, which come first
 */
export function howToWiden(
  { filter }: SavedQuery,
  { ranges }: KnownCoverage,
  options: OptionNames,
  also: readonly string[] = [],
): string | undefined {
  const { from, to } = filter
  const [first] = ranges
  const hasOlder = from !== undefined && first !== undefined && compareIds(first.start, from) < 0
  const given = Object.entries(options).filter(([part]) => part in filter)
  const ways = [
    ...also,
    ...(hasOlder ? ['an earlier `since`'] : []),
    ...(to === undefined ? [] : ['a later `until`']),
    ...(given.length === 0 ? [] : [`leaving out ${either(given.map(([, name]) => `\`${name}\``))}`]),
  ]
  return ways.length === 0 ? undefined : `Try ${either(ways)}.`
}

/** `a`, `a or b`, `a, b or c`. */
function either(ways: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(ways)
}
