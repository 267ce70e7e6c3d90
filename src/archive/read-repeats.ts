import { type Kysely, sql } from 'kysely'
import type { Repeats, RepeatsWanted } from '../core/archive.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { mostFirst, type Tally } from '../core/tally.ts'
import { idAsText, targetKey } from './rows.ts'
import type { Schema } from './schema.ts'
import { matching, type Narrowed } from './where.ts'

export async function repeats(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: Narrowed,
  { min, skip, limit }: RepeatsWanted,
): Promise<Repeats> {
  const targets = await db
    .selectFrom('entry')
    .select([
      idAsText<string>('target').as('targetId'),
      sql<number>`count(*)`.as('entries'),
      sql<string>`CAST(min(id) AS TEXT)`.as('first'),
      sql<string>`CAST(max(id) AS TEXT)`.as('last'),
      sql<number>`min(kind)`.as('kind'),
      sql<number>`count(*) OVER ()`.as('size'),
    ])
    .where(matching(guildId, filter))
    .where('target', 'is not', null)
    .groupBy('target')
    .having(sql`count(*)`, '>=', min)
    .orderBy('entries', 'desc')
    .orderBy(sql`max(id)`, 'desc')
    .limit(limit)
    .offset(skip)
    .execute()
  const by = await executorsOf(
    db,
    guildId,
    filter,
    targets.map(({ targetId }) => targetId),
  )
  return {
    top: targets.map(({ size: _, ...target }) => ({ ...target, by: by.get(target.targetId) ?? [] })),
    size: targets[0]?.size ?? 0,
  }
}

async function executorsOf(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: Narrowed,
  targetIds: readonly string[],
): Promise<ReadonlyMap<string, Tally<string | null>[]>> {
  if (targetIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('entry')
    .select([
      idAsText<string>('target').as('targetId'),
      idAsText<string | null>('executor').as('key'),
      sql<number>`count(*)`.as('entries'),
      sql<number>`sum(ifnull(count, 1))`.as('units'),
    ])
    .where(matching(guildId, filter))
    .where('target', 'in', targetIds.map(targetKey))
    .groupBy(['target', 'executor'])
    .execute()
  const byTarget = Map.groupBy(rows, ({ targetId }) => targetId)
  return new Map([...byTarget].map(([targetId, counts]) => [targetId, counts.sort(mostFirst('entries'))]))
}
