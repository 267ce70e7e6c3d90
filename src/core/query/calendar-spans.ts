import { Temporal } from 'temporal-polyfill'
import { compareIds, firstIdAt, minId, type Snowflake, timeOf } from '../snowflake.ts'
import { CALENDAR, type CalendarUnit } from '../time/calendar.ts'

/** The units that windows and digests are divided by. */
export const CALENDAR_UNITS = {
  day: { first: (day) => day, times: (days) => ({ days }) },
  ...CALENDAR,
} as const satisfies Readonly<Record<string, CalendarUnit>>

/** A unit of the calendar that a window is divided into. */
export type SpanUnit = keyof typeof CALENDAR_UNITS

/** From the shortest to the longest. */
const SPAN_UNITS: readonly SpanUnit[] = ['day', 'week', 'month', 'quarter', 'year']

/** A part of a window: from the first id inside it to the first id after it. */
export interface CalendarSpan {
  readonly from: Snowflake
  readonly to: Snowflake
  /** Whether the window cuts it short: it begins or ends within a day, week or other unit. */
  readonly isCut: boolean
}

/**
 * Divides a window into days of a time zone or, if those are too many, into weeks from Monday to Sunday, months, quarters
 * or years. There is at least one span, even if the window is empty.
 * @param most how many spans are not too many
 */
export function calendarSpans(
  from: Snowflake,
  to: Snowflake,
  timeZone: string,
  most: number,
): { readonly unit: SpanUnit; readonly spans: readonly CalendarSpan[] } {
  const startsOf = (unit: SpanUnit) => [
    ...unitsWithin(CALENDAR_UNITS[unit], from, to, timeZone).take(most + 2),
  ]
  const unit = SPAN_UNITS.find((each) => startsOf(each).length <= most + 1) ?? 'year'
  return { unit, spans: spansBetween(startsOf(unit), from, to) }
}

/** Where each span begins and the last one ends, up to an id after which nothing is counted. */
export function boundsOf(spans: readonly CalendarSpan[], end: Snowflake): Snowflake[] {
  return [...spans.map(({ from }) => from), ...spans.slice(-1).map(({ to }) => to)].map((id) =>
    minId(id, end),
  )
}

/** Where units start: the one that contains `from`, and each after it up to the first that is not before `to`. */
function* unitsWithin(unit: CalendarUnit, from: Snowflake, to: Snowflake, timeZone: string) {
  const moment = Temporal.Instant.fromEpochMilliseconds(timeOf(from)).toZonedDateTimeISO(timeZone)
  const first = unit.first(moment.toPlainDate())
  const startOf = (count: number) =>
    firstIdAt(first.add(unit.times(count)).toZonedDateTime(timeZone).epochMilliseconds)
  yield startOf(0)
  let next = startOf(1)
  for (let count = 2; compareIds(next, to) < 0; count++) {
    yield next
    next = startOf(count)
  }
  yield next
}

function spansBetween(starts: readonly Snowflake[], from: Snowflake, to: Snowflake): CalendarSpan[] {
  return starts.slice(1).map((next, index) => {
    const start = starts[index] ?? from
    const [startsInside, endsInside] = [compareIds(start, from) < 0, compareIds(to, next) < 0]
    return {
      from: startsInside ? from : start,
      to: endsInside ? to : next,
      isCut: startsInside || endsInside,
    }
  })
}
