import { type Kysely, type RawBuilder, sql } from 'kysely'
import { compareIds, isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'

type Db = Kysely<Schema>

/** The guilds of which anything other than erasures is stored. */
export async function guildsHeld(db: Db): Promise<Snowflake[]> {
  const rows = await db.selectFrom('guild').select(idAsText<string>('guild_id').as('guildId')).execute()
  return rows.map(({ guildId }) => guildId).filter(isSnowflake)
}

/** The condition that anything other than erasures is stored of a guild. */
export function isHeld(guildId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`EXISTS (SELECT 1 FROM guild WHERE guild.guild_id = ${guildId})`
}

/** The newest id, up to `upTo`, of all entries; without entries, of all guilds that have rows in the archive. */
export async function newestKnown(db: Db, upTo: Snowflake): Promise<Snowflake | undefined> {
  const { rows } = await sql<{ newest: string | null }>`
    SELECT CAST(max(newest) AS TEXT) AS newest
    FROM (
      SELECT (
        SELECT max(id) FROM entry WHERE entry.guild_id = guild.guild_id AND id <= ${BigInt(upTo)}
      ) AS newest
      FROM guild
    ) AS guilds`.execute(db)
  const newest = rows[0]?.newest
  if (isSnowflake(newest)) return newest
  const guilds = (await guildsHeld(db)).filter((id) => compareIds(id, upTo) <= 0)
  return guilds.sort(compareIds).at(-1)
}
