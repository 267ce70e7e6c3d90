import type { APISelectMenuOption } from 'discord-api-types/v10'
import { actionOf } from '../../core/audit-log/action.ts'
import { timeOf } from '../../core/snowflake.ts'
import { truncate } from '../../core/text/escape.ts'
import { formatDayNear, formatTimeOfDay } from '../../core/time/format-time.ts'
import { plainFormatter } from '../text/formatter.ts'
import { AROUND_MARK, type ListedEntries, summaryOf } from './entry-line.ts'

/** Entries as the options of a menu, by the numbers of their lines, with when each was made. */
export function entryOptions({ entries, names, query, first }: ListedEntries): APISelectMenuOption[] {
  const formatter = plainFormatter(names, query.timeZone)
  return entries.map((entry, index) => {
    const { emoji, name } = actionOf(entry.kind)
    const mark = entry.id === query.aroundId ? AROUND_MARK : ''
    const time = timeOf(entry.id)
    const day = formatDayNear(time, query.askedAt, query.timeZone)
    const at = `${day} ${formatTimeOfDay(time, query.timeZone)}`
    return {
      value: entry.id,
      label: truncate(`${first + index}. ${mark}${name} · ${at}`, 100),
      description: truncate(summaryOf(entry, formatter), 100),
      emoji: { name: emoji },
    }
  })
}
