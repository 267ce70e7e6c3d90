import { type RawBuilder, sql } from 'kysely'
import { catalogue } from '../core/action.ts'
import { targetClass } from '../core/thing-class.ts'

/** Those of which there are most kinds come first: they are looked for first. */
const kindsByClass = [...Map.groupBy(catalogue.keys(), targetClass)].sort(
  ([, a], [, b]) => b.length - a.length,
)

/** The class of an entry's target by its kind; null where Discord does not say. */
export const TARGET_CLASS: RawBuilder<string | null> = sql`CASE ${sql.join(
  kindsByClass.flatMap(([type, kinds]) =>
    type === undefined ? [] : [sql`WHEN kind IN (${sql.join(kinds.map(sql.lit))}) THEN ${sql.lit(type)}`],
  ),
  sql` `,
)} END`

/** Whether an entry's target can be of the class that a row of names has; a webhook shares its id with nothing. */
export const CAN_TARGET_CLASS: RawBuilder<boolean> = sql`class IN (ifnull(${TARGET_CLASS}, class), 'webhook')`
