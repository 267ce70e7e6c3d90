import type { Kysely } from 'kysely'
import type { Entry } from '../core/entry.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'
import { eachId, eachText } from './each.ts'
import { type EntryRow, fromRow, idAsText } from './rows.ts'
import type { Schema } from './schema.ts'

/** The entries of rows, those that bots did credited to the people they did them for. */
export async function withCredits(
  db: Kysely<Schema>,
  guildId: Snowflake,
  rows: readonly EntryRow[],
): Promise<Entry[]> {
  const claims = rows.flatMap(({ claim, executor }) => (claim !== null && executor !== null ? [claim] : []))
  if (claims.length === 0) return rows.map((row) => fromRow(guildId, row))
  const executors = rows.map(({ executor }) => executor)
  const [people, bots] = await Promise.all([
    claimants(db, guildId, claims),
    botsAmong(db, guildId, executors),
  ])
  return rows.map((row) => {
    const creditedId =
      row.executor !== null && bots.has(row.executor) ? people.get(row.claim ?? '') : undefined
    return { ...fromRow(guildId, row), creditedId: creditedId ?? null }
  })
}

/**
 * Who is meant by each claim: a person, not a bot, who is known in the guild by that id, by that username, or, where
 * nobody has it as a username, by that display name alone.
 */
export async function claimants(
  db: Kysely<Schema>,
  guildId: Snowflake,
  claims: readonly string[],
): Promise<ReadonlyMap<string, Snowflake>> {
  const wanted = [...new Set(claims)]
  if (wanted.length === 0) return new Map()
  const ids = db.selectFrom('name').select('id').where('guild', '=', BigInt(guildId))
  const people = await db
    .selectFrom('name')
    .select([idAsText<string>('id').as('id'), 'folded', 'alias'])
    .where('guild', '=', BigInt(guildId))
    .where('is', '=', 'user')
    // Each way by itself, for its own index: SQLite would read every name of the guild for all of them at once, and
    // for a union in the order of the ids too.
    .where(
      'id',
      'in',
      ids
        .where('id', 'in', eachId(wanted.filter(isSnowflake)))
        .unionAll(ids.where('alias', 'in', eachText(wanted)))
        .unionAll(ids.where('folded', 'in', eachText(wanted))),
    )
    .execute()
  const byId = Map.groupBy(people, ({ id }) => id)
  const byAlias = Map.groupBy(people, ({ alias }) => alias)
  const byName = Map.groupBy(people, ({ folded }) => folded)
  const found = wanted.map((claim) => {
    const those = byId.get(claim) ?? byAlias.get(claim) ?? byName.get(claim) ?? []
    return [claim, those.length === 1 ? those[0]?.id : undefined] as const
  })
  return new Map(found.flatMap(([claim, id]) => (id === undefined ? [] : [[claim, id]])))
}

/** By which claims a person is credited. */
export async function claimsOf(db: Kysely<Schema>, guildId: Snowflake, userId: Snowflake): Promise<string[]> {
  const person = await db
    .selectFrom('name')
    .select(['folded', 'alias'])
    .where('guild', '=', BigInt(guildId))
    .where('id', '=', BigInt(userId))
    .where('class', '=', 'user')
    .executeTakeFirst()
  const claims = [userId, person?.alias, person?.folded].filter((claim) => typeof claim === 'string')
  const people = await claimants(db, guildId, claims)
  return claims.filter((claim) => people.get(claim) === userId)
}

/** Which of some executors are bots. */
export async function botsAmong(
  db: Kysely<Schema>,
  guildId: Snowflake,
  executors: readonly (Snowflake | null)[],
): Promise<ReadonlySet<Snowflake>> {
  const ids = [...new Set(executors)].filter((id) => id !== null)
  const bots = await db
    .selectFrom('name')
    .select(idAsText<string>('id').as('id'))
    .where('guild', '=', BigInt(guildId))
    .where('id', 'in', eachId(ids))
    .where('class', '=', 'user')
    .where('is', '=', 'bot')
    .execute()
  return new Set(bots.map(({ id }) => id))
}
