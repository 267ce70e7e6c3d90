import { type Kysely, sql } from 'kysely'
import type { Presence } from '../../../core/names/named-entity.ts'
import { Names } from '../../../core/names/names.ts'
import { isSnowflake, type Snowflake } from '../../../core/snowflake.ts'
import { idList } from '../../dialect-sql.ts'
import { idAsText } from '../../rows.ts'
import type { Schema } from '../../schema.ts'

/** The last known names of everything that has one of these ids. */
export async function namesOf(
  db: Kysely<Schema>,
  guildId: Snowflake,
  ids: readonly string[],
): Promise<Names> {
  const snowflakes = [...new Set(ids)].filter(isSnowflake)
  if (snowflakes.length === 0) return new Names(guildId, [])
  const all = await db
    .selectFrom('name')
    .select([
      idAsText<string>('id').as('id'),
      'type',
      sql<string>`name.name`.as('name'),
      PRESENCE.as('presence'),
    ])
    .where('guild_id', '=', BigInt(guildId))
    .where('id', 'in', idList(snowflakes))
    .where('name.name', 'is not', null)
    .execute()
  return new Names(guildId, all)
}

/** Whether something is in the guild. */
export const PRESENCE = sql<Presence>`CASE
  WHEN gone_at > present_at THEN 'gone' WHEN present_at > 0 THEN 'present' ELSE 'unknown' END`
