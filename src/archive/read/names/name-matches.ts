import { type RawBuilder, sql } from 'kysely'
import type { EntityClass } from '../../../core/names/entity-class.ts'
import { isSnowflake, LARGEST_SNOWFLAKE, type Snowflake } from '../../../core/snowflake.ts'
import { contains, indexedBy, position } from '../../dialect-sql.ts'

/** What a text finds. */
export interface Search {
  readonly guildId: Snowflake
  /** In lower case. */
  readonly text: string
  readonly limit: number
  /** The class of what is found; any if it is absent. */
  readonly type: EntityClass | undefined
}

/** Of how many equally good matches, those seen last, the entries are counted. */
export const COUNTED_MATCHES = 100

const COLUMNS = sql`id, class, type, name, folded, alias, named_at, present_at, gone_at`

/** Names that begin with the text, and what has it as username or id. */
export function beginning({ guildId, text, type }: Search): RawBuilder<unknown> {
  const guild = BigInt(guildId)
  const isOther = sql`${position(sql`folded`, text)} <> 1 AND ${ofClass(type)}`
  return sql`
    SELECT ${COLUMNS} FROM ${indexedBy('name', 'name_by_name')}
    WHERE guild_id = ${guild} AND ${beginsWith('folded', text)} AND ${ofClass(type)}
    UNION ALL
    SELECT ${COLUMNS} FROM ${indexedBy('name', 'name_by_alias')} WHERE guild_id = ${guild} AND alias = ${text} AND ${isOther}
    UNION ALL
    SELECT ${COLUMNS} FROM ${indexedBy('name', 'key')}
    WHERE guild_id = ${guild} AND id = ${idOf(text)} AND alias IS DISTINCT FROM ${text} AND ${isOther}`
}

/**
 * Names that contain the text, usernames that begin with it, and ids that do. The index has every name, so rows are
 * looked up only where the name contains the text.
 */
export function containing(search: Search): RawBuilder<unknown> {
  const { guildId, text, type } = search
  const guild = BigInt(guildId)
  const isOther = sql`${position(sql`folded`, text)} = 0 AND ${ofClass(type)}`
  return sql`
    SELECT ${COLUMNS}
    FROM (
      SELECT id AS found_id, class AS found_class FROM ${indexedBy('name', 'name_by_name')}
      WHERE guild_id = ${guild} AND ${contains(sql`folded`, text)} AND ${ofClass(type)}
    ) AS found
    CROSS JOIN name WHERE guild_id = ${guild} AND id = found_id AND class = found_class
    UNION ALL
    SELECT ${COLUMNS} FROM ${indexedBy('name', 'name_by_alias')}
    WHERE guild_id = ${guild} AND ${beginsWith('alias', text)} AND ${isOther}
    ${withIdFrom(search)}`
}

/** What has an id that begins with the text. A range for each length, because PostgreSQL looks up no range of another table. */
function withIdFrom({ guildId, text, type }: Search): RawBuilder<unknown> {
  const isOther = sql`coalesce(${position(sql`alias`, text)}, 0) <> 1 AND ${position(sql`folded`, text)} = 0`
  const ranges = idsFrom(text).map(
    ([first, last]) => sql`
      SELECT ${COLUMNS} FROM ${indexedBy('name', 'key')}
      WHERE guild_id = ${BigInt(guildId)} AND id BETWEEN ${first} AND ${last} AND ${isOther} AND ${ofClass(type)}`,
  )
  if (ranges.length === 0) return sql``
  return sql`
    UNION ALL
    SELECT * FROM (${sql.join(ranges, sql` UNION ALL `)} LIMIT ${COUNTED_MATCHES}) AS by_id`
}

/** Whether a column begins with a text, as a range of an index. */
function beginsWith(column: 'folded' | 'alias', text: string): RawBuilder<boolean> {
  return sql`(${sql.ref(column)} >= ${text} AND ${sql.ref(column)} < ${`${text}\u{10FFFF}`})`
}

export function idOf(text: string): bigint | null {
  return isSnowflake(text) ? BigInt(text) : null
}

export function ofClass(type: EntityClass | undefined): RawBuilder<boolean> {
  return type === undefined ? sql`true` : sql`class = ${type}`
}

/** The ranges of the ids that begin with some digits: one for each length. */
function idsFrom(digits: string): [first: bigint, last: bigint][] {
  if (!/^[1-9]\d*$/.test(digits)) return []
  const most = LARGEST_SNOWFLAKE.length - digits.length
  const largest = BigInt(LARGEST_SNOWFLAKE)
  const ranges: [bigint, bigint][] = []
  for (let more = 0; more <= most; more++) {
    const step = 10n ** BigInt(more)
    const [first, last] = [BigInt(digits) * step, (BigInt(digits) + 1n) * step - 1n]
    if (first <= largest) ranges.push([first, last < largest ? last : largest])
  }
  return ranges
}
