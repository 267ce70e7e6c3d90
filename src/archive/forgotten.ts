import { type Kysely, sql } from 'kysely'
import type { Forgotten } from '../core/forgotten.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { idAsText } from './rows.ts'
import { EVERYBODY, type Schema } from './schema.ts'

/** What a guild has forgotten. */
export async function readForgotten(db: Kysely<Schema>, guildId: Snowflake): Promise<Forgotten> {
  const rows = await db
    .selectFrom('forgotten')
    .select([idAsText<string>('member').as('member'), idAsText<string>('up_to').as('upTo')])
    .where('guild', '=', BigInt(guildId))
    .execute()
  const bounds = new Map(rows.map(({ member, upTo }) => [member, upTo]))
  const everything = bounds.get(String(EVERYBODY))
  bounds.delete(String(EVERYBODY))
  return { everything, members: bounds }
}

/** Makes a guild forget up to an id, or what concerns one member; what it forgot further on stays forgotten. */
export async function raiseBound(
  db: Kysely<Schema>,
  guildId: Snowflake,
  memberId: Snowflake | undefined,
  upTo: Snowflake,
): Promise<void> {
  const bound = BigInt(upTo)
  await db
    .insertInto('forgotten')
    .values({ guild: BigInt(guildId), member: BigInt(memberId ?? EVERYBODY), up_to: bound, pending: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['guild', 'member'])
        .doUpdateSet({ up_to: bound, pending: 1 })
        .where('forgotten.up_to', '<', bound),
    )
    .execute()
}

/** Lowers the bound of a whole guild that lies ahead of an id, or removes it. Gives whether it did. */
export async function lowerBound(
  db: Kysely<Schema>,
  guildId: Snowflake,
  ahead: Snowflake,
  to: Snowflake | undefined,
): Promise<boolean> {
  const bound = sql<boolean>`
    guild = ${BigInt(guildId)} AND member = ${EVERYBODY} AND up_to > ${BigInt(ahead)}`
  const { numAffectedRows = 0n } = await (to === undefined
    ? sql`DELETE FROM forgotten WHERE ${bound}`
    : sql`UPDATE forgotten SET up_to = ${BigInt(to)} WHERE ${bound}`
  ).execute(db)
  return numAffectedRows > 0n
}

/** What was begun to be forgotten and is not gone yet, since Custos was stopped meanwhile. */
export async function pendingOf(db: Kysely<Schema>, guildId: Snowflake): Promise<Forgotten> {
  const { everything, members } = await readForgotten(db, guildId)
  const rows = await db
    .selectFrom('forgotten')
    .select(idAsText<string>('member').as('member'))
    .where('guild', '=', BigInt(guildId))
    .where('pending', '=', 1)
    .execute()
  const pending = new Set(rows.map(({ member }) => member))
  return {
    everything: pending.has(String(EVERYBODY)) ? everything : undefined,
    members: new Map([...members].filter(([member]) => pending.has(member))),
  }
}

/** Notes that what was to be forgotten is gone. */
export async function settleBound(
  db: Kysely<Schema>,
  guildId: Snowflake,
  memberId: Snowflake | undefined,
  upTo: Snowflake,
): Promise<void> {
  await db
    .updateTable('forgotten')
    .set({ pending: 0 })
    .where('guild', '=', BigInt(guildId))
    .where('member', '=', BigInt(memberId ?? EVERYBODY))
    .where('up_to', '=', BigInt(upTo))
    .execute()
}
