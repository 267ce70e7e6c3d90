import type { ArchiveReader } from '../../core/archive.ts'
import { actionOf } from '../../core/audit-log/action.ts'
import { timeOf } from '../../core/snowflake.ts'
import { truncate } from '../../core/text/escape.ts'
import type { ParseContext } from '../../core/time/bound.ts'
import { formatMoment } from '../../core/time/format-time.ts'
import { sentenceOf } from '../../view/entry/sentence.ts'
import { namedInEntry } from '../../view/named-ids.ts'
import { plainFormatter } from '../../view/text/formatter.ts'
import { MAX_CHOICE_LENGTH, type Suggestion } from '../option.ts'

/** How many of the newest entries are searched. */
const ENTRIES_SEARCHED = 200

/** The newest entries whose time, sentence or action contains a text, or whose id begins with it. */
export async function entrySuggestions(
  typed: string,
  context: ParseContext,
  archive: ArchiveReader,
): Promise<Suggestion[]> {
  const { guildId } = context
  const entries = await archive.list(guildId, {}, { order: 'newest', limit: ENTRIES_SEARCHED })
  const formatter = plainFormatter(
    await archive.names(guildId, entries.flatMap(namedInEntry)),
    context.timeZone,
  )
  const wanted = typed.toLowerCase()
  return entries.flatMap((entry) => {
    const label = `${formatMoment(timeOf(entry.id), context.timeZone)} · ${sentenceOf(entry, formatter)}`
    const matches =
      entry.id.startsWith(wanted) || `${label} ${actionOf(entry.kind).name}`.toLowerCase().includes(wanted)
    return matches ? [{ name: truncate(label, MAX_CHOICE_LENGTH), value: entry.id }] : []
  })
}
