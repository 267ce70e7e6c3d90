import { type Kysely, sql } from 'kysely'
import type { Known } from '../core/known.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'
import { idAsText } from './rows.ts'
import type { Schema } from './schema.ts'

export async function namesOf(
  db: Kysely<Schema>,
  guildId: Snowflake,
  ids: readonly string[],
): Promise<Map<string, Known>> {
  const snowflakes = [...new Set(ids)].filter(isSnowflake)
  if (snowflakes.length === 0) return new Map()
  const rows = await known(db, guildId).where('id', 'in', snowflakes.map(BigInt)).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** What is known by a name that contains the text, or by an id that begins with it; the closest match first. */
export function findNames(
  db: Kysely<Schema>,
  guildId: Snowflake,
  text: string,
  limit: number,
): Promise<Known[]> {
  const wanted = text.toLowerCase()
  return known(db, guildId)
    .where((name) =>
      name.or([sql<boolean>`instr(folded, ${wanted}) > 0`, sql<boolean>`instr(id, ${wanted}) = 1`]),
    )
    .orderBy(sql`folded <> ${wanted}, instr(folded, ${wanted}) <> 1, length(folded), folded, id`)
    .limit(limit)
    .execute()
}

function known(db: Kysely<Schema>, guildId: Snowflake) {
  return db
    .selectFrom('name')
    .select([idAsText<string>('id').as('id'), 'is', 'name.name as name'])
    .where('guild', '=', BigInt(guildId))
}
