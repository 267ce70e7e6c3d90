import { isServedBy, type Shard } from '../core/sharding/shards.ts'
import type { Snowflake } from '../core/snowflake.ts'

/** What a shard reports when it starts a session. */
export interface ShardSession {
  readonly shard: Shard
  /** The guilds that the shard serves, unavailable ones included. */
  readonly guildIds: readonly Snowflake[]
  /** Whether `guildIds` is complete. If part of the list could not be read, a guild that is not in it may still be there. */
  readonly isComplete: boolean
}

/** The guilds among `known` that the bot is no longer in: the shard serves them but does not list them. */
export function missingGuilds(
  { guildIds, isComplete, shard }: ShardSession,
  known: readonly Snowflake[],
): Snowflake[] {
  const listed = new Set(guildIds)
  return isComplete ? known.filter((id) => isServedBy(id, shard) && !listed.has(id)) : []
}
