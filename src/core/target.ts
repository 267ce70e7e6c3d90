import type { ArchiveReader } from './archive.ts'
import { inert } from './inert.ts'
import { isSnowflake, type Snowflake } from './snowflake.ts'
import { UserError } from './user-error.ts'

/** What `on:` names: an id, and what it is if a mention says so, or a name that the archive has to know. */
export type Target =
  | { readonly id: string; readonly is?: 'user' | 'role' | 'channel' }
  | { readonly name: string }

/** What a mention begins with, after its bracket. */
const MENTIONED = { '@': 'user', '@!': 'user', '@&': 'role', '#': 'channel' } as const

/** Reads a mention, an id, or else a name. */
export function readTarget(typed: string): Target {
  const text = typed.trim()
  const [, mark, mentioned] = /^<(@[!&]?|#)(\d+)>$/.exec(text) ?? []
  const id = mentioned ?? text
  if (!isSnowflake(id) || id.length < 15) return { name: text.replace(/^[@#]\s*/, '') }
  const is = Object.entries(MENTIONED).find(([each]) => each === mark)?.[1]
  return { id, ...(is && { is }) }
}

/**
 * The id of a target.
 * @throws UserError when the archive knows nothing, or several things, by that name
 */
export async function targetId(target: Target, guildId: Snowflake, archive: ArchiveReader): Promise<string> {
  if ('id' in target) return target.id
  const shown = inert(target.name, 60)
  const found = target.name === '' ? [] : await archive.find(guildId, target.name, 2)
  const exact = found.filter(({ name }) => name.toLowerCase() === target.name.toLowerCase())
  const [match, other] = exact.length > 0 ? exact : found
  if (!match) {
    throw new UserError(`I know no member, role or channel “${shown}” here. Use a mention or an id instead.`)
  }
  if (other)
    throw new UserError(`“${shown}” could be several. Pick one from the list that appears while you type.`)
  return match.id
}
