import { type Kysely, sql } from 'kysely'
import type { Snowflake } from '../../core/snowflake.ts'
import type { WatchProgress } from '../../core/watch/watch-store.ts'
import { deleteWhere } from '../erase/delete-rows.ts'
import type { Schema } from '../schema.ts'
import { inGuild } from '../transaction.ts'
import { writePosts } from './posts.ts'
import { FOLLOWS } from './watches.ts'

type Db = Kysely<Schema>

/** Stores what a watch has done. @returns false if it was removed meanwhile: nothing is stored then */
export async function saveProgress(
  db: Db,
  guildId: Snowflake,
  number: number,
  { position, doneTo, paused, posts = [] }: WatchProgress,
): Promise<boolean> {
  // A guild whose lock is taken is added to the register, which must not happen after it was purged.
  if (!(await isStored(db, guildId, number))) return false
  return inGuild(db, guildId, async (transaction) => {
    if (!(await isStored(transaction, guildId, number))) return false
    const changes = {
      ...(position !== undefined && { position }),
      ...(doneTo !== undefined && { done_to: Math.floor(doneTo) }),
      ...(paused !== undefined && { paused: paused && JSON.stringify(paused) }),
    }
    if (Object.keys(changes).length > 0) {
      await transaction
        .updateTable('watch')
        .set(changes)
        .where('guild_id', '=', BigInt(guildId))
        .where('number', '=', number)
        .execute()
    }
    await writePosts(transaction, guildId, posts)
    return true
  })
}

/**
 * Deletes what is older than a moment and needed by no watch: posts that are finished, and arrivals that all have handled
 * and no other post shows.
 */
export async function dropHandled(db: Db, guildId: Snowflake, before: number): Promise<void> {
  const guild = BigInt(guildId)
  // Without a watch that handles arrivals, all are dropped.
  const isHandled = sql`number <= coalesce(
    (SELECT min(watch.position) FROM watch WHERE watch.guild_id = ${guild} AND ${FOLLOWS}),
    ${Number.MAX_SAFE_INTEGER}
  )`
  const isOld = sql`at < ${Math.floor(before)}`
  // A summary is counted again when it is sent, which can be long after it was planned, and when it is edited. A digest
  // shows no arrivals.
  const isShown = sql`number > (
    SELECT min(post.past) FROM post
    WHERE post.guild_id = ${guild} AND post.past < post.up_to
      AND (post.unfinished = 1 OR post.at >= ${Math.floor(before)})
  )`
  await deleteWhere(
    db,
    guildId,
    'arrival',
    ['number'],
    sql`${isHandled} AND ${isOld} AND (${isShown}) IS NOT TRUE`,
  )
  // The newest post of each watch says which number the next one gets.
  const isFollowed = sql`EXISTS (
    SELECT 1 FROM post AS later
    WHERE later.guild_id = ${guild} AND later.watch = post.watch AND later.number > post.number
  )`
  await deleteWhere(
    db,
    guildId,
    'post',
    ['watch', 'number'],
    sql`unfinished = 0 AND ${isOld} AND ${isFollowed}`,
  )
}

async function isStored(db: Db, guildId: Snowflake, number: number): Promise<boolean> {
  const row = await db
    .selectFrom('watch')
    .select('number')
    .where('guild_id', '=', BigInt(guildId))
    .where('number', '=', number)
    .executeTakeFirst()
  return row !== undefined
}
