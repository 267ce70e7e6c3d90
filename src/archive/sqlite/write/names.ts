import { type RawBuilder, sql, type Transaction } from 'kysely'
import { classOf } from '../../../core/names/entity-class.ts'
import type { NameObservation } from '../../../core/names/named-entity.ts'
import { LARGEST_SNOWFLAKE, type Snowflake } from '../../../core/snowflake.ts'
import { jsonInteger } from '../json-integer.ts'
import type { Schema } from '../schema.ts'

/** An hour, in ids. What is observed can be written in another order than it was observed, but not by so much. */
const HOUR = 3_600_000n << 22n

type Moment = 'named_at' | 'there_at' | 'gone_at'

function isAhead(at: Snowflake, present: Snowflake): boolean {
  return BigInt(at) - HOUR > BigInt(present)
}

/**
 * A moment of what is known already. One that lies ahead of the present was dated by a clock that was wrong, and yields
 * to whatever is observed now.
 */
function known(column: Moment, present: Snowflake): RawBuilder<bigint> {
  return sql`iif(${sql.ref(column)} - ${HOUR} > ${BigInt(present)}, ${BigInt(present) - 1n}, ${sql.ref(column)})`
}

/**
 * Keeps names and states, each the one of the latest moment: what was learnt may be older than what is known.
 * @param present the moment at which something was observed just now; undefined where all of it is history
 */
export async function writeNames(
  db: Transaction<Schema>,
  guildId: Snowflake,
  names: readonly NameObservation[],
  present: Snowflake = LARGEST_SNOWFLAKE,
): Promise<void> {
  const [namedAt, thereAt, goneAt] = [
    known('named_at', present),
    known('there_at', present),
    known('gone_at', present),
  ]
  // An observation without a name leaves the name, and the type within its class, as they are.
  const isNewerName = sql`(excluded.name IS NOT NULL AND excluded.named_at >= ${namedAt})`
  const rows = names.map(({ id, type, name, alias, at, presence: was }) => {
    const moment = jsonInteger(isAhead(at, present) ? present : at)
    return [
      jsonInteger(id),
      classOf(type),
      type,
      name,
      name?.toLowerCase() ?? null,
      alias?.toLowerCase() ?? null,
      name === null ? 0 : moment,
      was === 'there' ? moment : 0,
      was === 'gone' ? moment : 0,
    ]
  })
  await sql`
    INSERT INTO name (guild, id, class, "is", name, folded, alias, named_at, there_at, gone_at)
    SELECT ${BigInt(guildId)}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
      value ->> 6, value ->> 7, value ->> 8
    FROM json_each(${JSON.stringify(rows)})
    WHERE true
    ON CONFLICT (guild, id, class) DO UPDATE SET
      "is" = iif(${isNewerName}, excluded."is", "is"),
      name = iif(${isNewerName}, excluded.name, name),
      folded = iif(${isNewerName}, excluded.folded, folded),
      alias = iif(${isNewerName}, excluded.alias, alias),
      named_at = max(excluded.named_at, ${namedAt}),
      there_at = max(excluded.there_at, ${thereAt}),
      gone_at = max(excluded.gone_at, ${goneAt})
    WHERE ${isNewerName} AND ("is", name, alias) IS NOT (excluded."is", excluded.name, excluded.alias)
      OR excluded.there_at > ${thereAt}
      OR excluded.gone_at > ${goneAt}`.execute(db)
}

/** Every role and channel that was there was named at a moment: those known from before it are gone. */
export async function writeSnapshot(
  db: Transaction<Schema>,
  guildId: Snowflake,
  snapshotAt: Snowflake,
): Promise<void> {
  const at = BigInt(snapshotAt)
  await db
    .updateTable('name')
    .set({ there_at: known('there_at', snapshotAt), gone_at: at })
    .where('guild', '=', BigInt(guildId))
    .where('is', 'in', ['role', 'channel'])
    .where(known('there_at', snapshotAt), '<', at)
    .where(sql<boolean>`${known('gone_at', snapshotAt)} <= ${known('there_at', snapshotAt)}`)
    .execute()
}
