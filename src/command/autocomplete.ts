import type { ArchiveReader } from '../core/archive.ts'
import { actionOf } from '../core/audit-log/action.ts'
import { type ActionName, suggestActions } from '../core/audit-log/action-names.ts'
import { classOf, type EntityClass } from '../core/names/entity-class.ts'
import type { NamedEntity } from '../core/names/named-entity.ts'
import { formatTargets, parseTarget } from '../core/query/target.ts'
import { timeOf } from '../core/snowflake.ts'
import { plainText, truncate } from '../core/text/escape.ts'
import type { ParseContext } from '../core/time/bound.ts'
import { formatMoment } from '../core/time/format-time.ts'
import { sentenceOf } from '../view/entry/sentence.ts'
import { namedInEntry } from '../view/named-ids.ts'
import { plainFormatter } from '../view/text/formatter.ts'
import { timeSuggestions } from './autocomplete-time.ts'
import { timeZoneSuggestions } from './autocomplete-time-zone.ts'
import type { Suggestion, Suggests } from './option.ts'

/** How many choices Discord shows. https://docs.discord.com/developers/interactions/receiving-and-responding */
const MAX_SUGGESTIONS = 25

/** How many names are searched to find those of members. */
const NAMES_SEARCHED = 200

/** How many of the newest entries are searched. */
const ENTRIES_SEARCHED = 200

/** The suggestions for the text typed so far, best first. */
export async function suggestionsFor(
  suggests: Suggests,
  typed: string,
  context: ParseContext,
  archive: ArchiveReader,
): Promise<Suggestion[]> {
  switch (suggests) {
    case 'actions': {
      const counts = await archive.countByKind(context.guildId, {})
      const seen = new Set(counts.map(({ key }) => key))
      return suggestActions(typed, seen).slice(0, MAX_SUGGESTIONS).map(actionSuggestion)
    }
    case 'names':
      return nameSuggestions(await findMatches(typed, context, archive, MAX_SUGGESTIONS), context, archive)
    case 'members': {
      const members = (await findMatches(typed, context, archive, NAMES_SEARCHED)).filter(
        ({ type }) => classOf(type) === 'user',
      )
      return nameSuggestions(members.slice(0, MAX_SUGGESTIONS), context, archive)
    }
    case 'entries':
      return (await entrySuggestions(typed.trim(), context, archive)).slice(0, MAX_SUGGESTIONS)
    case 'time zones':
      return timeZoneSuggestions(typed, context)
    default:
      return timeSuggestions(typed, suggests, context).slice(0, MAX_SUGGESTIONS)
  }
}

function actionSuggestion({ name, type, also }: ActionName): Suggestion {
  const remark = type === 'action' ? also : type
  return { name: remark === undefined ? name : `${name} (${remark})`, value: name }
}

async function entrySuggestions(
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
    return matches ? [{ name: truncate(label, 100), value: entry.id }] : []
  })
}

/** Entities that match a part of a name, the beginning of an id, or a target such as a mention. */
async function findMatches(
  typed: string,
  { guildId }: ParseContext,
  archive: ArchiveReader,
  limit: number,
): Promise<readonly NamedEntity[]> {
  const target = parseTarget(typed)
  if ('name' in target) return archive.findNames(guildId, target.name, limit)
  const { id, type = 'any' } = target
  const found = await archive.findNames(guildId, id, limit)
  return type === 'any' ? found : found.filter((entity) => entity.id === id && classOf(entity.type) === type)
}

async function nameSuggestions(
  entities: readonly NamedEntity[],
  { guildId }: ParseContext,
  archive: ArchiveReader,
): Promise<Suggestion[]> {
  const names = await archive.names(
    guildId,
    entities.map(({ id }) => id),
  )
  const values = formatTargets(
    entities.map(({ id, type }) => ({ id, type: classOf(type) })),
    names,
  )
  return entities.map((each, index) => ({ name: suggestedName(each), value: values[index] ?? each.id }))
}

const MARKS: Readonly<Partial<Record<EntityClass, string>>> = { channel: '#', user: '@', role: '@' }

/** `#general (channel)`. */
function suggestedName({ type, name, presence }: NamedEntity): string {
  const mark = MARKS[classOf(type)] ?? ''
  const kind = type === 'user' ? 'member' : type === 'guild' ? 'server' : type
  const what = presence === 'gone' && type !== 'user' ? `deleted ${kind}` : kind
  // The name of the @everyone role already begins with its mark.
  return `${name.startsWith(mark) ? '' : mark}${plainText(name, 70)} (${what})`
}
