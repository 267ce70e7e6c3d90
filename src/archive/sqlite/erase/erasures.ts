import { type Kysely, sql } from 'kysely'
import type { ErasureBounds } from '../../../core/audit-log/erased.ts'
import { isSnowflake, type Snowflake } from '../../../core/snowflake.ts'
import { idAsText } from '../rows.ts'
import { EVERYBODY, type Schema, ERASURE_STAGE } from '../schema.ts'

/** What a guild has forgotten. */
export async function readErasureBounds(db: Kysely<Schema>, guildId: Snowflake): Promise<ErasureBounds> {
  const rows = await db
    .selectFrom('forgotten')
    .select([idAsText<string>('member').as('member'), idAsText<string>('up_to').as('upTo')])
    .where('guild', '=', BigInt(guildId))
    .execute()
  const bounds = new Map(rows.map(({ member, upTo }) => [member, upTo]))
  const everything = bounds.get(String(EVERYBODY))
  bounds.delete(String(EVERYBODY))
  return { guildUpTo: everything, members: bounds }
}

/**
 * Makes a guild forget up to an id, or what concerns one member; what it forgot further on stays forgotten.
 * @param why what only grew too old needs no new file, unless what was confirmed before still waits for one
 */
export async function raiseBound(
  db: Kysely<Schema>,
  guildId: Snowflake,
  memberId: Snowflake | undefined,
  upTo: Snowflake,
  why: 'confirmed' | 'aged',
): Promise<void> {
  const bound = BigInt(upTo)
  const { settled, aged, confirmed } = ERASURE_STAGE
  const waiting = sql<number>`CASE WHEN forgotten.pending IN (${settled}, ${aged}) THEN ${aged} ELSE ${confirmed} END`
  await db
    .insertInto('forgotten')
    .values({
      guild: BigInt(guildId),
      member: BigInt(memberId ?? EVERYBODY),
      up_to: bound,
      pending: ERASURE_STAGE[why],
    })
    .onConflict((conflict) => {
      const known = conflict.columns(['guild', 'member'])
      const highest = sql<bigint>`max(forgotten.up_to, ${bound})`
      return why === 'confirmed'
        ? known.doUpdateSet({ up_to: highest, pending: confirmed })
        : known.doUpdateSet({ up_to: bound, pending: waiting }).where('forgotten.up_to', '<', bound)
    })
    .execute()
}

/** What the last 22 bits of a bound are that is no interaction's: `lastIdBefore` gives it. */
const LAST_OF_ITS_MOMENT = 2 ** 22 - 1

/**
 * Lowers the bound of a whole guild that lies ahead of an id, or removes it. One that a member confirmed is an
 * interaction's id, and stays: if it lies ahead, the clock is behind. Gives whether it did.
 */
export async function lowerBound(
  db: Kysely<Schema>,
  guildId: Snowflake,
  ahead: Snowflake,
  to: Snowflake | undefined,
): Promise<boolean> {
  const bound = sql<boolean>`
    guild = ${BigInt(guildId)} AND member = ${EVERYBODY} AND up_to > ${BigInt(ahead)}
    AND up_to & ${LAST_OF_ITS_MOMENT} = ${LAST_OF_ITS_MOMENT}`
  const { numAffectedRows = 0n } = await (to === undefined
    ? sql`DELETE FROM forgotten WHERE ${bound}`
    : sql`UPDATE forgotten SET up_to = ${BigInt(to)} WHERE ${bound}`
  ).execute(db)
  return numAffectedRows > 0n
}

/** What was begun to be forgotten and whose rows are not all gone yet. */
export async function unfinishedErasures(db: Kysely<Schema>, guildId: Snowflake): Promise<ErasureBounds> {
  const { guildUpTo: everything, members } = await readErasureBounds(db, guildId)
  const rows = await db
    .selectFrom('forgotten')
    .select(idAsText<string>('member').as('member'))
    .where('guild', '=', BigInt(guildId))
    .where('pending', 'in', [ERASURE_STAGE.confirmed, ERASURE_STAGE.aged])
    .execute()
  const pending = new Set(rows.map(({ member }) => member))
  return {
    guildUpTo: pending.has(String(EVERYBODY)) ? everything : undefined,
    members: new Map([...members].filter(([member]) => pending.has(member))),
  }
}

/** Notes that the rows of what was to be forgotten are gone. `wipeTraces` does the rest of what was confirmed. */
export async function markRowsRemoved(
  db: Kysely<Schema>,
  guildId: Snowflake,
  memberId: Snowflake | undefined,
  upTo: Snowflake,
): Promise<void> {
  const { settled, confirmed, rewrite, aged } = ERASURE_STAGE
  await db
    .updateTable('forgotten')
    .set({ pending: sql<number>`CASE pending WHEN ${confirmed} THEN ${rewrite} ELSE ${settled} END` })
    .where('guild', '=', BigInt(guildId))
    .where('member', '=', BigInt(memberId ?? EVERYBODY))
    .where('up_to', '=', BigInt(upTo))
    .where('pending', 'in', [confirmed, aged])
    .execute()
}

/** The guilds in which somebody confirmed an erasure whose rows are not all gone. */
export async function guildsWithUnfinishedErasures(db: Kysely<Schema>): Promise<Snowflake[]> {
  const rows = await db
    .selectFrom('forgotten')
    .select(idAsText<string>('guild').as('guild'))
    .distinct()
    .where('pending', '=', ERASURE_STAGE.confirmed)
    .execute()
  return rows.map(({ guild }) => guild).filter(isSnowflake)
}

/** Whether something that was erased, in one guild or in any, may still stand in the archive's files. */
export async function isErasing(db: Kysely<Schema>, guildId?: Snowflake): Promise<boolean> {
  const { confirmed, rewrite, emptyLog } = ERASURE_STAGE
  const pending = db
    .selectFrom('forgotten')
    .select('pending')
    .where('pending', 'in', [confirmed, rewrite, emptyLog])
    .limit(1)
  const inGuild = guildId === undefined ? pending : pending.where('guild', '=', BigInt(guildId))
  return (await inGuild.executeTakeFirst()) !== undefined
}
