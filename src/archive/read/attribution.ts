import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Entry } from '../../core/audit-log/entry.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { byDialect, idList, indexedBy, table } from '../dialect-sql.ts'
import type { EntryRow } from '../entry-row.ts'
import { fromRow, idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'

/** The entries of rows, with the people that bots acted for as `onBehalfOfId`. */
export async function withAttributions(
  db: Kysely<Schema>,
  guildId: Snowflake,
  rows: readonly EntryRow[],
): Promise<Entry[]> {
  const attributions = rows.flatMap(({ attribution, executor }) =>
    attribution !== null && executor !== null ? [attribution] : [],
  )
  if (attributions.length === 0) return rows.map((row) => fromRow(guildId, row))
  const executors = rows.map(({ executor }) => executor)
  const [people, bots] = await Promise.all([
    peopleNamed(db, guildId, attributions),
    botsAmong(db, guildId, executors),
  ])
  return rows.map((row) => {
    const onBehalfOfId =
      row.executor !== null && bots.has(row.executor) ? people.get(row.attribution ?? '') : undefined
    return { ...fromRow(guildId, row), onBehalfOfId: onBehalfOfId ?? null }
  })
}

/** The attributions that mean a person: the id, and those of their names that mean nobody else. */
export async function attributionsOf(
  db: Kysely<Schema>,
  guildId: Snowflake,
  userId: Snowflake,
): Promise<string[]> {
  const person = await db
    .selectFrom('name')
    .select(['folded', 'alias'])
    .where('guild_id', '=', BigInt(guildId))
    .where('id', '=', BigInt(userId))
    .where('class', '=', 'user')
    .executeTakeFirst()
  const attributions = [userId, person?.alias, person?.folded].filter(
    (attribution) => typeof attribution === 'string',
  )
  const people = await peopleNamed(db, guildId, attributions)
  return attributions.filter((attribution) => people.get(attribution) === userId)
}

/** The person that each attribution means, without attributions that mean nobody. */
async function peopleNamed(
  db: Kysely<Schema>,
  guildId: Snowflake,
  attributions: readonly string[],
): Promise<ReadonlyMap<string, Snowflake>> {
  const distinct = [...new Set(attributions)]
  if (distinct.length === 0) return new Map()
  const rows = distinct.map((attribution) => [attribution])
  const { rows: people } = await sql<{ attribution: string; id: string | null }>`
    SELECT attribution, CAST(${personNamed(guildId, sql`attribution`)} AS TEXT) AS id
    FROM ${table({ attribution: 'text' }, rows)} AS given`.execute(db)
  return new Map(people.flatMap(({ attribution, id }) => (id === null ? [] : [[attribution, id]])))
}

/**
 * The id of the person that an attribution means: a user, not a bot, with that id, or that username, or, if nobody has
 * that username, that display name. Null if nobody has it, or several people do.
 */
export function personNamed(guildId: Snowflake, attribution: RawBuilder<unknown>): RawBuilder<unknown> {
  // 0, which is no snowflake, stands for several people and ends the search. The indexes are given because SQLite
  // prefers the primary key, and would read every name of the guild for each attribution.
  const only = (index: string, condition: RawBuilder<unknown>) => sql`(
    SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN min(id) ELSE 0 END FROM (
      SELECT id FROM ${indexedBy('name', index)}
      WHERE guild_id = ${BigInt(guildId)} AND ${condition} AND class = 'user' AND type = 'user'
      LIMIT 2
    ) AS found
  )`
  const id = byDialect((dialect) => dialect.idOf(attribution))
  return sql`nullif(coalesce(
    ${only('key', sql`id = ${id} AND CAST(id AS TEXT) = ${attribution}`)},
    ${only('name_by_alias', sql`alias = ${attribution}`)},
    ${only('name_by_name', sql`folded = ${attribution}`)}
  ), 0)`
}

/** Which of some executors are bots. */
async function botsAmong(
  db: Kysely<Schema>,
  guildId: Snowflake,
  executors: readonly (Snowflake | null)[],
): Promise<ReadonlySet<Snowflake>> {
  const ids = [...new Set(executors)].filter((id) => id !== null)
  const bots = await db
    .selectFrom('name')
    .select(idAsText<string>('id').as('id'))
    .where('guild_id', '=', BigInt(guildId))
    .where('id', 'in', idList(ids))
    .where('class', '=', 'user')
    .where('type', '=', 'bot')
    .execute()
  return new Set(bots.map(({ id }) => id))
}
