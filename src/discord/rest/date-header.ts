import { LARGEST_SNOWFLAKE, timeOf } from '../../core/snowflake.ts'
import { DAY } from '../../core/time/units.ts'

/**
 * When an answer was given, by its `Date` header, in milliseconds since the Unix epoch; undefined where it does not say,
 * or names a moment at which no id can be made: that is not Discord's time.
 */
export function dateOf({ headers }: { readonly headers: Pick<Headers, 'get'> }): number | undefined {
  const date = Date.parse(headers.get('date') ?? '')
  return date >= timeOf('0') && date < timeOf(LARGEST_SNOWFLAKE) - MARGIN ? date : undefined
}

/** What is reckoned from a moment lies within a day of it, in milliseconds. */
const MARGIN = DAY
