import { type Kysely, sql } from 'kysely'
import { automaticActor } from '../../core/audit-log/action.ts'
import { type EntityClass, targetClass } from '../../core/names/entity-class.ts'
import type { Repeat, Repeats, RepeatsOptions } from '../../core/query/ranking.ts'
import { mostFirst, sumOf, type Tally } from '../../core/query/tally.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { TARGET, TARGET_AS_TEXT, targetIn, total } from '../dialect-sql.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { TARGET_CLASS } from '../target-class.ts'
import { matching, type ResolvedFilter } from '../where.ts'

/** Targets that had the actions repeatedly, most often first; of two with as many, the latest first. */
export async function findRepeats(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  { min, skip, limit }: RepeatsOptions,
): Promise<Repeats> {
  const targets = await db
    .selectFrom(hitsByClass(db, guildId, filter, min).as('hits'))
    .select([
      'targetId',
      'type',
      'entries',
      idAsText<string>('first').as('first'),
      idAsText<string>('last').as('last'),
      sql<number>`count(*) OVER ()`.as('size'),
    ])
    .orderBy('entries', 'desc')
    .orderBy('hits.last', 'desc')
    .limit(limit)
    .offset(skip)
    .execute()
  const ids = [...new Set(targets.map(({ targetId }) => targetId))]
  const splits = await splitsOf(db, guildId, filter, ids)
  return {
    top: targets.map(({ size: _, type, ...target }) => ({
      ...target,
      ...(type !== null && { targetType: type }),
      ...(splits.get(keyOf(target.targetId, type)) ?? { kinds: [], by: [] }),
    })),
    size: targets[0]?.size ?? 0,
  }
}

/**
 * Targets with at least `min` entries, by class. Nearly all ids belong to a single thing, which then gets the entries
 * that Discord gives no class for too. So only the entries on the few ids that several things share are grouped by class.
 */
function hitsByClass(db: Kysely<Schema>, guildId: Snowflake, filter: ResolvedFilter, min: number) {
  const onTargets = db
    .selectFrom('entry')
    .select([
      TARGET_AS_TEXT.as('targetId'),
      sql<number>`count(*)`.as('entries'),
      sql<bigint>`min(id)`.as('first'),
      sql<bigint>`max(id)`.as('last'),
    ])
    .where(matching(guildId, filter))
    .where(TARGET_AS_TEXT, 'is not', null)
  const byTarget = onTargets
    .select([sql`min(${TARGET_CLASS})`.as('lowest'), sql`max(${TARGET_CLASS})`.as('highest')])
    .groupBy(TARGET)
    .having(sql`count(*)`, '>=', min)
  const byClass = onTargets
    .select(TARGET_CLASS.as('type'))
    .where(sql<boolean>`${TARGET_AS_TEXT} IN (SELECT "targetId" FROM hit WHERE NOT ${IS_ONE})`)
    .groupBy([TARGET, TARGET_CLASS])
    .having(sql`count(*)`, '>=', min)
  return sql<{ targetId: string; type: EntityClass | null; entries: number; first: string; last: string }>`(
    WITH hit AS ${byTarget}
    SELECT "targetId", entries, first, last, highest AS type FROM hit WHERE ${IS_ONE}
    UNION ALL
    SELECT * FROM ${byClass} AS by_class
  )`
}

/** Whether all entries on a target are on one thing. The author of deleted messages may be a webhook. */
const IS_ONE = sql`(lowest IS NOT DISTINCT FROM highest OR (lowest = 'user' AND highest = 'webhook'))`

/** How many entries some targets have of each kind and of each executor, by target and class. */
async function splitsOf(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  targetIds: readonly string[],
): Promise<ReadonlyMap<string, Pick<Repeat, 'kinds' | 'by'>>> {
  if (targetIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('entry')
    .select([
      sql<string>`${TARGET_AS_TEXT}`.as('targetId'),
      'kind',
      idAsText<string | null>('executor').as('key'),
      sql<number>`count(*)`.as('entries'),
      total(sql`coalesce(count, 1)`).as('units'),
    ])
    .where(matching(guildId, filter))
    .where(targetIn(targetIds))
    .groupBy([TARGET, 'kind', 'executor'])
    .execute()
  const byTarget = [...Map.groupBy(rows, ({ targetId }) => targetId)].flatMap(([targetId, those]) => {
    const only = onlyClass(those.map(({ kind }) => kind))
    const byType = Map.groupBy(those, ({ kind }) => only ?? targetClass(kind))
    return [...byType].map(([type, counts]) => [keyOf(targetId, type ?? null), splitOf(counts)] as const)
  })
  return new Map(byTarget)
}

/** The class of a target, from the kinds of its entries; undefined when several things share its id. */
function onlyClass(kinds: readonly number[]): EntityClass | undefined {
  const classes = new Set(kinds.flatMap((kind) => targetClass(kind) ?? []))
  if (classes.size === 2 && classes.has('webhook')) classes.delete('user')
  const [only, ...others] = classes
  return others.length === 0 ? only : undefined
}

/** The entries of one kind by one executor. */
interface KindCount extends Tally<string | null> {
  readonly kind: number
}

function splitOf(counts: readonly KindCount[]): Pick<Repeat, 'kinds' | 'by'> {
  return {
    kinds: sumByKey(counts.map(({ kind, ...count }) => ({ ...count, key: kind }))),
    by: sumByKey(counts.filter(({ kind }) => automaticActor(kind) === undefined)),
  }
}

function sumByKey<Key>(counts: readonly Tally<Key>[]): Tally<Key>[] {
  return [...Map.groupBy(counts, ({ key }) => key)]
    .map(([key, parts]) => ({ key, ...sumOf(parts) }))
    .sort(mostFirst('entries'))
}

function keyOf(targetId: string, type: EntityClass | null): string {
  return `${type} ${targetId}`
}
