import { actionOf } from '../../core/audit-log/action.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import { TIMEOUT_KEY } from '../../core/audit-log/timeout.ts'
import type { Change } from '../../core/changes/change.ts'
import { changesOf } from '../../core/changes/changes.ts'
import type { Names } from '../../core/names/names.ts'
import { timeOf } from '../../core/snowflake.ts'
import { escapeMarkdown } from '../../core/text/escape.ts'
import { type Formatter, markdownFormatter, namedWithin } from '../text/formatter.ts'
import { valueIn } from '../text/value.ts'
import { changeLine, permittedIn } from './change-line.ts'
import { sentenceOf } from './sentence.ts'

/** How much of a value a list shows. */
const BRIEF = { text: 40, items: 4 }

/** What the sentence of an entry says itself: a key, and the object whose sentences say it. */
const SAID: Readonly<Record<string, string>> = {
  [TIMEOUT_KEY]: 'member',
  $add: 'member_role',
  $remove: 'member_role',
  is_canceled: 'guild_scheduled_event_exception',
}

/** How many characters a list gives to a change; of a longer one it says only that there was one. */
const LONGEST_CHANGE = 160

/** One entry in a list: what, by whom, on what, when, and why if a reason was given. */
export function entryLine(entry: Entry, names: Names, longestReason: number): string {
  const { emoji, name } = actionOf(entry.kind)
  const formatter = markdownFormatter(names)
  const line = `${emoji} **${name}** · ${essenceOf(entry, formatter)} · ${formatter.time(timeOf(entry.id))}`
  return entry.reason ? `${line}\n> ${escapeMarkdown(entry.reason, longestReason)}` : line
}

/**
 * Lines for entries, with reasons that are as long as they can be for all lines to fit. If the lines do not fit without
 * reasons either, what changed is left out, and then the names beside mentions.
 */
export function entryLines(entries: readonly Entry[], names: Names, limits: number): string {
  for (const longestReason of [512, 300, 200, 120, 60, 20]) {
    const lines = entries.map((entry) => entryLine(entry, names, longestReason)).join('\n')
    if (lines.length <= limits) return lines
  }
  return namedWithin(limits, names, (known) =>
    entries.map((entry) => entryLine({ ...entry, reason: null, changes: [] }, known, 0)).join('\n'),
  )
}

/** What an entry says, with the change that tells most: `@mod changed #general (slow mode: off → 30 seconds)`. */
export function essenceOf(entry: Entry, formatter: Formatter): string {
  const sentence = sentenceOf(entry, formatter)
  const [first, ...more] = telling(entry)
  if (!first) return sentence
  const rest = more.length > 0 ? `; and ${more.length} more` : ''
  return `${sentence} (${brief(first, entry, formatter)}${rest})`
}

/** The changes that a sentence leaves unsaid: what was made or unmade is told by its name. */
function telling(entry: Entry): Change[] {
  const { category, object } = actionOf(entry.kind)
  if (object === 'channel_overwrite')
    return changesOf(entry).filter((change) => change.did === 'permitted' && change.parts.length > 0)
  if (category === 'created' || category === 'deleted') return []
  return changesOf(entry).filter(({ key }) => SAID[key] !== object)
}

function brief(change: Change, { kind }: Entry, formatter: Formatter): string {
  if (change.did === 'permitted' && change.label.is === 'words') return permittedIn(change, LONGEST_CHANGE)
  const line = changeLine(change, actionOf(kind).category, formatter, BRIEF)
  return line.length <= LONGEST_CHANGE ? line : `${valueIn(change.label, formatter, BRIEF)} changed`
}
