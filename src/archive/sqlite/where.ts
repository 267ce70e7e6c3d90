import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely'
import { kindsOn } from '../../core/names/entity-class.ts'
import { bothKinds, type Filter, type Kinds } from '../../core/query/filter.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { targetKey } from './rows.ts'
import type { Schema } from './schema.ts'

/** A filter in the archive's columns: a target type as kinds, a person that bots acted for as attributions. */
export interface ResolvedFilter extends Omit<Filter, 'executorId' | 'targetType' | 'onBehalfOfId'> {
  /** Null for entries that Discord names nobody for. */
  readonly executorId?: Snowflake | null | undefined
  /** The ids and names by which reasons name the person. */
  readonly attributions?: readonly string[]
}

/** The same filter with the kinds that can be done to the target's class instead of that class. */
export function resolveTargetType({ targetType, ...filter }: Omit<Filter, 'onBehalfOfId'>): ResolvedFilter {
  const { targetId, kinds = { noneOf: [] } } = filter
  if (targetId === undefined || targetType === undefined) return filter
  return { ...filter, kinds: bothKinds(kinds, kindsOn(targetType)) }
}

type Entries = ExpressionBuilder<Schema, 'entry'>

/**
 * The condition for the entries of one guild that match a filter.
 * @param id how the id is written: with `+id`, SQLite looks up no window. https://sqlite.org/optoverview.html
 */
export function matching(guildId: Snowflake, filter: ResolvedFilter, id: Expression<unknown> = sql`id`) {
  return (entry: Entries): Expression<SqlBool> => {
    const conditions: Expression<SqlBool>[] = [entry('guild', '=', BigInt(guildId))]
    if (filter.executorId === null) conditions.push(entry('executor', 'is', null))
    else if (filter.executorId !== undefined)
      conditions.push(entry('executor', '=', BigInt(filter.executorId)))
    if (filter.targetId !== undefined) conditions.push(entry('target', '=', targetKey(filter.targetId)))
    if (filter.channelId !== undefined) conditions.push(entry('channel', '=', BigInt(filter.channelId)))
    if (filter.from !== undefined) conditions.push(sql`${id} >= ${BigInt(filter.from)}`)
    if (filter.to !== undefined) conditions.push(sql`${id} < ${BigInt(filter.to)}`)
    if (filter.reason !== undefined) {
      // Most entries have no reason, and a call into JavaScript costs more than reading the row.
      conditions.push(sql`reason IS NOT NULL AND contains(reason, ${filter.reason.toLowerCase()})`)
    }
    if (filter.kinds) conditions.push(ofKinds(filter.kinds))
    if (filter.attributions) {
      conditions.push(
        entry('attribution', 'in', filter.attributions.length > 0 ? [...filter.attributions] : ['']),
        isBot(guildId, sql`executor`),
      )
    }
    return entry.and(conditions)
  }
}

/** The condition that a user is recorded as a bot. */
export function isBot(guildId: Snowflake, userId: RawBuilder<unknown>): Expression<SqlBool> {
  return sql`EXISTS (
    SELECT 1 FROM name
    WHERE guild = ${BigInt(guildId)} AND id = ${userId} AND class = 'user' AND type = 'bot'
  )`
}

/** The condition for rows of certain kinds. */
export function ofKinds(kinds: Kinds): Expression<SqlBool> {
  if ('anyOf' in kinds && kinds.anyOf.length === 0) return sql`false`
  return 'anyOf' in kinds
    ? sql`kind IN (${distinct(kinds.anyOf)})`
    : sql`kind NOT IN (${distinct(kinds.noneOf)})`
}

/** There are fewer than a hundred kinds, so each can be a parameter. */
function distinct(kinds: readonly number[]): RawBuilder<unknown> {
  return sql.join([...new Set(kinds)])
}
