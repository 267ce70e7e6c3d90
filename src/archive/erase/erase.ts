import { type Kysely, sql } from 'kysely'
import type { ErasureCounts, ErasureRequest } from '../../core/erasure.ts'
import { idAfter, type Snowflake, timeOf } from '../../core/snowflake.ts'
import { flag } from '../dialect-sql.ts'
import { countHeld } from '../read/counts.ts'
import type { Schema } from '../schema.ts'
import { inGuild } from '../transaction.ts'
import { isUnfollowed } from '../watch/watches.ts'
import { insertOperation } from '../write/operations.ts'
import { deleteEntries, deleteWhere } from './delete-rows.ts'
import { markRowsRemoved, raiseBound, unfinishedErasures } from './erasures.ts'
import { scrubMember } from './scrub-member.ts'
import { removeUnusedNames } from './unused-names.ts'

type Db = Kysely<Schema>

/**
 * Stores that something is to be erased, and who confirmed it. From then on it is erased even if the process is killed.
 * @param texts for a member, how many entries will lose their texts
 * @returns how many entries it erases or, for a member, `texts`
 */
export async function beginErasing(
  db: Db,
  { guildId, upTo, memberId, by }: ErasureRequest,
  texts: number | undefined,
): Promise<number> {
  return inGuild(db, guildId, async (transaction) => {
    const entries = texts ?? (await countUpTo(transaction, guildId, upTo))
    if (memberId === undefined) {
      await raiseGuildBound(transaction, guildId, upTo, 'confirmed')
      await sql`DELETE FROM watch WHERE guild_id = ${BigInt(guildId)} AND set_at <= ${BigInt(upTo)}`.execute(
        transaction,
      )
    } else await raiseBound(transaction, guildId, memberId, upTo, 'confirmed')
    const detail = { type: 'erasure', entries, ...(memberId !== undefined && { memberId }) } as const
    await insertOperation(transaction, guildId, { id: upTo, by, detail })
    return entries
  })
}

export async function applyRetention(
  db: Db,
  guildId: Snowflake,
  upTo: Snowflake | undefined,
  askedUpTo: number,
): Promise<ErasureCounts> {
  if (upTo !== undefined && (await hasRowsUpTo(db, guildId, upTo)))
    await inGuild(db, guildId, (transaction) => raiseGuildBound(transaction, guildId, upTo, 'expired'))
  await removeQueries(db, guildId, askedUpTo)
  return removeErased(db, guildId)
}

/** Removes the rows of a guild's unfinished erasures, after a stop or a full disk too. */
export async function removeErased(db: Db, guildId: Snowflake): Promise<ErasureCounts> {
  const { guildUpTo, members } = await unfinishedErasures(db, guildId)
  let scrubbed = 0
  for (const [memberId, upTo] of members) {
    scrubbed += await scrubMember(db, guildId, memberId, upTo)
    await markRowsRemoved(db, guildId, memberId, upTo)
  }
  if (guildUpTo === undefined) return { removed: 0, scrubbed }
  const removed = await deleteEntries(db, guildId, sql`id <= ${BigInt(guildUpTo)}`)
  await removeQueries(db, guildId, timeOf(guildUpTo))
  await removeWatched(db, guildId)
  await removeUnusedNames(db, guildId)
  await markRowsRemoved(db, guildId, undefined, guildUpTo)
  return { removed, scrubbed }
}

/**
 * Erases a guild up to an id. From this moment on its coverage begins after that id and older entries are not written
 * again. `removeErased` deletes the rows, in batches.
 */
async function raiseGuildBound(
  transaction: Db,
  guildId: Snowflake,
  upTo: Snowflake,
  why: 'confirmed' | 'expired',
): Promise<void> {
  const [guild, bound, start] = [BigInt(guildId), BigInt(upTo), BigInt(idAfter(upTo))]
  await raiseBound(transaction, guildId, undefined, upTo, why)
  await transaction
    .deleteFrom('coverage')
    .where('guild_id', '=', guild)
    .where('coverage.end', '<=', bound)
    .execute()
  await transaction
    .updateTable('coverage')
    .set({ start })
    .where('guild_id', '=', guild)
    .where('start', '<', start)
    .execute()
}

/** How many entries a guild has up to an id. Few are newer, so only those are counted one by one. */
async function countUpTo(db: Db, guildId: Snowflake, upTo: Snowflake): Promise<number> {
  const { rows } = await sql<{ newer: number }>`
    SELECT count(*) AS newer FROM entry WHERE guild_id = ${BigInt(guildId)} AND id > ${BigInt(upTo)}`.execute(
    db,
  )
  return (await countHeld(db, guildId)) - (rows[0]?.newer ?? 0)
}

async function hasRowsUpTo(db: Db, guildId: Snowflake, upTo: Snowflake): Promise<boolean> {
  const [guild, bound] = [BigInt(guildId), BigInt(upTo)]
  const { rows } = await sql<{ found: number }>`
    SELECT ${flag(sql`
      EXISTS (SELECT 1 FROM entry WHERE guild_id = ${guild} AND id <= ${bound})
      OR EXISTS (SELECT 1 FROM coverage WHERE guild_id = ${guild} AND start <= ${bound})
    `)} AS found`.execute(db)
  return rows[0]?.found === 1
}

/**
 * Removes the arrivals and posts of removed watches. Arrivals whose entries are gone stay for other watches, so that they do
 * not come again if entries that a wrong clock had removed are read again.
 */
async function removeWatched(db: Db, guildId: Snowflake): Promise<void> {
  await deleteWhere(db, guildId, 'arrival', ['number'], isUnfollowed(guildId))
  const isOrphan = sql`NOT EXISTS (
    SELECT 1 FROM watch WHERE watch.guild_id = ${BigInt(guildId)} AND watch.number = post.watch
  )`
  await deleteWhere(db, guildId, 'post', ['watch', 'number'], isOrphan)
}

/** Removes the queries that were run up to a time, in milliseconds since the Unix epoch. */
async function removeQueries(db: Db, guildId: Snowflake, askedUpTo: number): Promise<void> {
  await deleteWhere(db, guildId, 'saved_query', ['number'], sql`asked_at <= ${Math.floor(askedUpTo)}`)
}
