import { UserError } from '../errors.ts'
import { classByKinds, classOf, ENTITY_CLASSES, type EntityClass } from '../names/entity-class.ts'
import type { FoundEntity } from '../names/named-entity.ts'
import type { Names } from '../names/names.ts'
import { isSnowflake, type Snowflake } from '../snowflake.ts'
import { escapeMarkdown } from '../text/escape.ts'
import type { Filter } from './filter.ts'
import type { Tally } from './tally.ts'

/** The value of the option `on`: an id, with the class or `any` that was typed with it, or a name to look up. */
export type Target = { readonly id: string; readonly type?: EntityClass | 'any' } | { readonly name: string }

/** The class of a mention, by its first characters. */
const MENTION_CLASSES = { '@': 'user', '@!': 'user', '@&': 'role', '#': 'channel' } as const

/** Parses a mention, an id with or without a class (`emoji:…`), or else a name. */
export function parseTarget(typed: string): Target {
  const text = typed.trim()
  const [, mark, mentioned] = /^<(@[!&]?|#)(\d+)>$/.exec(text) ?? []
  const [, prefix, prefixed] = /^([a-z]+):(\d+)$/.exec(text) ?? []
  const type =
    Object.entries(MENTION_CLASSES).find(([each]) => each === mark)?.[1] ??
    [...ENTITY_CLASSES, 'any' as const].find((each) => each === prefix)
  const id = mentioned ?? (type && prefixed) ?? text
  if (isSnowflake(id) && id.length >= 15) return { id, ...(type && { type }) }
  // The `@` is part of this role's name.
  return { name: text === '@everyone' ? text : text.replace(/^[@#]\s*/, '') }
}

/** An entity by its class and id; the class is undefined if Discord does not say it. */
export interface EntityRef {
  readonly id: string
  readonly type: EntityClass | undefined
}

/**
 * Formats each target as a text that `parseTarget` parses unambiguously: its id if that is enough, else a mention, or
 * the class and the id.
 */
export function formatTargets(targets: readonly EntityRef[], names: Names): string[] {
  const byId = Map.groupBy(targets, ({ id }) => id)
  return targets.map(({ id, type }) => {
    const isUnique = byId.get(id)?.length === 1 && names.of(id).length === 0 && id !== names.guildId
    return isUnique || (type !== undefined && names.classMeantBy(id) === type) ? id : withClass(id, type)
  })
}

function withClass(id: string, type: EntityClass | undefined): string {
  if (type === 'user') return `<@${id}>`
  if (type === 'role') return `<@&${id}>`
  return type === 'channel' ? `<#${id}>` : `${type ?? 'any'}:${id}`
}

/** Where targets are looked up: the part of an archive that `targetFilter` needs. */
interface TargetLookup {
  countByKind(guildId: Snowflake, filter: Filter): Promise<readonly Tally<number>[]>
  names(guildId: Snowflake, ids: readonly string[]): Promise<Names>
  findNames(guildId: Snowflake, text: string, limit: number): Promise<FoundEntity[]>
}

/**
 * The part of a filter that selects a target.
 * @throws UserError if no entity with that name is recorded, or several are
 */
export async function targetFilter(
  target: Target,
  guildId: Snowflake,
  archive: TargetLookup,
): Promise<Pick<Filter, 'targetId' | 'targetType'>> {
  if ('name' in target) {
    const { id, type } = await findByName(target.name, guildId, archive)
    return { targetId: id, targetType: classOf(type) }
  }
  const { id, type = await classMeantBy(id, guildId, archive) } = target
  return { targetId: id, ...(type && type !== 'any' && { targetType: type }) }
}

/** The class that an id means: that of its name or, if none is recorded, the one that the actions on it are for. */
async function classMeantBy(id: string, guildId: Snowflake, archive: TargetLookup) {
  const names = await archive.names(guildId, [id])
  if (id === guildId || names.of(id).length > 0) return names.classMeantBy(id)
  return classByKinds((await archive.countByKind(guildId, { targetId: id })).map(({ key }) => key))
}

async function findByName(name: string, guildId: Snowflake, archive: TargetLookup) {
  const shown = escapeMarkdown(name, 60)
  const folded = name.toLowerCase()
  const namesOf = ({ name, alias }: FoundEntity) => [name.toLowerCase(), alias ?? '']
  // What has exactly that name comes first, and what only has an id that begins with it comes last.
  const found = (name === '' ? [] : await archive.findNames(guildId, name, 2)).filter((each) =>
    namesOf(each).some((known) => known.includes(folded)),
  )
  const exact = found.filter((each) => namesOf(each).includes(folded))
  const [match, other] = exact.length > 0 ? exact : found
  if (!match) {
    throw new UserError(
      `Custos knows no member, role or channel named “${shown}” in this server. Use a mention or an id instead.`,
    )
  }
  if (other)
    throw new UserError(
      `“${shown}” matches several names. Pick one from the list that appears while you type.`,
    )
  return match
}
