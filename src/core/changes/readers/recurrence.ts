import {
  GuildScheduledEventRecurrenceRuleFrequency as Frequency,
  GuildScheduledEventRecurrenceRuleWeekday as Weekday,
} from 'discord-api-types/v10'
import { isRecord, recordsIn } from '../../json.ts'
import { abbreviated, MONTHS } from '../../time/calendar-names.ts'
import { words } from '../value.ts'
import type { Reader } from './readers.ts'

const UNITS: Readonly<Record<number, string>> = {
  [Frequency.Yearly]: 'year',
  [Frequency.Monthly]: 'month',
  [Frequency.Weekly]: 'week',
  [Frequency.Daily]: 'day',
}

const ORDINALS = ['', '1st', '2nd', '3rd', '4th', '5th']

/**
 * How an event repeats: `every 2 weeks on Tuesday`.
 * https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object
 */
export const recurrence: Reader = (sent) => {
  if (!isRecord(sent) || typeof sent.frequency !== 'number') return undefined
  const unit = UNITS[sent.frequency]
  if (unit === undefined) return undefined
  const interval = typeof sent.interval === 'number' ? sent.interval : 1
  const days = [
    ...numbers(sent.by_weekday).map((day) => Weekday[day] ?? `day ${day}`),
    ...recordsIn(sent.by_n_weekday).map(
      ({ n, day }) => `the ${ORDINALS[Number(n)] ?? n} ${Weekday[Number(day)] ?? day}`,
    ),
    ...numbers(sent.by_month_day).map(
      (day, index) => `${day} ${abbreviated(MONTHS[(numbers(sent.by_month)[index] ?? 0) - 1] ?? '')}`,
    ),
  ]
  const every = interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`
  return words(days.length > 0 ? `${every} on ${days.join(', ')}`.trimEnd() : every)
}

function numbers(sent: unknown): number[] {
  return Array.isArray(sent) ? sent.filter((item) => typeof item === 'number') : []
}
