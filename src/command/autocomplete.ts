import type { ArchiveReader } from '../core/archive.ts'
import { actionOf } from '../core/audit-log/action.ts'
import { type ActionList, completeActions } from '../core/audit-log/suggest-actions.ts'
import { classOf, type EntityClass } from '../core/names/entity-class.ts'
import type { FoundEntity, NamedEntity } from '../core/names/named-entity.ts'
import { formatTargets, parseTarget, type Target } from '../core/query/target.ts'
import { timeOf } from '../core/snowflake.ts'
import { plainText, truncate } from '../core/text/escape.ts'
import type { ParseContext } from '../core/time/bound.ts'
import { formatMoment } from '../core/time/format-time.ts'
import { sentenceOf } from '../view/entry/sentence.ts'
import { namedInEntry } from '../view/named-ids.ts'
import { plainFormatter } from '../view/text/formatter.ts'
import { timeSuggestions } from './autocomplete-time.ts'
import { timeZoneSuggestions } from './autocomplete-time-zone.ts'
import { MAX_CHOICE_LENGTH, type Suggestion, type Suggests } from './option.ts'

/** How many choices Discord shows. https://docs.discord.com/developers/interactions/receiving-and-responding */
const MAX_SUGGESTIONS = 25

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
      return completeActions(typed, seen, MAX_CHOICE_LENGTH).slice(0, MAX_SUGGESTIONS).map(actionSuggestion)
    }
    case 'names':
      return nameSuggestions(typed, context, archive)
    case 'members':
      return nameSuggestions(typed, context, archive, 'user')
    case 'entries':
      return (await entrySuggestions(typed.trim(), context, archive)).slice(0, MAX_SUGGESTIONS)
    case 'time zones':
      return timeZoneSuggestions(typed, context)
    default:
      return timeSuggestions(typed, suggests, context).slice(0, MAX_SUGGESTIONS)
  }
}

function actionSuggestion({ text, last, isAlone }: ActionList): Suggestion {
  const remark = last.type === 'action' ? last.also : last.type
  return { name: isAlone && remark !== undefined ? `${text} (${remark})` : text, value: text }
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
    return matches ? [{ name: truncate(label, MAX_CHOICE_LENGTH), value: entry.id }] : []
  })
}

/** Entities of a class that match a part of a name, the beginning of an id, or a target such as a mention. */
async function nameSuggestions(
  typed: string,
  { guildId }: ParseContext,
  archive: ArchiveReader,
  wanted?: EntityClass,
): Promise<Suggestion[]> {
  const target = parseTarget(typed)
  const text = 'name' in target ? target.name : target.id
  const found = await archive.findNames(guildId, text, MAX_SUGGESTIONS, wanted)
  const entities = 'name' in target ? found : found.filter((entity) => isMeant(entity, target))
  const names = await archive.names(
    guildId,
    entities.map(({ id }) => id),
  )
  const values = formatTargets(
    entities.map(({ id, type }) => ({ id, type: classOf(type) })),
    names,
  )
  const labels = entities.map((entity) => labelOf(entity))
  return entities.map((entity, index) => {
    const isUnique = labels.filter((label) => label === labels[index]).length === 1
    const isByUsername = !entity.name.toLowerCase().includes(text.toLowerCase()) && 'name' in target
    const name = labelOf(entity, !isUnique || isByUsername ? detailOf(entity) : undefined)
    return { name, value: values[index] ?? entity.id }
  })
}

/** Whether a mention means an entity, or an id begins that of one. */
function isMeant(entity: NamedEntity, { id, type = 'any' }: Extract<Target, { id: string }>): boolean {
  return type === 'any' || (entity.id === id && classOf(entity.type) === type)
}

const MARKS: Readonly<Partial<Record<EntityClass, string>>> = { channel: '#', user: '@', role: '@' }

/** How much of a name is shown. */
const LONGEST_NAME = 71

/** `#general (channel)`, `@Annie (member ann_92)`. */
function labelOf({ type, name, presence }: NamedEntity, detail?: string): string {
  const mark = MARKS[classOf(type)] ?? ''
  const kind = type === 'user' ? 'member' : type === 'guild' ? 'server' : type
  const what = presence === 'gone' && type !== 'user' ? `deleted ${kind}` : kind
  const about = ` (${detail === undefined ? what : `${what} ${detail}`})`
  // The name of the @everyone role already begins with its mark.
  const marked = name.startsWith(mark) ? name : `${mark}${name}`
  return `${plainText(marked, Math.min(LONGEST_NAME, MAX_CHOICE_LENGTH - about.length))}${about}`
}

/** What tells apart entities with the same name: the username, or else the end of the id. */
function detailOf({ id, name, alias }: FoundEntity): string {
  return alias === null || alias === name.toLowerCase() ? `…${id.slice(-4)}` : plainText(alias, 32)
}
