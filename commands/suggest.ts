import { suggestActions } from '../src/core/action-names.ts'
import type { ArchiveReader } from '../src/core/archive.ts'
import { cut, plainText } from '../src/core/inert.ts'
import type { Known } from '../src/core/known.ts'
import { UserError } from '../src/core/user-error.ts'
import { type Asked, explainWhen } from '../src/core/when.ts'
import type { Suggests } from './option.ts'

/** A choice that autocomplete offers. Both are of 100 characters at most. */
export interface Suggestion {
  readonly name: string
  readonly value: string
}

/** How many choices Discord shows. */
const MOST = 25

const USUAL_WINDOWS = ['24h', '7d', '30d', '90d', 'yesterday']

/** What an option offers for the text typed so far, best first. */
export async function suggestionsFor(
  suggests: Suggests,
  typed: string,
  asked: Asked,
  archive: ArchiveReader,
): Promise<Suggestion[]> {
  if (suggests === 'actions') return suggestActions(typed).slice(0, MOST).map(actionSuggestion)
  if (suggests === 'names') {
    const known = await archive.find(asked.guildId, typed.trim().replace(/^[@#]/, ''), MOST)
    return known.map(nameSuggestion)
  }
  const texts = typed.trim() === '' ? USUAL_WINDOWS : [typed.trim(), ...USUAL_WINDOWS]
  return [...new Set(texts)].flatMap((text) => timeSuggestion(text, suggests, asked))
}

function actionSuggestion({ name, is }: { name: string; is: string }): Suggestion {
  return { name: is === 'action' ? name : `${name} (${is})`, value: name }
}

function nameSuggestion({ id, is, name, gone }: Known): Suggestion {
  const mark = is === 'channel' || is === 'thread' ? '#' : is === 'user' || is === 'role' ? '@' : ''
  const what = is === 'user' ? 'member' : gone ? `deleted ${is}` : is
  return { name: `${mark}${plainText(name, 70)} (${what})`, value: id }
}

/** How a time would be understood; nothing for one that cannot be. */
function timeSuggestion(text: string, option: 'since' | 'until', asked: Asked): Suggestion[] {
  if (text.length > 100) return []
  try {
    return [{ name: cut(`${plainText(text, 60)} → ${explainWhen(text, option, asked)}`, 100), value: text }]
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
}
