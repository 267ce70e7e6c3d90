import type { CommandContext, RoleMembers } from '../../src/command/context.ts'
import type { ArchiveReader } from '../../src/core/archive.ts'
import { MODERATING } from '../../src/core/audit-log/action.ts'
import type { Attributed } from '../../src/core/query/activity.ts'
import type { SavedQuery } from '../../src/core/query/saved-query.ts'
import { idAfter, minId, type Snowflake } from '../../src/core/snowflake.ts'
import { formatNumber } from '../../src/core/text/numbers.ts'

/** The moderators that an answer lists. */
interface FoundModerators {
  readonly ids: readonly Snowflake[]
  /** The bots among them that are not listed. */
  readonly botIds: readonly Snowflake[]
  /** What bots did for members at any time up to the end of the window. */
  readonly attributionsEver: ReadonlyMap<Snowflake, Attributed>
  /** Lines about members who may be missing. */
  readonly warnings: readonly string[]
}

/** Finds the moderators that `/audit activity` lists: the members of a role, or everyone who has moderated. */
export async function findModerators(
  { guildId, asOf = '0', roleId, bots = false, filter: { to } }: SavedQuery,
  archive: ArchiveReader,
  context: CommandContext,
): Promise<FoundModerators> {
  const [executors, attributions, before] = await Promise.all([
    archive.executors(guildId, MODERATING),
    archive.attributions(guildId, { to: idAfter(asOf) }),
    to === undefined ? undefined : archive.attributions(guildId, { to: minId(to, idAfter(asOf)) }),
  ])
  const known = [...new Set([...executors, ...attributions.keys()])]
  const ofRole = roleId === undefined ? undefined : await context.roleMembers(roleId, known)
  const names = await archive.names(guildId, known)
  const all = ofRole?.members ?? known.map((id) => ({ id, isBot: names.get('user', id)?.type === 'bot' }))
  return {
    ids: all.filter(({ isBot }) => bots || !isBot).map(({ id }) => id),
    botIds: all.filter(({ isBot }) => !bots && isBot).map(({ id }) => id),
    attributionsEver: before ?? attributions,
    warnings: roleId === undefined || !ofRole ? [] : missingMembers(roleId, ofRole),
  }
}

/** Why members of a role may be missing. */
const REASONS = {
  list:
    'Custos cannot see the member list of this server, so only members who have acted are listed. To list all, the ' +
    'operator can turn on **Server Members Intent** on the Bot page of the Custos application.',
  time: 'Not every member could be looked up in time. Run the command again in a minute.',
} as const

/** A line that says how many members of a role are listed, and why not all of them. Empty if all are. */
function missingMembers(roleId: Snowflake, { members, holders, lacks }: RoleMembers): string[] {
  if (lacks === undefined) return []
  if (holders === undefined) return [`⚠️ ${REASONS[lacks]}`]
  const known = `${formatNumber(members.length)} of the ${formatNumber(holders)} members with <@&${roleId}>`
  return [`⚠️ ${known} are listed. ${REASONS[lacks]}`]
}
