import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely'
import { kindsOn } from '../core/names/entity-class.ts'
import { bothKinds, type Filter, type Kinds } from '../core/query/filter.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { byDialect, idList, targetIs, unindexed } from './dialect-sql.ts'
import { storable } from './entry-row.ts'
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

export type Entries = ExpressionBuilder<Schema, 'entry'>

/**
 * Whether a filter's entries are found by reading all within its window in the order of their ids. A reason is not in any
 * index, so each entry would have to be looked up by itself, which costs five times as much. Targets, channels and
 * attributions leave few entries.
 */
export function isReadInOrder({ reason, targetId, channelId, attributions }: ResolvedFilter): boolean {
  return (
    reason !== undefined && [targetId, channelId, attributions].every((narrowing) => narrowing === undefined)
  )
}

/**
 * The condition for the entries of one guild that match a filter.
 * @param id how the id is written: if it is unindexed, no window is looked up
 */
export function matching(guildId: Snowflake, filter: ResolvedFilter, id: Expression<unknown> = sql`id`) {
  return (entry: Entries): Expression<SqlBool> => {
    const conditions: Expression<SqlBool>[] = [entry('guild_id', '=', BigInt(guildId))]
    const [executor, kind] = isReadInOrder(filter)
      ? [unindexed(sql`executor`), unindexed(sql`kind`)]
      : [sql`executor`, sql`kind`]
    if (filter.executorId === null) conditions.push(sql`executor IS NULL`)
    else if (filter.executorId !== undefined) conditions.push(sql`${executor} = ${BigInt(filter.executorId)}`)
    if (filter.withoutBots) conditions.push(isNoBot(guildId))
    if (filter.targetId !== undefined) conditions.push(targetIs(filter.targetId))
    if (filter.channelId !== undefined) conditions.push(entry('channel', '=', BigInt(filter.channelId)))
    if (filter.from !== undefined) conditions.push(sql`${id} >= ${BigInt(filter.from)}`)
    if (filter.to !== undefined) conditions.push(sql`${id} < ${BigInt(filter.to)}`)
    const { reason } = filter
    if (reason !== undefined)
      conditions.push(byDialect((dialect) => dialect.reasonContains(storable(reason))))
    if (filter.kinds) conditions.push(ofKinds(filter.kinds, kind))
    if (filter.attributions) {
      conditions.push(
        entry('attribution', 'in', filter.attributions.length > 0 ? [...filter.attributions] : ['']),
        isBot(guildId, sql`executor`),
      )
    }
    return entry.and(conditions)
  }
}

/** Compares a guild's id: with the only guild, or with several. A statement on one guild names it, so that it is looked up there. */
export function ofGuilds(guildIds: readonly Snowflake[]): RawBuilder<unknown> {
  const [only, ...others] = [...new Set(guildIds)]
  return only !== undefined && others.length === 0 ? sql`= ${BigInt(only)}` : sql`IN ${idList(guildIds)}`
}

/** The condition that a user is recorded as a bot. */
export function isBot(guildId: Snowflake, userId: RawBuilder<unknown>): Expression<SqlBool> {
  return sql`EXISTS (
    SELECT 1 FROM name
    WHERE guild_id = ${BigInt(guildId)} AND id = ${userId} AND class = 'user' AND type = 'bot'
  )`
}

/** The condition that the executor of a row, if there is one, is not recorded as a bot. */
export function isNoBot(guildId: Snowflake): Expression<SqlBool> {
  return sql`NOT ${isBot(guildId, sql`executor`)}`
}

/** The condition for rows of certain kinds. */
export function ofKinds(kinds: Kinds, kind: RawBuilder<unknown> = sql`kind`): Expression<SqlBool> {
  if ('anyOf' in kinds && kinds.anyOf.length === 0) return sql`false`
  if ('noneOf' in kinds && kinds.noneOf.length === 0) return sql`true`
  return 'anyOf' in kinds
    ? sql`${kind} IN (${distinct(kinds.anyOf)})`
    : sql`${kind} NOT IN (${distinct(kinds.noneOf)})`
}

/** There are fewer than a hundred kinds, so each can be a parameter. */
function distinct(kinds: readonly number[]): RawBuilder<unknown> {
  return sql.join([...new Set(kinds)])
}
