import { actionOf } from '../src/core/action.ts'
import { type ActionName, suggestActions } from '../src/core/action-names.ts'
import type { ArchiveReader } from '../src/core/archive.ts'
import { cut, plainText } from '../src/core/inert.ts'
import type { Known } from '../src/core/known.ts'
import { timeOf } from '../src/core/snowflake.ts'
import { utcMoment } from '../src/core/utc.ts'
import type { Asked } from '../src/core/when.ts'
import { namedInEntry } from '../src/view/names.ts'
import { sentenceOf } from '../src/view/sentence.ts'
import { plain } from '../src/view/voice.ts'
import type { Suggests } from './option.ts'
import { timeSuggestions } from './suggest-time.ts'

/** A choice that autocomplete offers. Both are of 100 characters at most. */
export interface Suggestion {
  readonly name: string
  readonly value: string
}

/** How many choices Discord shows. */
const MOST = 25

/** How many names are looked through for those of members. */
const MANY = 200

/** How many of the newest entries are looked through for what is typed. */
const ENTRIES_SEARCHED = 200

/** What an option offers for the text typed so far, best first. */
export async function suggestionsFor(
  suggests: Suggests,
  typed: string,
  asked: Asked,
  archive: ArchiveReader,
): Promise<Suggestion[]> {
  switch (suggests) {
    case 'actions': {
      const seen = await archive.countByKind(asked.guildId, {})
      const known = new Set(seen.map(({ key }) => key))
      return suggestActions(typed, known).slice(0, MOST).map(actionSuggestion)
    }
    case 'names': {
      const known = await archive.find(asked.guildId, typed.trim().replace(/^[@#]/, ''), MOST)
      return known.map(nameSuggestion)
    }
    case 'members': {
      const known = await archive.find(asked.guildId, typed.trim().replace(/^@/, ''), MANY)
      return known.filter(isMember).slice(0, MOST).map(nameSuggestion)
    }
    case 'entries':
      return (await entrySuggestions(typed.trim(), asked, archive)).slice(0, MOST)
    default:
      return timeSuggestions(typed, suggests, asked).slice(0, MOST)
  }
}

function actionSuggestion({ name, is, also }: ActionName): Suggestion {
  const remark = is === 'action' ? also : is
  return { name: remark === undefined ? name : `${name} (${remark})`, value: name }
}

async function entrySuggestions(typed: string, asked: Asked, archive: ArchiveReader): Promise<Suggestion[]> {
  const { guildId } = asked
  const entries = await archive.list(guildId, {}, { order: 'newest', limit: ENTRIES_SEARCHED })
  const voice = plain(await archive.names(guildId, entries.flatMap(namedInEntry)))
  const wanted = typed.toLowerCase()
  return entries.flatMap((entry) => {
    const said = `${utcMoment(timeOf(entry.id))} · ${sentenceOf(entry, voice)}`
    const fits =
      entry.id.startsWith(wanted) || `${said} ${actionOf(entry.kind).name}`.toLowerCase().includes(wanted)
    return fits ? [{ name: cut(said, 100), value: entry.id }] : []
  })
}

function isMember({ is }: Known): boolean {
  return is === 'user' || is === 'bot'
}

function nameSuggestion({ id, is, name, gone }: Known): Suggestion {
  const mark =
    is === 'channel' || is === 'thread' ? '#' : is === 'user' || is === 'bot' || is === 'role' ? '@' : ''
  const what = is === 'user' ? 'member' : gone ? `deleted ${is}` : is
  return { name: `${mark}${plainText(name, 70)} (${what})`, value: id }
}
