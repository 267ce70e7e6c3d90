import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { EntityClass } from '../../../core/names/entity-class.ts'
import type { FoundEntity } from '../../../core/names/named-entity.ts'
import { isSnowflake, LARGEST_SNOWFLAKE, type Snowflake } from '../../../core/snowflake.ts'
import { DAY } from '../../../core/time/units.ts'
import type { Schema } from '../schema.ts'
import { CAN_TARGET_CLASS } from '../target-class.ts'
import { PRESENCE } from './names.ts'

/** What a text finds. */
interface Search {
  readonly guildId: Snowflake
  /** In lower case. */
  readonly text: string
  readonly limit: number
  /** The class of what is found; any if it is absent. */
  readonly type: EntityClass | undefined
}

/** How many of the newest entries count as done lately. */
const LATEST_ENTRIES = 1000

/** What was seen this long before the newest entry, or later, was seen lately: a difference of snowflakes. */
const LATELY = BigInt(30 * DAY) << 22n

/** Of how many equally good matches, those seen last, the entries are counted, and up to how many. */
const COUNTED_MATCHES = 100
const MOST_COUNTED = 100

/** What separates words in names, such as `🔨│mod-log`. */
const WORD_BREAKS = [' ', '-', '_', '.', '|', '/', '│', '・']

const COLUMNS = sql`id, class, type, name, folded, alias, named_at, present_at, gone_at`

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
  const search = { guildId, text: typed.toLowerCase(), limit, type }
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
  const { rows } = await sql<FoundEntity>`
    WITH latest AS MATERIALIZED (
      SELECT target, kind, max(id) AS at
      FROM (SELECT target, kind, id FROM entry WHERE guild = ${guild} ORDER BY id DESC LIMIT ${LATEST_ENTRIES})
      GROUP BY target, kind
    )
    SELECT CAST(name.id AS TEXT) AS id, type, name, alias, ${PRESENCE} AS presence
    FROM latest CROSS JOIN name ON guild = ${guild} AND name.id = latest.target AND ${CAN_TARGET_CLASS}
    WHERE name IS NOT NULL AND ${ofClass(type)}
    GROUP BY name.id, class
    ORDER BY max(latest.at) DESC, name.id, class
    LIMIT ${limit}`.execute(db)
  return rows
}

/**
 * The best of some rows of `name`. Without the `+`, the affinity of `id` would keep SQLite from looking targets up by
 * their index. https://sqlite.org/datatype3.html#affinity_of_operands
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
        gone_at > present_at AND class <> 'user' AS is_deleted, max(named_at, present_at, gone_at) AS seen
      FROM (${matches})
      ORDER BY distance, is_deleted, seen DESC, folded, id, class
      LIMIT ${COUNTED_MATCHES}
    )
    SELECT CAST(id AS TEXT) AS id, type, name, alias, presence
    FROM found
    ORDER BY distance, is_deleted,
      seen < (SELECT max(id) FROM entry WHERE guild = ${guild}) - ${LATELY},
      (SELECT count(*) FROM (
        SELECT 1 FROM entry WHERE guild = ${guild} AND target = +found.id LIMIT ${MOST_COUNTED}
      )) DESC,
      seen DESC, folded, found.id, class
    LIMIT ${limit}`.execute(db)
  return rows
}

/** How far a match is from what was typed, from 0 for exactly that. */
function distance(text: string): RawBuilder<number> {
  const words = WORD_BREAKS.map((before) => sql`instr(folded, ${before + text}) > 0`)
  return sql`CASE
    WHEN folded = ${text} OR alias = ${text} OR id = ${idOf(text)} THEN 0
    WHEN instr(folded, ${text}) = 1 THEN 1
    WHEN instr(alias, ${text}) = 1 THEN 2
    WHEN ${sql.join(words, sql` OR `)} THEN 3
    WHEN instr(folded, ${text}) > 0 THEN 4
    ELSE 5 END`
}

/** Names that begin with the text, and what has it as username or id. */
function beginning({ guildId, text, type }: Search): RawBuilder<unknown> {
  const guild = BigInt(guildId)
  const isOther = sql`instr(folded, ${text}) <> 1 AND ${ofClass(type)}`
  return sql`
    SELECT ${COLUMNS} FROM name INDEXED BY name_by_name
    WHERE guild = ${guild} AND ${beginsWith('folded', text)} AND ${ofClass(type)}
    UNION ALL
    SELECT ${COLUMNS} FROM name INDEXED BY name_by_alias WHERE guild = ${guild} AND alias = ${text} AND ${isOther}
    UNION ALL
    SELECT ${COLUMNS} FROM name NOT INDEXED
    WHERE guild = ${guild} AND id = ${idOf(text)} AND alias IS NOT ${text} AND ${isOther}`
}

/**
 * Names that contain the text, usernames that begin with it, and ids that do. The index has every name, so rows are
 * looked up only where the name contains the text.
 */
function containing({ guildId, text, type }: Search): RawBuilder<unknown> {
  const guild = BigInt(guildId)
  const isOther = sql`instr(folded, ${text}) = 0 AND ${ofClass(type)}`
  return sql`
    SELECT ${COLUMNS}
    FROM (
      SELECT id AS found_id, class AS found_class FROM name INDEXED BY name_by_name
      WHERE guild = ${guild} AND instr(folded, ${text}) > 0 AND ${ofClass(type)}
    )
    CROSS JOIN name ON guild = ${guild} AND id = found_id AND class = found_class
    UNION ALL
    SELECT ${COLUMNS} FROM name INDEXED BY name_by_alias
    WHERE guild = ${guild} AND ${beginsWith('alias', text)} AND ${isOther}
    UNION ALL
    SELECT * FROM (
      SELECT ${COLUMNS}
      FROM (SELECT value ->> 0 AS low, value ->> 1 AS high FROM json_each(${JSON.stringify(idsFrom(text))}))
      CROSS JOIN name ON guild = ${guild} AND id >= low AND id < high
      WHERE ifnull(instr(alias, ${text}), 0) <> 1 AND ${isOther}
      LIMIT ${COUNTED_MATCHES}
    )`
}

/** Whether a column begins with a text, as a range of an index. */
function beginsWith(column: 'folded' | 'alias', text: string): RawBuilder<boolean> {
  return sql`(${sql.ref(column)} >= ${text} AND ${sql.ref(column)} < ${text} || char(0x10FFFF))`
}

function idOf(text: string): bigint | null {
  return isSnowflake(text) ? BigInt(text) : null
}

function ofClass(type: EntityClass | undefined): RawBuilder<boolean> {
  return type === undefined ? sql`true` : sql`class = ${type}`
}

/** The ranges of the ids that begin with some digits: one for each length. */
function idsFrom(digits: string): unknown[] {
  if (!/^[1-9]\d*$/.test(digits)) return []
  const most = LARGEST_SNOWFLAKE.length - digits.length
  return Array.from({ length: Math.max(most + 1, 0) }, (_, more) => {
    const [first, next] = [BigInt(digits), BigInt(digits) + 1n].map((id) => id * 10n ** BigInt(more))
    return [JSON.rawJSON(String(first)), JSON.rawJSON(String(next))]
  })
}
