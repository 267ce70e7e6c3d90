import type { APIEmbedField } from 'discord-api-types/v10'
import { gapsWithin } from '../../core/coverage/gaps.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import { NO_NAMES } from '../../core/names/names.ts'
import { type Snowflake, timeOf } from '../../core/snowflake.ts'
import { pluralize } from '../../core/text/numbers.ts'
import { markdownFormatter } from '../text/formatter.ts'

/** How many ranges or gaps a field names; the rest are counted. */
const MOST_NAMED = 8

/** When coverage starts; or each complete range, if there are several or the last one has ended. */
export function completeField(coverage: KnownCoverage): APIEmbedField {
  const [first] = coverage.ranges
  if (!first) return { name: 'Complete since', value: 'nothing has been read yet', inline: true }
  const { between, missingSince } = gapsWithin(coverage, undefined, undefined)
  if (between.length === 0 && missingSince === null)
    return { name: 'Complete since', value: moment(first.start), inline: true }
  const ranges = coverage.ranges.map(({ start, end }) => `${moment(start)} to ${moment(end)}`)
  return { name: 'Complete', value: newest(ranges) }
}

/** Whether anything of the log is missing. */
export function hasGaps(coverage: KnownCoverage): boolean {
  return gapsOf(coverage).length > 0
}

/** The gaps of the whole log, oldest first. */
export function gapsField(coverage: KnownCoverage): APIEmbedField {
  const gaps = gapsOf(coverage)
  return gaps.length === 0
    ? { name: 'Holes', value: 'none', inline: true }
    : { name: 'Holes', value: newest(gaps) }
}

function gapsOf(coverage: KnownCoverage): string[] {
  if (coverage.ranges.length === 0) return ['everything']
  const { missingBefore, between, missingSince } = gapsWithin(coverage, undefined, undefined)
  return [
    ...(missingBefore === null ? [] : [`before ${moment(missingBefore)}`]),
    ...between.map(({ after, before }) => `${moment(after)} to ${moment(before)}`),
    ...(missingSince === null ? [] : [`since ${moment(missingSince)}`]),
  ]
}

const formatter = markdownFormatter(NO_NAMES)

function moment(id: Snowflake): string {
  return formatter.time(timeOf(id))
}

/** The newest lines, oldest first, below the number of those left out. */
function newest(lines: readonly string[]): string {
  const shown = lines.slice(-MOST_NAMED)
  const rest = lines.length - shown.length
  return [...(rest > 0 ? [`${pluralize(rest, 'more', 'more')} before`] : []), ...shown].join('\n')
}
