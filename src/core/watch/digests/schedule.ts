import { Cron } from 'croner'
import { Temporal } from 'temporal-polyfill'
import { CALENDAR_UNITS } from '../../query/calendar-spans.ts'
import { timeOf } from '../../snowflake.ts'
import type { Digest, Watch } from '../watch.ts'

/** When a digest is posted: the part of its definition that decides it. */
export type Schedule = Pick<Digest, 'every' | 'at'>

/** A day, week or month that a digest reports on. Times are in milliseconds since the Unix epoch. */
export interface Period {
  readonly from: number
  /** The end, which is the start of the next one. */
  readonly to: number
  /** When its report is due. */
  readonly dueAt: number
}

/** The last period whose report is due, and how many before it were not reported. */
export interface DuePeriod {
  readonly period: Period
  readonly skipped: number
}

/** The days of a cron pattern: each, each Monday, or each first of a month. */
const DAYS = { day: '* * *', week: '* * 1', month: '1 * *' } as const

/**
 * The last period whose report is due and was not handled; undefined if there is none. Each period of the calendar is due
 * once, also where clocks change. A digest does not report what was due before it was set.
 *
 * If the time zone has changed, a period is handled if more than half of it is. The next one begins where the last one ended,
 * so that each hour is in one report: it can be longer or shorter.
 * @param now in milliseconds since the Unix epoch
 * @param timeZone the guild's, an IANA name
 */
export function duePeriod(
  schedule: Schedule,
  { setAt, doneTo }: Pick<Watch, 'setAt' | 'doneTo'>,
  now: number,
  timeZone: string,
): DuePeriod | undefined {
  const isOpen = ({ from, to, dueAt }: Period) =>
    doneTo === undefined ? dueAt > timeOf(setAt) : (from + to) / 2 >= doneTo
  let skipped = -1
  let [period, first]: (Period | undefined)[] = []
  for (const each of periodsUpTo(schedule, now, timeZone)) {
    if (!isOpen(each)) break
    period ??= each
    first = each
    skipped++
  }
  if (period === undefined || first === undefined) return undefined
  if (doneTo === undefined || first.from === doneTo) return { period, skipped }
  if (skipped === 0) return { period: { ...period, from: doneTo }, skipped }
  // What lies before the first of those that are skipped is skipped with them.
  return { period, skipped: first.from > doneTo ? skipped + 1 : skipped }
}

/** The next period whose report is due after a moment, in milliseconds since the Unix epoch. */
export function nextPeriod(schedule: Schedule, after: number, timeZone: string): Period {
  const due = cronOf(schedule, timeZone).nextRun(new Date(after))
  if (due) return periodDueAt(due.getTime(), schedule, timeZone)
  throw new RangeError('There is no time after this one.')
}

/** The periods whose reports are due at a moment or before, the last one first. */
function* periodsUpTo(schedule: Schedule, moment: number, timeZone: string): Generator<Period> {
  const cron = cronOf(schedule, timeZone)
  // Croner gives what is before a moment.
  let before = moment + 1
  for (;;) {
    const [due] = cron.previousRuns(1, new Date(before))
    if (!due) return
    yield periodDueAt(due.getTime(), schedule, timeZone)
    before = due.getTime()
  }
}

/** The period that ended last when a report is due. */
function periodDueAt(dueAt: number, { every }: Schedule, timeZone: string): Period {
  const unit = CALENDAR_UNITS[every]
  const day = Temporal.Instant.fromEpochMilliseconds(dueAt).toZonedDateTimeISO(timeZone).toPlainDate()
  const end = unit.first(day)
  const startOf = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds
  return { from: startOf(end.subtract(unit.times(1))), to: startOf(end), dueAt }
}

/**
 * A time that the clocks skip is the first after it, and one that they show twice is the first of both. In the last hour of a
 * day, which only clocks in Greenland skip, nothing is due on that day.
 */
function cronOf({ every, at }: Schedule, timeZone: string): Cron {
  const pattern = `${at % 60} ${Math.floor(at / 60)} ${DAYS[every]}`
  return new Cron(pattern, { mode: '5-part', timezone: timeZone, paused: true })
}
