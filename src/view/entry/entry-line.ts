import { actionOf } from '../../core/audit-log/action.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import { TIMEOUT_KEY } from '../../core/audit-log/kind.ts'
import type { Change } from '../../core/changes/change.ts'
import { changesOf } from '../../core/changes/changes.ts'
import type { Names } from '../../core/names/names.ts'
import { timeOf } from '../../core/snowflake.ts'
import { escapeMarkdown } from '../../core/text/escape.ts'
import { type Formatter, fitNames, markdownFormatter } from '../text/formatter.ts'
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

/** One entry in a list: what was done, by whom, to what, when, and the reason if there is one. */
function entryLine(entry: Entry, names: Names, longestReason: number): string {
  const { emoji, name } = actionOf(entry.kind)
  const formatter = markdownFormatter(names)
  const line = `${emoji} **${name}** · ${summaryOf(entry, formatter)} · ${formatter.time(timeOf(entry.id))}`
  return entry.reason ? `${line}\n> ${escapeMarkdown(entry.reason, longestReason)}` : line
}

/**
 * Entries as lines of at most `longest` characters in all. Reasons are shortened until the lines fit; if that is not
 * enough, reasons and changes are left out, then the names beside mentions.
 */
export function entryLines(entries: readonly Entry[], names: Names, longest: number): string {
  for (const longestReason of [512, 300, 200, 120, 60, 20]) {
    const lines = entries.map((entry) => entryLine(entry, names, longestReason)).join('\n')
    if (lines.length <= longest) return lines
  }
  return fitNames(longest, names, (known) =>
    entries.map((entry) => entryLine({ ...entry, reason: null, changes: [] }, known, 0)).join('\n'),
  )
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
