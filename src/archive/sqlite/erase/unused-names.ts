import { type Kysely, sql } from 'kysely'
import type { EntityType } from '../../../core/names/named-entity.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import { inBatches } from '../in-batches.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { CAN_TARGET_CLASS } from '../target-class.ts'

/** What a guild consists of: while it is there, its name is kept, whether or not anything was done to it. */
const PARTS_OF_A_GUILD: readonly EntityType[] = [
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
 * Removes the names of members, and of what is gone, that no entry refers to. `+` removes the affinity of an id: with
 * it, SQLite would not look targets up by their index. https://sqlite.org/datatype3.html#affinity_of_operands
 */
export async function removeUnusedNames(db: Kysely<Schema>, guildId: Snowflake): Promise<void> {
  const guild = BigInt(guildId)
  let past = 0n
  const refers = (to: ReturnType<typeof sql>) =>
    sql`EXISTS (SELECT 1 FROM entry WHERE entry.guild = ${guild} AND ${to})`
  await inBatches(async (size) => {
    const rows = await db
      .selectFrom('name')
      .select(idAsText<string>('id').as('id'))
      .where('guild', '=', guild)
      .where('id', '>', past)
      .orderBy('name.id')
      .limit(size)
      .execute()
    const last = rows.at(-1)
    if (!last) return 0
    await sql`
      DELETE FROM name
      WHERE guild = ${guild} AND id > ${past} AND id <= ${BigInt(last.id)}
        AND NOT ("is" IN (${sql.join(PARTS_OF_A_GUILD)}) AND there_at >= gone_at)
        AND NOT (class = 'user' AND ${refers(sql`executor = name.id`)})
        AND NOT ${refers(sql`target = +name.id AND ${CAN_TARGET_CLASS}`)}
        AND NOT (class = 'channel' AND ${refers(sql`channel = name.id`)})
        AND NOT ${refers(sql`class = 'user' AND claim IN (CAST(name.id AS TEXT), name.alias, name.folded)`)}`.execute(
      db,
    )
    past = BigInt(last.id)
    return rows.length
  })
}
