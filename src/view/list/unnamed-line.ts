import type { Filter } from '../../core/query/filter.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'

/** How many entries of a list have no executor. */
export interface Unnamed {
  readonly entries: number
  /** How many entries the list has. */
  readonly of: number
}

/**
 * A line that says how many entries have no executor. If the query is for one moderator, these are entries that were
 * left out although that moderator may have made them. Undefined if there are none.
 * @param by the option that selects the moderator
 */
export function unnamedLine(
  { entries, of }: Unnamed,
  { executorId }: Pick<Filter, 'executorId'>,
  by = 'by',
): string | undefined {
  if (entries === 0) return undefined
  if (executorId === undefined)
    return `Discord does not say who made ${formatNumber(entries)} of ${pluralize(of, 'entry', 'entries')}.`
  const more = pluralize(entries, 'more matching entry is', 'more matching entries are')
  const them = entries === 1 ? 'it' : 'them'
  return `${more} not shown: Discord does not say who made ${them}, so \`${by}\` cannot find ${them}.`
}
