import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely'
import { kindsOn } from '../../core/names/entity-class.ts'
import { bothKinds, type Filter, type Kinds } from '../../core/query/filter.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { targetKey } from './rows.ts'
import type { Schema } from './schema.ts'

/** A filter, with the claims by which reasons name the one to whom entries are credited. */
export interface ResolvedFilter extends Omit<Filter, 'executorId' | 'targetType'> {
  /** Null for the entries that Discord names nobody for. */
  readonly executorId?: Snowflake | null | undefined
  readonly attributions?: readonly string[]
}

/** The same filter with the kinds that are done to things of its target's class, instead of that class. */
export function resolveTargetType({ targetType, ...filter }: Filter): ResolvedFilter {
  const { targetId, kinds = { noneOf: [] } } = filter
  if (targetId === undefined || targetType === undefined) return filter
  return { ...filter, kinds: bothKinds(kinds, kindsOn(targetType)) }
}

type Entries = ExpressionBuilder<Schema, 'entry'>

/**
 * The condition for the entries of one guild that a filter means.
 * @param id how the id is written: `+id` keeps SQLite from looking a window up. https://sqlite.org/optoverview.html
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
      // Most entries have no reason, and asking JavaScript about them costs more than reading them.
      conditions.push(sql`reason IS NOT NULL AND contains(reason, ${filter.reason.toLowerCase()})`)
    }
    if (filter.kinds) conditions.push(ofKinds(filter.kinds))
    if (filter.attributions) {
      conditions.push(
        entry('claim', 'in', filter.attributions.length > 0 ? [...filter.attributions] : ['']),
        sql`EXISTS (
          SELECT 1 FROM name
          WHERE guild = ${BigInt(guildId)} AND id = executor AND class = 'user' AND "is" = 'bot'
        )`,
      )
    }
    return entry.and(conditions)
  }
}

/** The condition for rows of certain kinds. */
export function ofKinds(kinds: Kinds): Expression<SqlBool> {
  if ('anyOf' in kinds && kinds.anyOf.length === 0) return sql`false`
  return 'anyOf' in kinds
    ? sql`kind IN (${eachOnce(kinds.anyOf)})`
    : sql`kind NOT IN (${eachOnce(kinds.noneOf)})`
}

/** There are fewer than a hundred kinds, however often each is asked for. */
function eachOnce(kinds: readonly number[]): RawBuilder<unknown> {
  return sql.join([...new Set(kinds)])
}
