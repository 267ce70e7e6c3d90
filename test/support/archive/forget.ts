import type { Archive } from '../../../src/core/archive.ts'
import type { ErasureCounts } from '../../../src/core/erasure.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import type { OpenCustos } from '../open-custos.ts'

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

/** Erases everything of the guild, as if its owner had confirmed it before a restart. */
export async function forgetEverything({
  discord,
  town,
  openArchive,
  stopBot,
  startBot,
}: OpenCustos): Promise<void> {
  await stopBot()
  const archive = await openArchive()
  const { id: guildId, ownerId: by } = town.guild
  await archive.beginErasing({ guildId, upTo: discord.world.newId(), by })
  await archive.close()
  await startBot()
}
