import type { APIEmbedField } from 'discord-api-types/v10'
import { gapsWithin, isUncovered, mayLackEntries } from '../../core/coverage/gaps.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { Ranking } from '../../core/query/ranking.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import type { ActionTally } from '../../core/query/tally.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'

/** How many lines a field shows at most, besides the one that counts the rest. */
export const COUNT_LINES = 8

const NOT_KNOWN = '*not known*'

const MAY_BE_HIGHER = '*may be higher*'

/** The query whose entries are counted, and the coverage of its window. */
interface Window {
  readonly query: SavedQuery
  readonly coverage: KnownCoverage
}

/** A field with one number. The number is marked if gaps in the window may make it too low. */
export function numberField(
  name: string,
  number: number,
  window: Window,
  remark?: string | undefined,
): APIEmbedField {
  return field(name, [...numberLines(number, window), ...(remark === undefined ? [] : [remark])])
}

/** The same for a number that adds up counts, which can have grown since they were read. */
export function unitsField(
  name: string,
  units: number,
  window: Window,
  remark: string | undefined,
): APIEmbedField {
  const lines = new Set(numberLines(units, window))
  if (window.coverage.countsAsOf !== undefined && !lines.has(NOT_KNOWN)) lines.add(MAY_BE_HIGHER)
  return field(name, [...lines, ...(remark === undefined ? [] : [remark])])
}

function field(name: string, lines: readonly string[]): APIEmbedField {
  return { name, value: lines.join('\n'), inline: true }
}

/**
 * The footer names every gap. In addition, a number is marked if the window reaches past the end of coverage, and a
 * zero if the window has any gap.
 */
function numberLines(number: number, { query, coverage }: Window): string[] {
  const { from, to } = query.filter
  if (number === 0 && isUncovered(coverage, from, to)) return [NOT_KNOWN]
  const lacksEnd = coverage.ranges.length === 0 || gapsWithin(coverage, from, to).missingSince !== null
  const mayBeHigher = lacksEnd || (number === 0 && mayLackEntries(coverage, from, to))
  return [formatNumber(number), ...(mayBeHigher ? [MAY_BE_HIGHER] : [])]
}

/** A field that splits a count by action. */
export function actionField(name: string, tallies: readonly ActionTally[], window: Window): APIEmbedField {
  const shown = tallies.slice(0, COUNT_LINES)
  const lines = shown.map(({ key, counts, entries, units }) => {
    const amount = units === entries ? '' : ` (${pluralize(units, counts ?? 'action')})`
    return `${key} **${formatNumber(entries)}**${amount}`
  })
  return { name, value: withRest(lines, tallies.length, window), inline: true }
}

/** A field that splits a count by moderator, channel or author. */
export function rankingField(
  name: string,
  { top, size }: Ranking,
  mention: (id: string) => string,
  window: Window,
  { of = 'units', remark }: { of?: 'entries' | 'units'; remark?: string | undefined } = {},
): APIEmbedField {
  const lines = top.map(
    (tally) => `${tally.key === null ? 'unknown' : mention(tally.key)} **${formatNumber(tally[of])}**`,
  )
  const value = withRest(lines, size, window)
  return { name, value: remark === undefined ? value : `${value}\n${remark}`, inline: true }
}

function withRest(lines: readonly string[], size: number, { query, coverage }: Window): string {
  const { from, to } = query.filter
  if (lines.length === 0) return mayLackEntries(coverage, from, to) ? NOT_KNOWN : 'none'
  const rest = size - lines.length
  return [...lines, ...(rest > 0 ? [`and ${pluralize(rest, 'other')}`] : [])].join('\n')
}
