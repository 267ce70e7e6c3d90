import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Entry } from '../../../core/audit-log/entry.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import { idList } from '../json-parameters.ts'
import { type EntryRow, fromRow, idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'

/** The entries of rows, those that bots did credited to the people they did them for. */
export async function withAttributions(
  db: Kysely<Schema>,
  guildId: Snowflake,
  rows: readonly EntryRow[],
): Promise<Entry[]> {
  const attributions = rows.flatMap(({ attribution: attribution, executor }) =>
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

/** Who is meant by each claim, of those by which somebody is meant. */
async function peopleNamed(
  db: Kysely<Schema>,
  guildId: Snowflake,
  attributions: readonly string[],
): Promise<ReadonlyMap<string, Snowflake>> {
  const wanted = [...new Set(attributions)]
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ claim: string; id: string | null }>`
    SELECT value AS claim, CAST(${personNamed(guildId, sql`value`)} AS TEXT) AS id
    FROM json_each(${JSON.stringify(wanted)})`.execute(db)
  return new Map(rows.flatMap(({ claim: attribution, id }) => (id === null ? [] : [[attribution, id]])))
}

/**
 * The id of whom a claim means: a person, not a bot, who is known in the guild by that id, by that username, or, where
 * nobody has it as a username, by that display name alone. Null where it is nobody, or could be several.
 */
export function personNamed(guildId: Snowflake, attribution: RawBuilder<unknown>): RawBuilder<unknown> {
  // 0 is no snowflake: it keeps a name that several people have from being looked for in another way. SQLite takes the
  // primary key for better than either index, and would read every name of the guild for each claim.
  const only = (index: string, found: RawBuilder<unknown>) => sql`(
    SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN id ELSE 0 END FROM (
      SELECT id FROM name ${sql.raw(index)}
      WHERE guild = ${BigInt(guildId)} AND ${found} AND class = 'user' AND "is" = 'user'
      LIMIT 2
    )
  )`
  return sql`nullif(coalesce(
    ${only('NOT INDEXED', sql`id = CAST(${attribution} AS INTEGER) AND CAST(id AS TEXT) = ${attribution}`)},
    ${only('INDEXED BY name_by_alias', sql`alias = ${attribution}`)},
    ${only('INDEXED BY name_by_name', sql`folded = ${attribution}`)}
  ), 0)`
}

/** By which claims a person is credited. */
export async function attributionsOf(
  db: Kysely<Schema>,
  guildId: Snowflake,
  userId: Snowflake,
): Promise<string[]> {
  const person = await db
    .selectFrom('name')
    .select(['folded', 'alias'])
    .where('guild', '=', BigInt(guildId))
    .where('id', '=', BigInt(userId))
    .where('class', '=', 'user')
    .executeTakeFirst()
  const attributions = [userId, person?.alias, person?.folded].filter(
    (attribution) => typeof attribution === 'string',
  )
  const people = await peopleNamed(db, guildId, attributions)
  return attributions.filter((attribution) => people.get(attribution) === userId)
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
    .where('guild', '=', BigInt(guildId))
    .where('id', 'in', idList(ids))
    .where('class', '=', 'user')
    .where('is', '=', 'bot')
    .execute()
  return new Set(bots.map(({ id }) => id))
}
