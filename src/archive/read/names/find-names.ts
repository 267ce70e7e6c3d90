import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { EntityClass } from '../../../core/names/entity-class.ts'
import type { FoundEntity } from '../../../core/names/named-entity.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import { DAY } from '../../../core/time/units.ts'
import { asTarget, greatest, position } from '../../dialect-sql.ts'
import { indexable } from '../../entry-row.ts'
import type { Schema } from '../../schema.ts'
import { CAN_TARGET_CLASS } from '../../target-class.ts'
import { beginning, COUNTED_MATCHES, containing, idOf, ofClass, type Search } from './name-matches.ts'
import { PRESENCE } from './names.ts'

/** How many of the newest entries count as done lately. */
const LATEST_ENTRIES = 1000

/** What was seen this long before the newest entry, or later, was seen lately: a difference of snowflakes. */
const LATELY = BigInt(30 * DAY) << 22n

/** Up to how many entries are counted on a match. */
const MOST_COUNTED = 100

/** What separates words in names, such as `🔨│mod-log`. */
const WORD_BREAKS = [' ', '-', '_', '.', '|', '/', '│', '・']

/**
 * Everything whose name contains a text, or whose username or id begins with it, most likely first: what has exactly that
 * name, username or id, then names that begin with it, usernames that do, names with a word that does, other names, and
 * ids. Equally good matches are in the order of what was seen lately, what most was done to, and what was seen last. An
 * empty text finds what something was done to lately.
 */
export async function findNames(
  db: Kysely<Schema>,
  guildId: Snowflake,
  typed: string,
  limit: number,
  type?: EntityClass,
): Promise<FoundEntity[]> {
  const search = { guildId, text: indexable(typed.toLowerCase()), limit, type }
  // An index finds these, and any other match is worse.
  const first = await (search.text === '' ? latestTargets(db, search) : ranked(db, search, beginning(search)))
  if (first.length >= limit) return first
  const all = await ranked(db, search, containing(search))
  const isNew = (each: FoundEntity) => !first.some(({ id, type }) => id === each.id && type === each.type)
  return search.text === '' ? [...first, ...all.filter(isNew)].slice(0, limit) : all
}

/** What the newest entries were done to, the latest first. */
async function latestTargets(db: Kysely<Schema>, { guildId, limit, type }: Search): Promise<FoundEntity[]> {
  const guild = BigInt(guildId)
  // CROSS JOIN keeps SQLite from reading every name.
  const { rows } = await sql<FoundEntity>`
    WITH latest AS MATERIALIZED (
      SELECT target, kind, max(id) AS at
      FROM (SELECT target, kind, id FROM entry WHERE guild_id = ${guild} ORDER BY id DESC LIMIT ${LATEST_ENTRIES}) AS newest
      GROUP BY target, kind
    )
    SELECT CAST(name.id AS TEXT) AS id, type, name, alias, ${PRESENCE} AS presence
    FROM latest CROSS JOIN name
    WHERE guild_id = ${guild} AND name.id = latest.target AND ${CAN_TARGET_CLASS}
      AND name.name IS NOT NULL AND ${ofClass(type)}
    GROUP BY guild_id, name.id, class
    ORDER BY max(latest.at) DESC, name.id, class
    LIMIT ${limit}`.execute(db)
  return rows
}

/**
 * The best of some rows of `name`.
 */
async function ranked(
  db: Kysely<Schema>,
  { guildId, text, limit }: Search,
  matches: RawBuilder<unknown>,
): Promise<FoundEntity[]> {
  const guild = BigInt(guildId)
  const { rows } = await sql<FoundEntity>`
    WITH found AS MATERIALIZED (
      SELECT id, class, type, name, folded, alias, ${PRESENCE} AS presence, ${distance(text)} AS distance,
        gone_at > present_at AND class <> 'user' AS is_deleted, ${greatest(sql`named_at`, sql`present_at`, sql`gone_at`)} AS seen
      FROM (${matches}) AS matches
      ORDER BY distance, is_deleted, seen DESC, folded, id, class
      LIMIT ${COUNTED_MATCHES}
    )
    SELECT CAST(id AS TEXT) AS id, type, name, alias, presence
    FROM found
    ORDER BY distance, is_deleted,
      seen < (SELECT max(id) FROM entry WHERE guild_id = ${guild}) - ${LATELY},
      (SELECT count(*) FROM (
        SELECT 1 FROM entry WHERE guild_id = ${guild} AND target = ${asTarget(sql`found.id`)} LIMIT ${MOST_COUNTED}
      ) AS counted) DESC,
      seen DESC, folded, found.id, class
    LIMIT ${limit}`.execute(db)
  return rows
}

/** How far a match is from what was typed, from 0 for exactly that. */
function distance(text: string): RawBuilder<number> {
  const words = WORD_BREAKS.map((before) => sql`${position(sql`folded`, before + text)} > 0`)
  return sql`CASE
    WHEN folded = ${text} OR alias = ${text} OR id = ${idOf(text)} THEN 0
    WHEN ${position(sql`folded`, text)} = 1 THEN 1
    WHEN ${position(sql`alias`, text)} = 1 THEN 2
    WHEN ${sql.join(words, sql` OR `)} THEN 3
    WHEN ${position(sql`folded`, text)} > 0 THEN 4
    ELSE 5 END`
}
