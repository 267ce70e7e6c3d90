import { plainText, truncate } from '../../core/text/escape.ts'
import { CUSTOS_JOINED, type ParseContext, parseBound } from '../../core/time/bound.ts'
import { timeHints } from '../../core/time/time-hints.ts'
import { MAX_CHOICE_LENGTH, type Suggestion } from '../option.ts'

/** Suggested before anything is typed. Discord's own log goes back 45 days. */
const USUAL_WINDOWS = ['24h', '7d', '30d', '45d', '90d', 'yesterday']

/**
 * The suggestions for `since` and `until`: the typed text with the time it means in the guild's time zone, then the usual
 * windows. If the text cannot be read, the first choice says why, and corrected texts follow. The first choice always
 * sends the typed text, because Discord preselects it.
 */
export function timeSuggestions(
  text: string,
  option: 'since' | 'until',
  context: ParseContext,
): Suggestion[] {
  const typed = text.trim().replace(/\s+/g, ' ')
  const usual = context.joinedAt === undefined ? USUAL_WINDOWS : [...USUAL_WINDOWS, CUSTOS_JOINED]
  if (typed === '') return choicesFor(usual, option, context)
  const parsed = parseBound(typed, option, context)
  if (parsed.type === 'parsed') {
    // Without choices, Discord sends the text as it was typed, which may be longer than a choice.
    if (typed.length > MAX_CHOICE_LENGTH) return []
    const others = usual.filter((each) => each !== typed)
    return [choice(typed, parsed.explained), ...choicesFor(others, option, context)]
  }
  const longer = usual.filter((each) => each.toLowerCase().startsWith(typed.toLowerCase()))
  const corrected = typed.length > MAX_CHOICE_LENGTH ? [] : timeHints(typed, context.now, context.timeZone)
  const hints = choicesFor([...corrected, ...longer], option, context)
  return [rejection(typed, parsed.reason, hints.length), ...hints]
}

/** Each text with the time it means, without texts that cannot be read, are too long, or mean a time before Discord. */
function choicesFor(
  texts: readonly string[],
  option: 'since' | 'until',
  context: ParseContext,
): Suggestion[] {
  return [...new Set(texts)].flatMap((text) => {
    const parsed = parseBound(text, option, context)
    const isUseful = parsed.type === 'parsed' && parsed.bound !== '0' && text.length <= MAX_CHOICE_LENGTH
    return isUseful ? [choice(text, parsed.explained)] : []
  })
}

function choice(text: string, explained: string): Suggestion {
  const shown = text === '45d' ? 'Discord’s 45 days' : plainText(text, 60)
  return { name: truncate(`${shown} → ${explained}`, MAX_CHOICE_LENGTH), value: text }
}

/** A choice that says why a time cannot be read. A truncated text ends with “…”, so it cannot be read either. */
function rejection(typed: string, reason: string, hints: number): Suggestion {
  const [none, one, several] = HELP
  const help = hints === 0 ? none : hints === 1 ? one : several
  return {
    name: truncate(`“${plainText(typed, 40)}” ${reason}. ${help}`, MAX_CHOICE_LENGTH),
    value: truncate(typed, MAX_CHOICE_LENGTH),
  }
}

const HELP = ['Try 24h, 7d, yesterday or 2026-08-01', 'Did you mean this?', 'Did you mean one of these?']
