import type { ArchiveReader } from '../core/archive.ts'
import { actionOf } from '../core/audit-log/action.ts'
import { type ActionName, suggestActions } from '../core/audit-log/action-names.ts'
import { classOf, type EntityClass } from '../core/names/entity-class.ts'
import type { NamedEntity } from '../core/names/named-entity.ts'
import { readTarget, writeTargets } from '../core/query/target.ts'
import { timeOf } from '../core/snowflake.ts'
import { plainText, truncate } from '../core/text/escape.ts'
import { utcMoment } from '../core/time/utc.ts'
import type { ParseContext } from '../core/time/when.ts'
import { sentenceOf } from '../view/entry/sentence.ts'
import { namedInEntry } from '../view/named-ids.ts'
import { plainFormatter } from '../view/text/formatter.ts'
import { timeSuggestions } from './autocomplete-time.ts'
import type { Suggests } from './option.ts'

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
  asked: ParseContext,
  archive: ArchiveReader,
): Promise<Suggestion[]> {
  switch (suggests) {
    case 'actions': {
      const seen = await archive.countByKind(asked.guildId, {})
      const known = new Set(seen.map(({ key }) => key))
      return suggestActions(typed, known).slice(0, MOST).map(actionSuggestion)
    }
    case 'names':
      return nameSuggestions(await knownAs(typed, asked, archive, MOST), asked, archive)
    case 'members': {
      const known = (await knownAs(typed, asked, archive, MANY)).filter(
        ({ type }) => classOf(type) === 'user',
      )
      return nameSuggestions(known.slice(0, MOST), asked, archive)
    }
    case 'entries':
      return (await entrySuggestions(typed.trim(), asked, archive)).slice(0, MOST)
    default:
      return timeSuggestions(typed, suggests, asked).slice(0, MOST)
  }
}

function actionSuggestion({ name, is: type, also }: ActionName): Suggestion {
  const remark = type === 'action' ? also : type
  return { name: remark === undefined ? name : `${name} (${remark})`, value: name }
}

async function entrySuggestions(
  typed: string,
  asked: ParseContext,
  archive: ArchiveReader,
): Promise<Suggestion[]> {
  const { guildId } = asked
  const entries = await archive.list(guildId, {}, { order: 'newest', limit: ENTRIES_SEARCHED })
  const formatter = plainFormatter(await archive.names(guildId, entries.flatMap(namedInEntry)))
  const wanted = typed.toLowerCase()
  return entries.flatMap((entry) => {
    const said = `${utcMoment(timeOf(entry.id))} · ${sentenceOf(entry, formatter)}`
    const fits =
      entry.id.startsWith(wanted) || `${said} ${actionOf(entry.kind).name}`.toLowerCase().includes(wanted)
    return fits ? [{ name: truncate(said, 100), value: entry.id }] : []
  })
}

/** Things that match what was typed: a part of a name, the beginning of an id, or a whole target as it is sent. */
async function knownAs(
  typed: string,
  { guildId }: ParseContext,
  archive: ArchiveReader,
  most: number,
): Promise<readonly NamedEntity[]> {
  const target = readTarget(typed)
  if ('name' in target) return archive.findNames(guildId, target.name, most)
  const { id, is: type = 'any' } = target
  const found = await archive.findNames(guildId, id, most)
  return type === 'any' ? found : found.filter((known) => known.id === id && classOf(known.type) === type)
}

async function nameSuggestions(
  known: readonly NamedEntity[],
  { guildId }: ParseContext,
  archive: ArchiveReader,
): Promise<Suggestion[]> {
  const names = await archive.names(
    guildId,
    known.map(({ id }) => id),
  )
  const values = writeTargets(
    known.map(({ id, type }) => ({ id, type: classOf(type) })),
    names,
  )
  return known.map((each, index) => ({ name: suggestedName(each), value: values[index] ?? each.id }))
}

const MARKS: Readonly<Partial<Record<EntityClass, string>>> = { channel: '#', user: '@', role: '@' }

/** `#general (channel)`. */
function suggestedName({ type, name, presence }: NamedEntity): string {
  const mark = MARKS[classOf(type)] ?? ''
  const kind = type === 'user' ? 'member' : type === 'guild' ? 'server' : type
  const what = presence === 'gone' && type !== 'user' ? `deleted ${kind}` : kind
  // The role of everyone has its mark in its name.
  return `${name.startsWith(mark) ? '' : mark}${plainText(name, 70)} (${what})`
}
