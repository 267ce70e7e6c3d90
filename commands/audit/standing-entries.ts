import type { CommandRequest } from '../../src/command/command.ts'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import { STANDING_KINDS } from '../../src/core/query/standing.ts'
import { idAfter, type Snowflake } from '../../src/core/snowflake.ts'

/** The entries that say where some members stood when a query was run, by member. They can be outside its window. */
export async function standingEntries(
  { archive, query: { guildId, asOf = '0' } }: Pick<CommandRequest, 'archive' | 'query'>,
  memberIds: readonly Snowflake[],
): Promise<ReadonlyMap<string, readonly Entry[]>> {
  const entries = await archive.newestOn(guildId, memberIds, STANDING_KINDS, idAfter(asOf))
  return Map.groupBy(entries, ({ targetId }) => targetId ?? '')
}
