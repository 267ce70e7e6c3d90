import type { Snowflake } from '../../core/snowflake.ts'
import type { Alert, Watch } from '../../core/watch/watch.ts'

/** Says which roles a member has. It throws if Discord does not say. */
export type RolesOf = (guildId: Snowflake, userId: Snowflake) => Promise<readonly Snowflake[]>

/** How many people are looked up for a post. */
const MOST_LOOKED_UP = 20

/**
 * Those of some people whom a role exempts from an alert. If Discord does not say what roles somebody has, they are not:
 * a warning too many is better than none.
 */
export async function exemptActors(
  { guildId, definition }: Watch<Alert>,
  actors: Iterable<Snowflake>,
  rolesOf: RolesOf,
): Promise<ReadonlySet<Snowflake>> {
  const { roleIds } = definition.exempt
  if (roleIds.length === 0) return new Set()
  const exempt = await Promise.all(
    [...actors].slice(0, MOST_LOOKED_UP).map(async (actorId) => {
      const roles = await rolesOf(guildId, actorId).catch(() => [])
      return roles.some((id) => roleIds.includes(id)) ? [actorId] : []
    }),
  )
  return new Set(exempt.flat())
}
