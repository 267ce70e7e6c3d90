import { endianness } from 'node:os'
import type { Kysely } from 'kysely'
import { dayOf, type Snowflake } from '../../core/snowflake.ts'
import type { Connect } from '../connection/connections.ts'
import { countHeld } from '../read/counts.ts'
import { endOf } from '../read/entries.ts'
import type { Schema } from '../schema.ts'
import { inGuild } from '../transaction.ts'
import { heldDays, idsOfDay } from './days.ts'
import { packValues } from './packed-columns.ts'
import { readAll } from './read-columns.ts'

/** A guild with fewer entries is counted in milliseconds without them. */
const FEWEST_ENTRIES = 20_000

/**
 * Packs the days of a guild that are over, the newest first. Each is a transaction of its own, so that no other write waits
 * long.
 * @param fewest how many entries a guild has at least
 * @returns how many days were packed
 */
export async function packDays(
  { reader, writer }: { readonly reader: Connect; readonly writer: Connect },
  guildId: Snowflake,
  fewest = FEWEST_ENTRIES,
): Promise<number> {
  // The columns are as typed arrays are in memory.
  if (endianness() !== 'LE' || (await countHeld(reader(guildId), guildId)) < fewest) return 0
  const newest = await endOf(reader(guildId), guildId, 'newest')
  if (newest === undefined) return 0
  const { unpacked } = await heldDays(reader(guildId), guildId, [0, dayOf(newest)])
  for (const day of unpacked.toReversed()) await packDay(writer(guildId), guildId, day)
  return unpacked.length
}

async function packDay(db: Kysely<Schema>, guildId: Snowflake, day: number): Promise<void> {
  await inGuild(db, guildId, async (transaction) => {
    const { counts, targets, kinds, channels } = await readAll(transaction, guildId, idsOfDay(day))
    if (counts.length === 0) return
    await transaction
      .insertInto('packed_day')
      .values({
        guild_id: BigInt(guildId),
        day,
        counts: packValues(counts),
        targets: packValues(targets),
        kinds: packValues(kinds),
        channels: packValues(channels),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}
