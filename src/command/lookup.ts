import type { ArchiveReader } from '../core/archive.ts'
import type { Entry } from '../core/audit-log/entry.ts'
import { UserError } from '../core/errors.ts'
import type { Asker, SavedQuery } from '../core/query/saved-query.ts'
import { isSnowflake } from '../core/snowflake.ts'

/** The member who uses a component, the guild, and the archive. */
interface Lookup extends Asker {
  readonly archive: ArchiveReader
}

/**
 * The saved query that a component refers to.
 * @throws UserError if it is no longer stored, or another member ran it, or it was run in another guild
 */
export async function requireQuery(request: Lookup, number: number): Promise<SavedQuery> {
  const query = await request.archive.savedQuery(request.guildId, number)
  if (query && isSameAsker(query, request)) return query
  throw new UserError('The buttons and menus of this reply no longer work. Run the command again.')
}

/**
 * The entry that a component refers to.
 * @throws UserError if this guild has no entry with that id
 */
export async function requireEntry({ archive, guildId }: Lookup, id: string): Promise<Entry> {
  const entry = isSnowflake(id) ? await archive.entry(guildId, id) : undefined
  if (entry) return entry
  throw new UserError(
    'Custos no longer has this entry. It was erased, or became too old: see `/audit status`.',
  )
}

export function isSameAsker(one: Asker | undefined, other: Asker): boolean {
  return one?.guildId === other.guildId && one.askerId === other.askerId
}
