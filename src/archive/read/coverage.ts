import { type Kysely, sql } from 'kysely'
import type { Coverage } from '../../core/coverage/coverage.ts'
import type { Range } from '../../core/coverage/ranges.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { idAsText } from '../rows.ts'
import { type Schema, WHOLE_GUILD } from '../schema.ts'

/** One statement, because every answer reads it several times: a row for each range, or one without a range. */
export async function readCoverage(db: Kysely<Schema>, guildId: Snowflake): Promise<Coverage> {
  const guild = BigInt(guildId)
  const rows = await db
    .selectFrom(sql`(SELECT 1)`.as('one'))
    .leftJoin('guild', (join) => join.on('guild.guild_id', '=', guild))
    .leftJoin('coverage', (join) => join.on('coverage.guild_id', '=', guild))
    .leftJoin('erasure', (join) =>
      join.on('erasure.guild_id', '=', guild).on('erasure.member', '=', BigInt(WHOLE_GUILD)),
    )
    .select([
      idAsText<string | null>('coverage.start').as('start'),
      idAsText<string | null>('coverage.end').as('end'),
      'guild.read_at as readAt',
      'guild.swept_at as sweptAt',
      idAsText<string | null>('erasure.up_to').as('erasedTo'),
    ])
    .orderBy('coverage.start')
    .execute()
  const { readAt = null, sweptAt = null, erasedTo = null } = rows[0] ?? {}
  return {
    ranges: rows.flatMap(({ start, end }) => (start === null || end === null ? [] : [{ start, end }])),
    readAt,
    ...(sweptAt !== null && { sweptAt }),
    ...(erasedTo !== null && { erasedTo }),
  }
}

/** How many guilds have something missing between two ranges. */
export async function countWithHoles(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ guilds: number }>`
    SELECT CAST(count(*) AS integer) AS guilds
    FROM (SELECT guild_id FROM coverage GROUP BY guild_id HAVING count(*) > 1) AS holed`.execute(db)
  return rows[0]?.guilds ?? 0
}

export function readRanges(db: Kysely<Schema>, guildId: Snowflake): Promise<Range[]> {
  return db
    .selectFrom('coverage')
    .select([idAsText<string>('start').as('start'), idAsText<string>('end').as('end')])
    .where('guild_id', '=', BigInt(guildId))
    .orderBy('coverage.start')
    .execute()
}
