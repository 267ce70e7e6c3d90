import { type RawBuilder, sql } from 'kysely'
import { ACTIONS } from '../core/audit-log/action.ts'
import { targetClass } from '../core/names/entity-class.ts'

/** The classes with the most kinds come first, because they are tested in this order. */
const kindsByClass = [...Map.groupBy(ACTIONS.keys(), targetClass)].sort(([, a], [, b]) => b.length - a.length)

/** The class of an entry's target, by its kind; null when Discord does not say. */
export const TARGET_CLASS: RawBuilder<string | null> = sql`CASE ${sql.join(
  kindsByClass.flatMap(([type, kinds]) =>
    type === undefined ? [] : [sql`WHEN kind IN (${sql.join(kinds.map(sql.lit))}) THEN ${sql.lit(type)}`],
  ),
  sql` `,
)} END`

/** Whether an entry's target can have the class of a row of `name`. A webhook never shares its id. */
export const CAN_TARGET_CLASS: RawBuilder<boolean> = sql`class IN (coalesce(${TARGET_CLASS}, class), 'webhook')`
