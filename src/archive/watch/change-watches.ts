import { type Kysely, sql, type Transaction } from 'kysely'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { MOST_WATCHES, type Watch, type WatchDraft } from '../../core/watch/watch.ts'
import type { WatchChange } from '../../core/watch/watch-store.ts'
import { deleteWhere } from '../erase/delete-rows.ts'
import type { Schema } from '../schema.ts'
import { inGuild } from '../transaction.ts'
import { insertOperation } from '../write/operations.ts'
import { insertArrivals, numberAfter } from './record-arrivals.ts'
import { isUnfollowed, readWatch } from './watches.ts'

type Db = Kysely<Schema>

/** Stores a watch, and that a member set it. @returns undefined where the guild has `MOST_WATCHES` already */
export async function addWatch(
  db: Db,
  guildId: Snowflake,
  { id, by }: WatchChange,
  { channelId, definition }: WatchDraft,
  log: Log,
): Promise<Watch | undefined> {
  return inGuild(db, guildId, async (transaction) => {
    const earlier = await readWatch(transaction, guildId, 'set_at', BigInt(id), log)
    if (earlier) return earlier
    if (!(await mayAdd(transaction, guildId, id))) return undefined
    const number = await nextNumber(transaction, guildId)
    const position = await positionAt(transaction, guildId, id, definition.type !== 'digest')
    await transaction
      .insertInto('watch')
      .values({
        guild_id: BigInt(guildId),
        number,
        type: definition.type,
        channel: BigInt(channelId),
        definition: JSON.stringify(definition),
        set_by: BigInt(by),
        set_at: BigInt(id),
        position,
      })
      .execute()
    const watch = { channelId, definition }
    await insertOperation(transaction, guildId, { id, by, detail: { type: 'watch added', number, watch } })
    return { guildId, number, ...watch, setBy: by, setAt: id, position }
  })
}

/** Removes a watch with its posts, and stores that a member removed it. @returns the watch; undefined if there is none */
export async function removeWatch(
  db: Db,
  guildId: Snowflake,
  { id, by }: WatchChange,
  number: number,
  log: Log,
): Promise<Watch | undefined> {
  const guild = BigInt(guildId)
  const removed = await inGuild(db, guildId, async (transaction) => {
    const watch = await readWatch(transaction, guildId, 'number', BigInt(number), log)
    if (!watch) return undefined
    const isOfGuild = sql<boolean>`guild_id = ${guild}`
    await transaction.deleteFrom('watch').where(isOfGuild).where('number', '=', number).execute()
    await transaction.deleteFrom('post').where(isOfGuild).where('watch', '=', number).execute()
    const { channelId, definition } = watch
    const detail = { type: 'watch removed', number, watch: { channelId, definition } } as const
    await insertOperation(transaction, guildId, { id, by, detail })
    return watch
  })
  if (removed) await deleteWhere(db, guildId, 'arrival', ['number'], isUnfollowed(guildId))
  return removed
}

/** Whether there is room for another watch, and the interaction has not set one that was removed meanwhile. */
async function mayAdd(db: Db, guildId: Snowflake, id: Snowflake): Promise<boolean> {
  const guild = BigInt(guildId)
  const { rows } = await sql<{ watches: number; done: number }>`
    SELECT (SELECT count(*) FROM watch WHERE guild_id = ${guild}) AS watches,
      (SELECT count(*) FROM operation WHERE guild_id = ${guild} AND id = ${BigInt(id)}) AS done`.execute(db)
  return rows.every(({ watches, done }) => watches < MOST_WATCHES && done === 0)
}

async function nextNumber(db: Db, guildId: Snowflake): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    INSERT INTO setting (guild_id, last_watch) VALUES (${BigInt(guildId)}, 1)
    ON CONFLICT (guild_id) DO UPDATE SET last_watch = setting.last_watch + 1
    RETURNING last_watch AS number`.execute(db)
  return rows[0]?.number ?? 1
}

/**
 * Where a watch begins: before everything that was made since the interaction that sets it. What of that is stored already
 * arrives with the watch, if no other watch has had it arrive.
 */
async function positionAt(
  db: Transaction<Schema>,
  guildId: Snowflake,
  setAt: Snowflake,
  follows: boolean,
): Promise<number> {
  const [guild, since] = [BigInt(guildId), BigInt(setAt)]
  const { rows } = await sql<{ last: number; first: number | null }>`
    SELECT last_arrival AS last, (
      SELECT min(number) FROM arrival
      WHERE arrival.guild_id = ${guild} AND arrival.entry >= ${since} AND arrival.grew_from IS NULL
    ) AS first
    FROM setting WHERE guild_id = ${guild}`.execute(db)
  const { last = 0, first = null } = rows[0] ?? {}
  if (!follows) return last
  const { rows: entries } = await sql<{ id: Snowflake }>`
    SELECT CAST(entry.id AS TEXT) AS id FROM entry
    WHERE entry.guild_id = ${guild} AND entry.id >= ${since} AND NOT EXISTS (
      SELECT 1 FROM arrival
      WHERE arrival.guild_id = ${guild} AND arrival.entry = entry.id AND arrival.grew_from IS NULL
    )`.execute(db)
  const stored = entries.map(({ id }) => ({ guildId, id, grew: false }))
  await insertArrivals(db, numberAfter(last, stored), undefined)
  return first === null ? last : first - 1
}
