import { actionOf } from '../core/action.ts'
import type { Entry } from '../core/entry.ts'
import { inert } from '../core/inert.ts'
import { timeOf } from '../core/snowflake.ts'
import { sentenceOf } from './sentence.ts'
import { markdown } from './voice.ts'

/** One entry in a list: what, by whom, on what, when, and why if a reason was given. */
export function entryLine(entry: Entry, longestReason: number): string {
  const { emoji, name } = actionOf(entry.kind)
  const line = `${emoji} **${name}** · ${sentenceOf(entry, markdown)} · ${markdown.time(timeOf(entry.id))}`
  return entry.reason ? `${line}\n> ${inert(entry.reason, longestReason)}` : line
}

/** Lines for entries, their reasons shown as long as they may be for all lines to fit. */
export function entryLines(entries: readonly Entry[], room: number): string {
  for (const longestReason of [512, 300, 200, 120, 60, 20]) {
    const lines = entries.map((entry) => entryLine(entry, longestReason)).join('\n')
    if (lines.length <= room) return lines
  }
  return entries.map((entry) => entryLine({ ...entry, reason: null }, 0)).join('\n')
}
