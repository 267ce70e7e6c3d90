import type { Kysely } from 'kysely'
import type { Coverage } from '../../../core/coverage/coverage.ts'
import type { Range } from '../../../core/coverage/ranges.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import { readErasureBounds } from '../erase/erasures.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'

export async function readCoverage(db: Kysely<Schema>, guildId: Snowflake): Promise<Coverage> {
  const [ranges, guild, { guildUpTo }] = await Promise.all([
    readRanges(db, guildId),
    db
      .selectFrom('guild')
      .select(['read_at', 'swept_at'])
      .where('guild', '=', BigInt(guildId))
      .executeTakeFirst(),
    readErasureBounds(db, guildId),
  ])
  return {
    ranges,
    readAt: guild?.read_at ?? null,
    ...(guild && guild.swept_at !== null && { sweptAt: guild.swept_at }),
    ...(guildUpTo !== undefined && { erasedTo: guildUpTo }),
  }
}

export function readRanges(db: Kysely<Schema>, guildId: Snowflake): Promise<Range[]> {
  return db
    .selectFrom('coverage')
    .select([idAsText<string>('start').as('start'), idAsText<string>('end').as('end')])
    .where('guild', '=', BigInt(guildId))
    .orderBy('coverage.start')
    .execute()
}
