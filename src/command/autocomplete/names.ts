import type { ArchiveReader } from '../../core/archive.ts'
import { classOf, type EntityClass } from '../../core/names/entity-class.ts'
import type { FoundEntity, NamedEntity } from '../../core/names/named-entity.ts'
import { formatTargets, parseTarget, type Target } from '../../core/query/target.ts'
import { plainText } from '../../core/text/escape.ts'
import type { ParseContext } from '../../core/time/bound.ts'
import { MAX_CHOICE_LENGTH, type Suggestion } from '../option.ts'

/**
 * Entities that match a part of a name, the beginning of an id, or a target such as a mention, most likely first.
 * @param wanted their class; any if it is absent
 */
export async function nameSuggestions(
  typed: string,
  { guildId }: ParseContext,
  archive: ArchiveReader,
  limit: number,
  wanted?: EntityClass,
): Promise<Suggestion[]> {
  const target = parseTarget(typed)
  const text = 'name' in target ? target.name : target.id
  const found = await archive.findNames(guildId, text, limit, wanted)
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
