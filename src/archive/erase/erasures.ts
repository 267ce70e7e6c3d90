import { type Kysely, sql } from 'kysely'
import type { ErasureBounds } from '../../core/audit-log/erased.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import { greatest } from '../dialect-sql.ts'
import { idAsText } from '../rows.ts'
import { ERASURE_STAGE, type Schema, WHOLE_GUILD } from '../schema.ts'
import { ofGuilds } from '../where.ts'

const { settled, confirmed, vacuum, emptyLog, expired } = ERASURE_STAGE

const NOTHING_ERASED: ErasureBounds = { guildUpTo: undefined, members: new Map() }

/** Up to which ids a guild and its members are erased. */
async function readErasureBounds(db: Kysely<Schema>, guildId: Snowflake): Promise<ErasureBounds> {
  const boundsOf = await readErasureBoundsOf(db, [guildId])
  return boundsOf(guildId)
}

/** Up to which ids each of some guilds, and its members, are erased. */
export async function readErasureBoundsOf(
  db: Kysely<Schema>,
  guildIds: readonly Snowflake[],
): Promise<(guildId: Snowflake) => ErasureBounds> {
  const rows = await db
    .selectFrom('erasure')
    .select([
      idAsText<string>('guild_id').as('guild'),
      idAsText<string>('member').as('member'),
      idAsText<string>('up_to').as('upTo'),
    ])
    .where(sql<boolean>`guild_id ${ofGuilds(guildIds)}`)
    .execute()
  const bounds = new Map(
    [...Map.groupBy(rows, ({ guild }) => guild)].map(([guildId, ofGuild]) => {
      const members = new Map(ofGuild.map(({ member, upTo }) => [member, upTo]))
      const guildUpTo = members.get(String(WHOLE_GUILD))
      members.delete(String(WHOLE_GUILD))
      return [guildId, { guildUpTo, members }]
    }),
  )
  return (guildId) => bounds.get(guildId) ?? NOTHING_ERASED
}

/**
 * Erases a guild, or what concerns one member, up to an id. A bound that is higher already stays.
 * @param why an expired bound needs no vacuum, unless a confirmed one still waits for it
 */
export async function raiseBound(
  db: Kysely<Schema>,
  guildId: Snowflake,
  memberId: Snowflake | undefined,
  upTo: Snowflake,
  why: 'confirmed' | 'expired',
): Promise<void> {
  const bound = BigInt(upTo)
  const unlessConfirmed = sql<number>`
    CASE WHEN erasure.stage IN (${settled}, ${expired}) THEN ${sql.lit(expired)} ELSE ${sql.lit(confirmed)} END`
  await db
    .insertInto('erasure')
    .values({
      guild_id: BigInt(guildId),
      member: BigInt(memberId ?? WHOLE_GUILD),
      up_to: bound,
      stage: ERASURE_STAGE[why],
    })
    .onConflict((conflict) => {
      const existing = conflict.columns(['guild_id', 'member'])
      const highest = greatest(sql`erasure.up_to`, sql`${bound}`)
      return why === 'confirmed'
        ? existing.doUpdateSet({ up_to: highest, stage: confirmed })
        : existing.doUpdateSet({ up_to: bound, stage: unlessConfirmed }).where('erasure.up_to', '<', bound)
    })
    .execute()
}

/** The last 22 bits of a bound that comes from a time (`lastIdBefore`), which no interaction's id has. */
const LAST_OF_MILLISECOND = 2 ** 22 - 1

/**
 * Lowers a guild's bound that is ahead of an id, or removes it. A bound that a member confirmed is an interaction's id
 * and stays: if it is ahead, the clock is behind.
 * @returns whether a bound was ahead
 */
export async function lowerBound(
  db: Kysely<Schema>,
  guildId: Snowflake,
  ahead: Snowflake,
  to: Snowflake | undefined,
): Promise<boolean> {
  const bound = sql<boolean>`
    guild_id = ${BigInt(guildId)} AND member = ${WHOLE_GUILD} AND up_to > ${BigInt(ahead)}
    AND up_to & ${LAST_OF_MILLISECOND} = ${LAST_OF_MILLISECOND}`
  const { numAffectedRows = 0n } = await (to === undefined
    ? sql`DELETE FROM erasure WHERE ${bound}`
    : sql`UPDATE erasure SET up_to = ${BigInt(to)} WHERE ${bound}`
  ).execute(db)
  return numAffectedRows > 0n
}

/** The erasures of a guild whose rows are not all deleted. */
export async function unfinishedErasures(db: Kysely<Schema>, guildId: Snowflake): Promise<ErasureBounds> {
  const { guildUpTo, members } = await readErasureBounds(db, guildId)
  const rows = await db
    .selectFrom('erasure')
    .select(idAsText<string>('member').as('member'))
    .where('guild_id', '=', BigInt(guildId))
    .where('stage', 'in', [confirmed, expired])
    .execute()
  const unfinished = new Set(rows.map(({ member }) => member))
  return {
    guildUpTo: unfinished.has(String(WHOLE_GUILD)) ? guildUpTo : undefined,
    members: new Map([...members].filter(([member]) => unfinished.has(member))),
  }
}

/** Marks the rows of an erasure as deleted. What was confirmed waits for a vacuum then. */
export async function markRowsRemoved(
  db: Kysely<Schema>,
  guildId: Snowflake,
  memberId: Snowflake | undefined,
  upTo: Snowflake,
): Promise<void> {
  await db
    .updateTable('erasure')
    .set({
      stage: sql<number>`CASE stage WHEN ${confirmed} THEN ${sql.lit(vacuum)} ELSE ${sql.lit(settled)} END`,
    })
    .where('guild_id', '=', BigInt(guildId))
    .where('member', '=', BigInt(memberId ?? WHOLE_GUILD))
    .where('up_to', '=', BigInt(upTo))
    .where('stage', 'in', [confirmed, expired])
    .execute()
}

/** The guilds of which the archive's files may still contain something that was erased. */
export async function guildsErasing(db: Kysely<Schema>): Promise<Snowflake[]> {
  const rows = await db
    .selectFrom('erasure')
    .select(idAsText<string>('guild_id').as('guild'))
    .distinct()
    .where('stage', 'in', [confirmed, vacuum, emptyLog])
    .execute()
  return rows.map(({ guild }) => guild).filter(isSnowflake)
}

/** Whether the archive's files may still contain something that was erased, in one guild or in any. */
export async function isErasing(db: Kysely<Schema>, guildId?: Snowflake): Promise<boolean> {
  const pending = db
    .selectFrom('erasure')
    .select('stage')
    .where('stage', 'in', [confirmed, vacuum, emptyLog])
    .limit(1)
  const inGuild = guildId === undefined ? pending : pending.where('guild_id', '=', BigInt(guildId))
  return (await inGuild.executeTakeFirst()) !== undefined
}
