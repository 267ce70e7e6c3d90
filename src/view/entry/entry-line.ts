import { actionOf } from '../../core/audit-log/action.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import { TIMEOUT_KEY } from '../../core/audit-log/timeout.ts'
import type { Change } from '../../core/changes/change.ts'
import { changesOf } from '../../core/changes/changes.ts'
import type { Names } from '../../core/names/names.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { type Snowflake, timeOf } from '../../core/snowflake.ts'
import { escapeMarkdown } from '../../core/text/escape.ts'
import { formatDayNear, formatTimeOfDay, formatWeekday } from '../../core/time/format-time.ts'
import { DAY } from '../../core/time/units.ts'
import { type Formatter, fitNames, markdownFormatter, timestamp } from '../text/formatter.ts'
import { formatValue } from '../text/value.ts'
import { changeLine, formatPermissions } from './change-line.ts'
import { sentenceOf } from './sentence.ts'

/** How much of a value a line shows. */
const BRIEF = { text: 40, items: 4 }

/** Change keys that are in the sentence of an entry already, by the object whose actions have such sentences. */
const KEYS_IN_SENTENCE: Readonly<Record<string, string>> = {
  [TIMEOUT_KEY]: 'member',
  $add: 'member_role',
  $remove: 'member_role',
  is_canceled: 'guild_scheduled_event_exception',
}

/** The longest change that a line shows, in characters. Of a longer one it shows only the label. */
const LONGEST_CHANGE = 160

/** Marks the entry that a list is about. */
export const AROUND_MARK = '👉 '

/** Entries of a list. */
export interface ListedEntries {
  readonly query: Pick<SavedQuery, 'askedAt' | 'timeZone' | 'aroundId'>
  readonly entries: readonly Entry[]
  /** The place of the first entry in the whole list, counted from 1. */
  readonly first: number
  readonly names: Names
  /** Whether all are so new that their days say nothing; false by default. */
  readonly areNew?: boolean
  /** Users whom the text above the list names already. */
  readonly introduced?: readonly (Snowflake | undefined)[]
}

/**
 * Entries as lines of at most `longest` characters in all: a number, what was done, by whom, to what and when, and the
 * reason if there is one. Reasons are shortened until the lines fit; if that is not enough, reasons and changes
 * are left out, then the names beside mentions.
 */
export function entryLines(listed: ListedEntries, longest: number): string {
  const times = timesOf(listed)
  for (const longestReason of [512, 300, 200, 120, 60, 20]) {
    const lines = linesOf(listed, times, longestReason)
    if (lines.length <= longest) return lines
  }
  const entries = listed.entries.map((entry) => ({ ...entry, reason: null, changes: [] }))
  return fitNames(longest, listed.names, (names) => linesOf({ ...listed, entries, names }, times, 0))
}

/** When an entry was made, in the time zone of the list. Each line also says how long ago that was. */
interface EntryTime {
  /** The day, if a heading above the entry says it. */
  readonly heading?: string
  /**
   * The time of day below a heading, otherwise the day. Empty for an entry of the last 24 hours. The line also says how
   * long ago that was, and the menu has both day and time, so the line stays short.
   */
  readonly shown: string
}

/** Whether any line has a day or a time of day as text, which is in the time zone of the list. */
export function showsTimesAsText(listed: Pick<ListedEntries, 'query' | 'entries' | 'areNew'>): boolean {
  return timesOf(listed).some(({ heading, shown }) => heading !== undefined || shown !== '')
}

function timesOf({
  query: { askedAt, timeZone },
  entries,
  areNew = false,
}: Pick<ListedEntries, 'query' | 'entries' | 'areNew'>): EntryTime[] {
  if (areNew) return entries.map(() => ({ shown: '' }))
  const times = entries.map(({ id }) => timeOf(id))
  const days = times.map((time) => formatDayNear(time, askedAt, timeZone))
  // Headings over single entries would make the list longer, so then each entry has its date.
  const hasHeadings = new Set(days).size * 2 <= entries.length
  return times.map((time, index) => {
    const day = days[index] ?? ''
    const isNew = askedAt - time < DAY
    if (!hasHeadings) return { shown: isNew ? '' : `${day} ` }
    const shown = isNew ? '' : `${formatTimeOfDay(time, timeZone)} `
    if (day === days[index - 1]) return { shown }
    return { heading: `**${formatWeekday(time, timeZone)} ${day}**`, shown }
  })
}

function linesOf(
  { query: { aroundId }, entries, first, names, introduced }: ListedEntries,
  times: readonly EntryTime[],
  longestReason: number,
): string {
  const formatter = markdownFormatter(names, introduced)
  return entries
    .flatMap((entry, index) => {
      const { id, kind, reason } = entry
      const { heading, shown } = times[index] ?? { shown: '' }
      const mark = id === aroundId ? AROUND_MARK : ''
      const ago = timestamp(timeOf(id), 'R')
      return [
        ...(heading === undefined ? [] : [heading]),
        `${first + index}. ${mark}${actionOf(kind).emoji} ${shown}${summaryOf(entry, formatter)} · ${ago}`,
        ...(reason ? [`> ${escapeMarkdown(reason, longestReason)}`] : []),
      ]
    })
    .join('\n')
}

/** An entry as a sentence with its first change: `@mod changed #general (slow mode: off → 30 seconds; and 2 more)`. */
export function summaryOf(entry: Entry, formatter: Formatter): string {
  const sentence = sentenceOf(entry, formatter)
  const [first, ...more] = notableChanges(entry)
  if (!first) return sentence
  const rest = more.length > 0 ? `; and ${more.length} more` : ''
  return `${sentence} (${brief(first, entry, formatter)}${rest})`
}

/** The changes that add to the sentence. For something created or deleted, the name in the sentence is enough. */
function notableChanges(entry: Entry): Change[] {
  const { category, object } = actionOf(entry.kind)
  if (object === 'channel_overwrite')
    return changesOf(entry).filter((change) => change.type === 'permissions' && change.parts.length > 0)
  if (category === 'created' || category === 'deleted') return []
  return changesOf(entry).filter(({ key }) => KEYS_IN_SENTENCE[key] !== object)
}

function brief(change: Change, { kind }: Entry, formatter: Formatter): string {
  if (change.type === 'permissions' && change.label.type === 'words')
    return formatPermissions(change, LONGEST_CHANGE)
  const line = changeLine(change, actionOf(kind).category, formatter, BRIEF)
  return line.length <= LONGEST_CHANGE ? line : `${formatValue(change.label, formatter, BRIEF)} changed`
}
