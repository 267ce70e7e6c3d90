import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Filter, Kinds } from '../core/filter.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { targetKey } from './rows.ts'
import type { Schema } from './schema.ts'

type Entries = ExpressionBuilder<Schema, 'entry'>

/** The condition for the entries of one guild that a filter means. */
export function matching(guildId: Snowflake, filter: Filter) {
  return (entry: Entries): Expression<SqlBool> => {
    const conditions: Expression<SqlBool>[] = [entry('guild', '=', BigInt(guildId))]
    if (filter.executorId !== undefined) conditions.push(entry('executor', '=', BigInt(filter.executorId)))
    if (filter.targetId !== undefined) conditions.push(entry('target', '=', targetKey(filter.targetId)))
    if (filter.channelId !== undefined) conditions.push(entry('channel', '=', BigInt(filter.channelId)))
    if (filter.from !== undefined) conditions.push(entry('id', '>=', BigInt(filter.from)))
    if (filter.to !== undefined) conditions.push(entry('id', '<', BigInt(filter.to)))
    if (filter.reason !== undefined) conditions.push(sql`contains(reason, ${filter.reason.toLowerCase()})`)
    if (filter.kinds) conditions.push(ofKinds(filter.kinds))
    return entry.and(conditions)
  }
}

/** The condition for rows of certain kinds. */
export function ofKinds(kinds: Kinds): Expression<SqlBool> {
  return 'anyOf' in kinds
    ? sql`kind IN (${sql.join(kinds.anyOf)})`
    : sql`kind NOT IN (${sql.join(kinds.noneOf)})`
}
