import type { ArchiveReader } from '../archive.ts'
import { MODERATING } from '../audit-log/action.ts'
import { idAfter, minId, type Snowflake } from '../snowflake.ts'
import type { Attributed } from './activity.ts'
import type { SavedQuery } from './saved-query.ts'

/** The members of a role that Discord shows to Custos. */
export interface RoleMembers {
  readonly members: readonly { readonly id: Snowflake; readonly isBot: boolean }[]
  /** How many members and bots have the role, by Discord's count; undefined if Discord did not send it. */
  readonly holders: number | undefined
  /**
   * Why `members` may be incomplete. `list`: Custos may not read the member list, so only candidates were looked up.
   * `time`: there was no time to look up all of them. Undefined if it is complete.
   */
  readonly lacks: 'list' | 'time' | undefined
}

/**
 * Looks up the members of a role.
 * @param candidates the members to look up if Custos may not read the member list
 */
export type FindRoleMembers = (roleId: Snowflake, candidates: readonly Snowflake[]) => Promise<RoleMembers>

/** The moderators that an answer lists. */
interface FoundModerators {
  readonly ids: readonly Snowflake[]
  /** The bots among them that are not listed. */
  readonly botIds: readonly Snowflake[]
  /** What bots did for members at any time up to the end of the window. */
  readonly attributionsEver: ReadonlyMap<Snowflake, Attributed>
  /** The members of the query's role; undefined if it has none. */
  readonly ofRole: RoleMembers | undefined
}

/** Finds the moderators of a query: the members of its role, or everyone who has moderated. */
export async function findModerators(
  { guildId, asOf = '0', roleId, bots = false, filter: { to } }: SavedQuery,
  archive: ArchiveReader,
  roleMembers: FindRoleMembers,
): Promise<FoundModerators> {
  const [executors, attributions, before] = await Promise.all([
    archive.executors(guildId, MODERATING),
    archive.attributions(guildId, { to: idAfter(asOf) }),
    to === undefined ? undefined : archive.attributions(guildId, { to: minId(to, idAfter(asOf)) }),
  ])
  const known = [...new Set([...executors, ...attributions.keys()])]
  const ofRole = roleId === undefined ? undefined : await roleMembers(roleId, known)
  const names = await archive.names(guildId, known)
  const all = ofRole?.members ?? known.map((id) => ({ id, isBot: names.get('user', id)?.type === 'bot' }))
  return {
    ids: all.filter(({ isBot }) => bots || !isBot).map(({ id }) => id),
    botIds: all.filter(({ isBot }) => !bots && isBot).map(({ id }) => id),
    attributionsEver: before ?? attributions,
    ofRole,
  }
}
