import { cut, plainText } from '../src/core/inert.ts'
import { timeHints } from '../src/core/time-hints.ts'
import { type Asked, BOT_JOINED, understand } from '../src/core/when.ts'
import type { Suggestion } from './suggest.ts'

/** Windows that are often asked for; the last length is as far back as Discord's own log goes. */
const USUAL_WINDOWS = ['24h', '7d', '30d', '45d', '90d', 'yesterday']

/** How long the name and the value of a choice may be. */
const LONGEST = 100

/**
 * What `since` and `until` offer: the typed text with how it is understood, then the usual windows. If the text is
 * refused, the first choice says why and sends the text as it is, and texts that may be meant follow. The first choice
 * always means what was typed, because Discord marks it and Enter takes it.
 */
export function timeSuggestions(text: string, option: 'since' | 'until', asked: Asked): Suggestion[] {
  const typed = text.trim().replace(/\s+/g, ' ')
  const usual = asked.joinedAt === undefined ? USUAL_WINDOWS : [...USUAL_WINDOWS, BOT_JOINED]
  const readable = (texts: readonly string[]) =>
    [...new Set(texts)].flatMap((each) => readableTime(each, option, asked))
  if (typed === '') return readable(usual)
  const understood = understand(typed, option, asked)
  // A text that is too long for a choice is sent as it is when there are no choices.
  if (understood.is === 'read') return typed.length > LONGEST ? [] : readable([typed, ...usual])
  const longer = usual.filter((each) => each.startsWith(typed.toLowerCase()))
  const hints = readable([...timeHints(typed), ...longer])
  return [refusal(typed, understood.why, hints.length > 0), ...hints]
}

/** A time with how it is understood; nothing for one that is refused or too long for a choice. */
function readableTime(text: string, option: 'since' | 'until', asked: Asked): Suggestion[] {
  const understood = understand(text, option, asked)
  if (understood.is === 'refused' || text.length > LONGEST) return []
  const shown = text === '45d' ? 'Discord’s 45 days' : plainText(text, 60)
  return [{ name: cut(`${shown} → ${understood.explained}`, LONGEST), value: text }]
}

/** Says why a time is refused. A text that is cut ends with “…”, so it is refused too. */
function refusal(typed: string, why: string, hasHints: boolean): Suggestion {
  const help = hasHints ? 'Did you mean one of these?' : 'Try 24h, 7d, yesterday or 2026-08-01'
  return { name: cut(`“${plainText(typed, 40)}” ${why}. ${help}`, LONGEST), value: cut(typed, LONGEST) }
}
