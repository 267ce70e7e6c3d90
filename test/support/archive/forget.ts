import type { Archive } from '../../../src/core/archive.ts'
import type { ErasureCounts } from '../../../src/core/erasure.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'

/** Erases a guild up to an id, or what concerns one member, as if a member had confirmed it. */
export async function forget(
  archive: Archive,
  guildId: Snowflake,
  upTo: Snowflake,
  memberId?: Snowflake,
): Promise<ErasureCounts> {
  await archive.beginErasing({ guildId, upTo, memberId, by: '7' })
  return archive.finishErasing(guildId)
}
