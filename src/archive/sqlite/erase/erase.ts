import { type Kysely, sql } from 'kysely'
import type { ErasureCounts } from '../../../core/archive.ts'
import { idAfter, type Snowflake, timeOf } from '../../../core/snowflake.ts'
import { removeWhere } from '../in-batches.ts'
import type { Schema } from '../schema.ts'
import { removeUnusedNames } from './unused-names.ts'
import { guildsWithUnfinishedErasures, markRowsRemoved, unfinishedErasures, raiseBound } from './erasures.ts'
import { scrubMember } from './scrub-member.ts'

type Db = Kysely<Schema>

/**
 * Makes a guild forget everything up to an id. From this moment on nothing of it is said to be complete any more,
 * or comes in again; what is held of it goes with `clearForgotten`, bit by bit.
 */
async function forgetUpTo(
  db: Db,
  guildId: Snowflake,
  upTo: Snowflake,
  why: 'confirmed' | 'aged',
): Promise<void> {
  const [guild, bound, start] = [BigInt(guildId), BigInt(upTo), BigInt(idAfter(upTo))]
  await db.transaction().execute(async (transaction) => {
    await raiseBound(transaction, guildId, undefined, upTo, why)
    await transaction
      .deleteFrom('coverage')
      .where('guild', '=', guild)
      .where('coverage.end', '<=', bound)
      .execute()
    await transaction
      .updateTable('coverage')
      .set({ start })
      .where('guild', '=', guild)
      .where('start', '<', start)
      .execute()
  })
}

/** Removes what a guild was made to forget; what was begun before Custos was stopped too. */
export async function removeErased(db: Db, guildId: Snowflake): Promise<ErasureCounts> {
  const { guildUpTo: everything, members } = await unfinishedErasures(db, guildId)
  let scrubbed = 0
  for (const [memberId, upTo] of members) {
    scrubbed += await scrubMember(db, guildId, memberId, upTo)
    await markRowsRemoved(db, guildId, memberId, upTo)
  }
  if (everything === undefined) return { removed: 0, scrubbed }
  const guild = sql`guild = ${BigInt(guildId)}`
  const bound = BigInt(everything)
  const removed = await removeWhere(db, 'entry', ['guild', 'id'], sql`${guild} AND id <= ${bound}`)
  await removeQuestions(db, guildId, timeOf(everything))
  await removeUnusedNames(db, guildId)
  await markRowsRemoved(db, guildId, undefined, everything)
  return { removed, scrubbed }
}

/** Notes what was confirmed to be forgotten: from this moment on it is erased, whatever happens to the process. */
export async function beginErasing(
  db: Db,
  guildId: Snowflake,
  upTo: Snowflake,
  memberId?: Snowflake,
): Promise<void> {
  if (memberId === undefined) await forgetUpTo(db, guildId, upTo, 'confirmed')
  else await raiseBound(db, guildId, memberId, upTo, 'confirmed')
}

/** Removes the rows of what was noted, in one guild or in all; also of what a stop or a full disk left behind. */
export async function finishErasing(db: Db, guildId?: Snowflake): Promise<ErasureCounts> {
  let [removed, scrubbed] = [0, 0]
  for (const each of guildId === undefined ? await guildsWithUnfinishedErasures(db) : [guildId]) {
    const gone = await removeErased(db, each)
    removed += gone.removed
    scrubbed += gone.scrubbed
  }
  return { removed, scrubbed }
}

export async function applyRetention(
  db: Db,
  guildId: Snowflake,
  upTo: Snowflake | undefined,
  askedUpTo: number,
): Promise<ErasureCounts> {
  if (upTo !== undefined && (await holdsUpTo(db, guildId, upTo))) await forgetUpTo(db, guildId, upTo, 'aged')
  await removeQuestions(db, guildId, askedUpTo)
  return removeErased(db, guildId)
}

async function holdsUpTo(db: Db, guildId: Snowflake, upTo: Snowflake): Promise<boolean> {
  const [guild, bound] = [BigInt(guildId), BigInt(upTo)]
  const { rows } = await sql<{ found: number }>`
    SELECT EXISTS (SELECT 1 FROM entry WHERE guild = ${guild} AND id <= ${bound})
      OR EXISTS (SELECT 1 FROM coverage WHERE guild = ${guild} AND start <= ${bound}) AS found`.execute(db)
  return rows[0]?.found === 1
}

/** Removes the questions that were asked up to a moment, in milliseconds since the Unix epoch. */
async function removeQuestions(db: Db, guildId: Snowflake, askedUpTo: number): Promise<void> {
  const condition = sql`guild = ${BigInt(guildId)} AND asked_at <= ${askedUpTo}`
  await removeWhere(db, 'question', ['number'], condition)
}
