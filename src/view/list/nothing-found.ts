import { hasHoles, type KnownCoverage } from '../../core/coverage/coverage.ts'
import type { Filter } from '../../core/query/filter.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { compareIds } from '../../core/snowflake.ts'
import { missingIn } from '../coverage-line.ts'

/** The options that narrow a question, by what of its filter each sets. What a command requires is not among its own. */
export type OptionNames = Readonly<Partial<Record<keyof Filter, string>>>

/** The options that all commands share. */
export const OPTION_NAMES = {
  executorId: 'by',
  targetId: 'on',
  kinds: 'action',
  channelId: 'channel',
  reason: 'reason',
} as const satisfies OptionNames

/** What to read where a question finds no entries: what was in the way, and what to try instead. */
export function nothingFound(query: SavedQuery, coverage: KnownCoverage, options: OptionNames): string {
  const { from, to } = query.filter
  if (hasHoles(coverage, from, to)) {
    return `No entries are known, but not all of this window could be read: ${missingIn(query.filter, coverage)}.`
  }
  const known =
    from === undefined ? 'The log is empty as far back as it is known.' : 'Nothing older is known.'
  return `No entries were found. ${howToWiden(query, coverage, options) ?? known}`
}

/**
 * What to try for more: `Try an earlier `since` or leaving out `by`.` Undefined where nothing would help.
 * @param also what else the command can be asked
 */
export function howToWiden(
  { filter }: SavedQuery,
  { ranges }: KnownCoverage,
  options: OptionNames,
  also: readonly string[] = [],
): string | undefined {
  const { from, to } = filter
  const [first] = ranges
  const isMoreKnown = from !== undefined && first !== undefined && compareIds(first.start, from) < 0
  const given = Object.entries(options).filter(([part]) => part in filter)
  const ways = [
    ...also,
    ...(isMoreKnown ? ['an earlier `since`'] : []),
    ...(to === undefined ? [] : ['a later `until`']),
    ...(given.length === 0 ? [] : [`leaving out ${either(given.map(([, name]) => `\`${name}\``))}`]),
  ]
  return ways.length === 0 ? undefined : `Try ${either(ways)}.`
}

/** `a`, `a or b`, `a, b or c`. */
function either(ways: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(ways)
}
