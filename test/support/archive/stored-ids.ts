import type { Archive } from '../../../src/core/archive.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'

/** The ids of the stored entries of a guild, oldest first, up to a thousand. */
export async function storedIds(archive: Archive, guildId: Snowflake): Promise<Snowflake[]> {
  return (await archive.list(guildId, {}, { order: 'oldest', limit: 1000 })).map(({ id }) => id)
}
