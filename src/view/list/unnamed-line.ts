import type { Filter } from '../../core/query/filter.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'

/** How many of an answer's entries Discord names nobody for. */
export interface Unnamed {
  readonly entries: number
  /** How many entries the answer counts in all. */
  readonly of: number
}

/**
 * Says how many entries Discord names nobody for: of those that are counted, or, where one moderator was asked for,
 * beside them. Undefined where it names somebody for each.
 * @param by the option that asks for the moderator
 */
export function unnamedLine(
  { entries, of }: Unnamed,
  { executorId }: Pick<Filter, 'executorId'>,
  by = 'by',
): string | undefined {
  if (entries === 0) return undefined
  if (executorId === undefined)
    return `Discord names nobody for ${formatNumber(entries)} of ${pluralize(of, 'entry', 'entries')}.`
  const more = pluralize(entries, 'more matching entry is', 'more matching entries are')
  const them = entries === 1 ? 'it' : 'them'
  return `${more} not shown: Discord names nobody for ${them}, so \`${by}\` cannot find ${them}.`
}
