import type { Kysely } from 'kysely'
import { type GuildSettings, NO_SETTINGS } from '../../core/guild-settings.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Schema } from '../schema.ts'

export async function readSettings(db: Kysely<Schema>, guildId: Snowflake): Promise<GuildSettings> {
  const row = await db
    .selectFrom('setting')
    .select('time_zone')
    .where('guild_id', '=', BigInt(guildId))
    .executeTakeFirst()
  return row ? { timeZone: row.time_zone ?? undefined } : NO_SETTINGS
}

/** Whether a member has ever run a command in a guild. */
export async function readWasAsked(db: Kysely<Schema>, guildId: Snowflake): Promise<boolean> {
  const row = await db
    .selectFrom('setting')
    .select('asked')
    .where('guild_id', '=', BigInt(guildId))
    .executeTakeFirst()
  return row?.asked === 1
}
