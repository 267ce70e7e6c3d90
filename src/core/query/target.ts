import type { ArchiveReader } from '../archive.ts'
import { UserError } from '../errors.ts'
import { classOf, THING_CLASSES, type ThingClass } from '../names/entity-class.ts'
import type { Names } from '../names/names.ts'
import { isSnowflake, type Snowflake } from '../snowflake.ts'
import { inert } from '../text/escape.ts'
import type { Filter } from './filter.ts'

/** What `on:` names: an id, with its class or `any` if that was given with it, or a name to look up in the archive. */
export type Target = { readonly id: string; readonly is?: ThingClass | 'any' } | { readonly name: string }

/** What a mention begins with, after its bracket. */
const MENTIONED = { '@': 'user', '@!': 'user', '@&': 'role', '#': 'channel' } as const

/** Reads a mention, an id with or without a class such as `emoji:…`, or else a name. */
export function readTarget(typed: string): Target {
  const text = typed.trim()
  const [, mark, mentioned] = /^<(@[!&]?|#)(\d+)>$/.exec(text) ?? []
  const [, prefix, prefixed] = /^([a-z]+):(\d+)$/.exec(text) ?? []
  const is =
    Object.entries(MENTIONED).find(([each]) => each === mark)?.[1] ??
    [...THING_CLASSES, 'any' as const].find((each) => each === prefix)
  const id = mentioned ?? (is && prefixed) ?? text
  if (isSnowflake(id) && id.length >= 15) return { id, ...(is && { is }) }
  // The `@` is part of the name of this role.
  return { name: text === '@everyone' ? text : text.replace(/^[@#]\s*/, '') }
}

/** Something by its class and id; the class is undefined where Discord does not say it. */
export interface Thing {
  readonly id: string
  readonly is: ThingClass | undefined
}

/**
 * Writes each of some things so that `readTarget` tells it from all others: as its id if that alone means it, else with
 * its class, as a mention where there is one.
 */
export function writeTargets(things: readonly Thing[], names: Names): string[] {
  const times = Map.groupBy(things, ({ id }) => id)
  return things.map(({ id, is }) => {
    const isAlone = times.get(id)?.length === 1 && names.of(id).length === 0 && id !== names.guildId
    return isAlone || (is !== undefined && names.meant(id) === is) ? id : withClass(id, is)
  })
}

function withClass(id: string, is: ThingClass | undefined): string {
  if (is === 'user') return `<@${id}>`
  if (is === 'role') return `<@&${id}>`
  return is === 'channel' ? `<#${id}>` : `${is ?? 'any'}:${id}`
}

/**
 * The part of a filter that means a target.
 * @throws UserError when the archive knows nothing, or several things, by its name
 */
export async function onTarget(
  target: Target,
  guildId: Snowflake,
  archive: ArchiveReader,
): Promise<Pick<Filter, 'targetId' | 'targetType'>> {
  if ('name' in target) {
    const { id, is } = await named(target.name, guildId, archive)
    return { targetId: id, targetType: classOf(is) }
  }
  const { id, is = (await archive.names(guildId, [id])).meant(id) } = target
  return { targetId: id, ...(is && is !== 'any' && { targetType: is }) }
}

async function named(name: string, guildId: Snowflake, archive: ArchiveReader) {
  const shown = inert(name, 60)
  const found = name === '' ? [] : await archive.find(guildId, name, 2)
  const exact = found.filter((each) => each.name.toLowerCase() === name.toLowerCase())
  const [match, other] = exact.length > 0 ? exact : found
  if (!match) {
    throw new UserError(`I know no member, role or channel “${shown}” here. Use a mention or an id instead.`)
  }
  if (other)
    throw new UserError(`“${shown}” could be several. Pick one from the list that appears while you type.`)
  return match
}
