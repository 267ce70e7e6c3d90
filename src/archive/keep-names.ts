import { sql, type Transaction } from 'kysely'
import type { Naming } from '../core/known.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { classOf } from '../core/thing-class.ts'
import { jsonInteger } from './json-integer.ts'
import type { Schema } from './schema.ts'

/** An observation without a name leaves the name, and the type within its class, as they are. */
const isNewerName = sql`(excluded.name IS NOT NULL AND excluded.named_at >= named_at)`

/** What was learnt may be older than what is known: each name and state is the one of the latest moment. */
export async function keepNames(
  db: Transaction<Schema>,
  guildId: Snowflake,
  names: readonly Naming[],
): Promise<void> {
  const rows = names.map(({ id, is, name, alias, at, was }) => [
    jsonInteger(id),
    classOf(is),
    is,
    name,
    name?.toLowerCase() ?? null,
    alias?.toLowerCase() ?? null,
    name === null ? 0 : jsonInteger(at),
    was === 'there' ? jsonInteger(at) : 0,
    was === 'gone' ? jsonInteger(at) : 0,
  ])
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
      named_at = max(excluded.named_at, named_at),
      there_at = max(excluded.there_at, there_at),
      gone_at = max(excluded.gone_at, gone_at)
    WHERE ${isNewerName} AND ("is", name, alias) IS NOT (excluded."is", excluded.name, excluded.alias)
      OR excluded.there_at > there_at
      OR excluded.gone_at > gone_at`.execute(db)
}

/** Every role and channel that was there was named at a moment: those known from before it are gone. */
export async function keepRollCall(
  db: Transaction<Schema>,
  guildId: Snowflake,
  rollCall: Snowflake,
): Promise<void> {
  const at = BigInt(rollCall)
  await db
    .updateTable('name')
    .set({ gone_at: at })
    .where('guild', '=', BigInt(guildId))
    .where('is', 'in', ['role', 'channel'])
    .where('there_at', '<', at)
    .whereRef('gone_at', '<=', 'there_at')
    .execute()
}
