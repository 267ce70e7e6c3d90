import { type Kysely, sql } from 'kysely'
import type { Repeats, RepeatsWanted } from '../core/archive.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { mostFirst, sumOf, type Tally } from '../core/tally.ts'
import { type ThingClass, targetClass } from '../core/thing-class.ts'
import { idAsText, targetKey } from './rows.ts'
import type { Schema } from './schema.ts'
import { TARGET_CLASS } from './target-class.ts'
import { matching, type Narrowed } from './where.ts'

export async function repeats(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: Narrowed,
  { min, skip, limit }: RepeatsWanted,
): Promise<Repeats> {
  const targets = await db
    .selectFrom(hitsByClass(db, guildId, filter).as('hits'))
    .select([
      idAsText<string>('target').as('targetId'),
      'type',
      sql<number>`sum(entries)`.as('entries'),
      sql<string>`CAST(min(first) AS TEXT)`.as('first'),
      sql<string>`CAST(max(last) AS TEXT)`.as('last'),
      sql<number>`count(*) OVER ()`.as('size'),
    ])
    .groupBy(['target', 'type'])
    .having(sql`sum(entries)`, '>=', min)
    .orderBy(sql`sum(entries)`, 'desc')
    .orderBy(sql`max(last)`, 'desc')
    .limit(limit)
    .offset(skip)
    .execute()
  const ids = [...new Set(targets.map(({ targetId }) => targetId))]
  const by = await executorsOf(db, guildId, filter, ids)
  return {
    top: targets.map(({ size: _, type, ...target }) => ({
      ...target,
      ...(type !== null && { targetType: type }),
      by: by.get(keyOf(target.targetId, type)) ?? [],
    })),
    size: targets[0]?.size ?? 0,
  }
}

/**
 * How often each target was hit, by class. The author of messages is a webhook where more was done to such a one. Of
 * some kinds Discord does not say what they are done to: they count for what else has the id, where that is one thing.
 * The inner sums come out of an index in order, so that SQLite need not sort every entry.
 */
function hitsByClass(db: Kysely<Schema>, guildId: Snowflake, filter: Narrowed) {
  const byKind = db
    .selectFrom('entry')
    .select([
      'target',
      sql<ThingClass | null>`${TARGET_CLASS}`.as('type'),
      sql<number>`count(*)`.as('entries'),
      sql<bigint>`min(id)`.as('first'),
      sql<bigint>`max(id)`.as('last'),
    ])
    .where(matching(guildId, filter))
    .where('target', 'is not', null)
    .groupBy(['target', 'kind'])
  const authored = sql`
    SELECT target, entries, first, last,
      iif(type = 'user' AND max(type = 'webhook') OVER (PARTITION BY target), 'webhook', type) AS type
    FROM ${byKind}`
  const [least, most] = [sql`min(type) OVER same`, sql`max(type) OVER same`]
  return sql<{
    target: string
    type: ThingClass | null
    entries: number
    first: string
    last: string
  }>`(
    SELECT target, ifnull(type, CASE WHEN ${least} = ${most} THEN ${least} END) AS type, entries, first, last
    FROM (${authored})
    WINDOW same AS (PARTITION BY target)
  )`
}

/** Who hit some targets how often, by the target and its class. */
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
      'kind',
      idAsText<string | null>('executor').as('key'),
      sql<number>`count(*)`.as('entries'),
      sql<number>`sum(ifnull(count, 1))`.as('units'),
    ])
    .where(matching(guildId, filter))
    .where('target', 'in', targetIds.map(targetKey))
    .groupBy(['target', 'kind', 'executor'])
    .execute()
  const byTarget = [...Map.groupBy(rows, ({ targetId }) => targetId)].flatMap(([targetId, those]) => {
    const classes = those.flatMap(({ kind }) => targetClass(kind) ?? [])
    const typeOf = (type: ThingClass | undefined) =>
      type === 'user' && classes.includes('webhook') ? 'webhook' : type
    const [only, ...others] = new Set(classes.map(typeOf))
    const byType = Map.groupBy(those, ({ kind }) =>
      typeOf(targetClass(kind) ?? (others.length === 0 ? only : undefined)),
    )
    return [...byType].map(([type, counts]) => [keyOf(targetId, type ?? null), tallied(counts)] as const)
  })
  return new Map(byTarget)
}

function tallied(counts: readonly Tally<string | null>[]): Tally<string | null>[] {
  return [...Map.groupBy(counts, ({ key }) => key)]
    .map(([key, parts]) => ({ key, ...sumOf(parts) }))
    .sort(mostFirst('entries'))
}

function keyOf(targetId: string, type: ThingClass | null): string {
  return `${type} ${targetId}`
}
