import { type Kysely, sql } from 'kysely'
import type { NamedEntity, Presence } from '../../../core/names/named-entity.ts'
import { Names } from '../../../core/names/names.ts'
import { isSnowflake, type Snowflake } from '../../../core/snowflake.ts'
import { idList } from '../json-parameters.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'

/** The last known names of everything that has one of these ids. */
export async function namesOf(
  db: Kysely<Schema>,
  guildId: Snowflake,
  ids: readonly string[],
): Promise<Names> {
  const snowflakes = [...new Set(ids)].filter(isSnowflake)
  if (snowflakes.length === 0) return new Names(guildId, [])
  return new Names(guildId, await named(db, guildId).where('id', 'in', idList(snowflakes)).execute())
}

/** Everything whose name contains the text or whose id begins with it, best match first. */
export async function findNames(
  db: Kysely<Schema>,
  guildId: Snowflake,
  text: string,
  limit: number,
): Promise<NamedEntity[]> {
  const folded = text.toLowerCase()
  return named(db, guildId)
    .where((name) =>
      name.or([sql<boolean>`instr(folded, ${folded}) > 0`, sql<boolean>`instr(id, ${folded}) = 1`]),
    )
    .orderBy(
      sql`folded <> ${folded}, instr(folded, ${folded}) <> 1, gone_at > present_at, length(folded), folded, id, class`,
    )
    .limit(limit)
    .execute()
}

function named(db: Kysely<Schema>, guildId: Snowflake) {
  return db
    .selectFrom('name')
    .select([
      idAsText<string>('id').as('id'),
      'type',
      sql<string>`name.name`.as('name'),
      sql<Presence>`CASE WHEN gone_at > present_at THEN 'gone' WHEN present_at > 0 THEN 'present' ELSE 'unknown' END`.as(
        'presence',
      ),
    ])
    .where('guild', '=', BigInt(guildId))
    .where('name.name', 'is not', null)
}
