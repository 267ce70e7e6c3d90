import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { EntityType } from '../../core/names/named-entity.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { asTarget } from '../dialect-sql.ts'
import { inBatches } from '../in-batches.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { CAN_TARGET_CLASS } from '../target-class.ts'
import { inGuild } from '../transaction.ts'

/** The parts of a guild, which keep their names while they exist, even if no entry refers to them. */
const PARTS_OF_GUILD: readonly EntityType[] = [
  'guild',
  'role',
  'channel',
  'thread',
  'emoji',
  'sticker',
  'event',
  'sound',
  'tag',
  'rule',
]

/**
 * Removes the names of members, and of what is gone, that no entry refers to.
 */
export async function removeUnusedNames(db: Kysely<Schema>, guildId: Snowflake): Promise<void> {
  const guild = BigInt(guildId)
  const hasEntry = (condition: RawBuilder<unknown>) =>
    sql`EXISTS (SELECT 1 FROM entry WHERE entry.guild_id = ${guild} AND ${condition})`
  let after = 0n
  await inBatches(db, async (connection, size) => {
    const rows = await connection
      .selectFrom('name')
      .select(idAsText<string>('id').as('id'))
      .where('guild_id', '=', guild)
      .where('id', '>', after)
      .orderBy('name.id')
      .limit(size)
      .execute()
    const last = rows.at(-1)
    if (!last) return 0
    const deletion = sql`
      DELETE FROM name
      WHERE guild_id = ${guild} AND id > ${after} AND id <= ${BigInt(last.id)}
        AND NOT (type IN (${sql.join(PARTS_OF_GUILD)}) AND present_at >= gone_at)
        AND NOT (class = 'user' AND ${hasEntry(sql`executor = name.id`)})
        AND NOT ${hasEntry(sql`target = ${asTarget(sql`name.id`)} AND ${CAN_TARGET_CLASS}`)}
        AND NOT (class = 'channel' AND ${hasEntry(sql`channel = name.id`)})
        AND NOT ${hasEntry(
          sql`class = 'user' AND attribution IN (CAST(name.id AS TEXT), name.alias, name.folded)`,
        )}`
    // An entry that another process writes meanwhile would not be seen, and its name deleted.
    await inGuild(connection, guildId, (transaction) => deletion.execute(transaction))
    after = BigInt(last.id)
    return rows.length
  })
}
