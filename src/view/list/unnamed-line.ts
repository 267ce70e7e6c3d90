import type { Filter } from '../../core/query/filter.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'

/** How many of an answer's entries have no executor. */
export interface Unnamed {
  readonly entries: number
  /** How many entries the answer has. */
  readonly of: number
}

/**
 * Says how many entries have no executor: of the answer's entries, or, if the query is for one moderator, of those left
 * out because they may be that moderator's. Undefined if there are none.
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
