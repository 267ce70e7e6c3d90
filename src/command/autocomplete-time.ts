import { plainText, truncate } from '../core/text/escape.ts'
import { CUSTOS_JOINED, type ParseContext, parseBound } from '../core/time/bound.ts'
import { timeHints } from '../core/time/time-hints.ts'
import type { Suggestion } from './autocomplete.ts'

/** Windows that are often asked for; the last length is as far back as Discord's own log goes. */
const USUAL_WINDOWS = ['24h', '7d', '30d', '45d', '90d', 'yesterday']

/** How long the name and the value of a choice may be. */
const LONGEST = 100

/**
 * What `since` and `until` offer: the typed text with how it is understood, then the usual windows. If the text is
 * refused, the first choice says why and sends the text as it is, and texts that may be meant follow. The first choice
 * always means what was typed, because Discord marks it and Enter takes it.
 */
export function timeSuggestions(text: string, option: 'since' | 'until', asked: ParseContext): Suggestion[] {
  const typed = text.trim().replace(/\s+/g, ' ')
  const usual = asked.joinedAt === undefined ? USUAL_WINDOWS : [...USUAL_WINDOWS, CUSTOS_JOINED]
  if (typed === '') return offered(usual, option, asked)
  const understood = parseBound(typed, option, asked)
  if (understood.type === 'parsed') {
    // A text that is too long for a choice is sent as it is when there are no choices.
    if (typed.length > LONGEST) return []
    const others = usual.filter((each) => each !== typed)
    return [choice(typed, understood.explained), ...offered(others, option, asked)]
  }
  const longer = usual.filter((each) => each.toLowerCase().startsWith(typed.toLowerCase()))
  const meant = typed.length > LONGEST ? [] : timeHints(typed, asked.now)
  const hints = offered([...meant, ...longer], option, asked)
  return [refusal(typed, understood.reason, hints.length), ...hints]
}

/** Texts with how they are understood, without those that are refused, too long, or as old as Discord’s first id. */
function offered(texts: readonly string[], option: 'since' | 'until', asked: ParseContext): Suggestion[] {
  return [...new Set(texts)].flatMap((text) => {
    const understood = parseBound(text, option, asked)
    const isUseful = understood.type === 'parsed' && understood.bound !== '0' && text.length <= LONGEST
    return isUseful ? [choice(text, understood.explained)] : []
  })
}

function choice(text: string, explained: string): Suggestion {
  const shown = text === '45d' ? 'Discord’s 45 days' : plainText(text, 60)
  return { name: truncate(`${shown} → ${explained}`, LONGEST), value: text }
}

/** Says why a time is refused. A text that is cut ends with “…”, so it is refused too. */
function refusal(typed: string, why: string, hints: number): Suggestion {
  const [none, one, several] = HELP
  const help = hints === 0 ? none : hints === 1 ? one : several
  return {
    name: truncate(`“${plainText(typed, 40)}” ${why}. ${help}`, LONGEST),
    value: truncate(typed, LONGEST),
  }
}

const HELP = ['Try 24h, 7d, yesterday or 2026-08-01', 'Did you mean this?', 'Did you mean one of these?']
