import { type Kysely, type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { obstacleSchema, type Pause, type Watch, watchDefinitionSchema } from '../../core/watch/watch.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { parseStored } from '../stored-json.ts'

type Db = Kysely<Schema>

const pauseSchema: z.ZodType<Pause> = z.object({
  obstacle: obstacleSchema,
  since: z.number(),
  isTold: z.boolean(),
})

const COLUMNS = [
  idAsText<string>('guild_id').as('guildId'),
  'number',
  idAsText<string>('channel').as('channelId'),
  'definition',
  idAsText<string>('set_by').as('setBy'),
  idAsText<string>('set_at').as('setAt'),
  'position',
  'done_to as doneTo',
  'paused',
] as const

/** The watches of a guild, by number. */
export async function readWatches(db: Db, guildId: Snowflake, log: Log): Promise<Watch[]> {
  const rows = await ofGuild(db, guildId).orderBy('number').execute()
  return rows.flatMap((row) => toWatch(row, log) ?? [])
}

/** The watches of all guilds, in no order. */
export async function readAllWatches(db: Db, log: Log): Promise<Watch[]> {
  const rows = await db.selectFrom('watch').select(COLUMNS).execute()
  return rows.flatMap((row) => toWatch(row, log) ?? [])
}

/** A watch of a guild, by a column that identifies it. */
export async function readWatch(
  db: Db,
  guildId: Snowflake,
  column: 'number' | 'set_at',
  value: bigint,
  log: Log,
): Promise<Watch | undefined> {
  const row = await ofGuild(db, guildId)
    .where(sql<boolean>`${sql.ref(column)} = ${value}`)
    .executeTakeFirst()
  return row && toWatch(row, log)
}

/** The watches that have arrivals to handle, or posts that are open, not sent or not up to date. */
export async function readWatchesBehind(
  db: Db,
): Promise<{ readonly guildId: Snowflake; readonly number: number }[]> {
  const { rows } = await sql<{ guildId: Snowflake; number: number }>`
    SELECT CAST(watch.guild_id AS TEXT) AS "guildId", watch.number
    FROM watch JOIN setting ON setting.guild_id = watch.guild_id
    WHERE (watch.position < setting.last_arrival AND ${FOLLOWS}) OR EXISTS (
      SELECT 1 FROM post
      WHERE post.guild_id = watch.guild_id AND post.watch = watch.number AND post.unfinished = 1
    )`.execute(db)
  return rows
}

/** Whether a watch handles arrivals. */
export const FOLLOWS: RawBuilder<boolean> = sql`watch.type <> 'digest'`

/** The condition that no watch of a guild handles arrivals. */
export function isUnfollowed(guildId: Snowflake): RawBuilder<boolean> {
  return sql`NOT EXISTS (SELECT 1 FROM watch WHERE watch.guild_id = ${BigInt(guildId)} AND ${FOLLOWS})`
}

function ofGuild(db: Db, guildId: Snowflake) {
  return db.selectFrom('watch').select(COLUMNS).where('guild_id', '=', BigInt(guildId))
}

interface WatchRow extends Omit<Watch, 'definition' | 'doneTo' | 'paused'> {
  readonly definition: string
  readonly doneTo: number | null
  readonly paused: string | null
}

/** The watch of a row; undefined, and logged, if a newer version wrote something that this one does not know. */
function toWatch({ definition, doneTo, paused, ...row }: WatchRow, log: Log): Watch | undefined {
  const origin = { guild: row.guildId, watch: row.number }
  const defined = parseStored(watchDefinitionSchema, definition, origin, log)
  const pause = paused === null ? undefined : parseStored(pauseSchema, paused, origin, log)
  if (!defined || (paused !== null && !pause)) return undefined
  return {
    ...row,
    definition: defined,
    ...(doneTo !== null && { doneTo }),
    ...(pause && { paused: pause }),
  }
}
