import type { APIEmbedField } from 'discord-api-types/v10'
import { gapsWithin, isUncovered, mayLackEntries } from '../../core/coverage/gaps.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { DeleteTotals } from '../../core/query/deletes.ts'
import type { Ranking } from '../../core/query/ranking.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { type ActionTally, sumOf } from '../../core/query/tally.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { NO_BREAK } from '../text/no-break.ts'

/** How many parts of a split are named; the rest are counted. */
export const COUNT_LINES = 5

const NOT_KNOWN = '*not known*'

const MAY_BE_HIGHER = '*may be higher*'

/** The nouns of a title, for more than one and for a number that is not known. */
const NOUNS = {
  action: { plural: 'actions', capitalized: 'Actions' },
  entry: { plural: 'entries', capitalized: 'Entries' },
  message: { plural: 'messages', capitalized: 'Messages' },
} as const

/** The query whose entries are counted, and the coverage of its window. */
interface Window {
  readonly query: SavedQuery
  readonly coverage: KnownCoverage
}

/** What a title counts. */
interface Counted {
  /** Actions and entries are the same; messages add up counts, which can have grown since they were read. */
  readonly noun: keyof typeof NOUNS
  /** The rest of the title, such as ` by @mod`. */
  readonly rest: string
}

/** A count as the title of an answer: `212 actions by @mod`; `At least …` where gaps or old counts may make it too low. */
export function headline(number: number, { noun, rest }: Counted, { query, coverage }: Window): string {
  const { from, to } = query.filter
  if (number === 0 && isUncovered(coverage, from, to)) {
    return `${NOUNS[noun].capitalized}${rest}: not known`
  }
  const isAsOfBefore = noun === 'message' && coverage.countsAsOf !== undefined
  const mayBeHigher = isAsOfBefore || mayLackEntries(coverage, from, to)
  if (number === 0) return `No ${NOUNS[noun].plural}${rest}${mayBeHigher ? ', as far as is known' : ''}`
  return `${mayBeHigher ? 'At least ' : ''}${pluralize(number, noun, NOUNS[noun].plural)}${rest}`
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

/** A field that splits a count by action: `🗑️ Message Delete **91** (232 messages) · ⏳ Member Timeout **27**`. */
export function actionField(name: string, tallies: readonly ActionTally[], window: Window): APIEmbedField {
  // A single one more takes no more space than its number.
  const shown = tallies.length > COUNT_LINES + 1 ? tallies.slice(0, COUNT_LINES) : tallies
  const parts = shown.map(actionCount)
  const rest = tallies.slice(shown.length)
  const others = `${pluralize(rest.length, 'other kind')} **${formatNumber(sumOf(rest).entries)}**`
  return { name, value: joined(parts, rest.length > 0 ? [others] : [], window) }
}

/** How often an action was taken: `🗑️ Message Delete **91** (232 messages)`. A line can end only before the bracket. */
export function actionCount({ key, emoji, counts, entries, units }: ActionTally): string {
  const amount = units === entries ? [] : [`(${pluralize(units, counts ?? 'action')})`]
  const parts = [`${emoji} ${key} **${formatNumber(entries)}**`, ...amount]
  return parts.map((part) => part.replaceAll(' ', NO_BREAK)).join(' ')
}

/**
 * A field that splits a count by moderator, channel or author: `@mod **305** · @other **220** · and 9 others`.
 * @param options `of` is the number that is shown; `also` further parts of the split; `remark` what it leaves out
 */
export function rankingField(
  name: string,
  { top, size }: Ranking,
  mention: (id: string) => string,
  window: Window,
  { of = 'units', also = [], remark }: RankingOptions = {},
): APIEmbedField {
  const parts = top.map(
    (tally) => `${tally.key === null ? 'unknown' : mention(tally.key)} **${formatNumber(tally[of])}**`,
  )
  const rest = size - top.length
  const value = joined(
    [...parts, ...also],
    rest > 0 ? [`and ${pluralize(rest, 'other')}`.replaceAll(' ', NO_BREAK)] : [],
    window,
  )
  return { name, value: remark === undefined ? value : `${value} · ${remark}` }
}

interface RankingOptions {
  readonly of?: 'entries' | 'units'
  readonly also?: readonly string[]
  readonly remark?: string | undefined
}

function joined(parts: readonly string[], rest: readonly string[], { query, coverage }: Window): string {
  const { from, to } = query.filter
  if (parts.length === 0) return mayLackEntries(coverage, from, to) ? NOT_KNOWN : 'none'
  return [...parts, ...rest].join(' · ')
}

/** How many of some deleted messages were deleted in bulk; undefined if none were. */
export function inBulk({ bulk, units }: Pick<DeleteTotals, 'bulk' | 'units'>): string | undefined {
  if (bulk === 0) return undefined
  return bulk === units ? 'all of them in bulk' : `${formatNumber(bulk)} of them in bulk`
}
