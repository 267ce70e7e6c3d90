import { type Kysely, type RawBuilder, sql } from 'kysely'
import { ERASED } from '../../core/audit-log/erased.ts'
import { kindsOn } from '../../core/names/entity-class.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { targetIs } from '../dialect-sql.ts'
import type { EntryRow } from '../entry-row.ts'
import { inBatches } from '../in-batches.ts'
import { attributionsOf } from '../read/attribution.ts'
import { ENTRY_COLUMNS } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { ofKinds } from '../where.ts'

type Db = Kysely<Schema>

/** The entries that a member made, had done to them, or had made by a bot on their behalf. */
export interface ConcerningEntries {
  readonly guildId: Snowflake
  readonly memberId: Snowflake
  /** The attributions that mean the member. */
  readonly attributions: readonly string[]
  /** Each of the entries meets exactly one of them. */
  readonly conditions: readonly RawBuilder<unknown>[]
}

/** Finds out which entries, up to an id, concern a member. */
export async function concerningEntries(
  db: Db,
  guildId: Snowflake,
  memberId: Snowflake,
  upTo?: Snowflake,
): Promise<ConcerningEntries> {
  // Always their id, even if none of their names is stored.
  const attributions = [...new Set([memberId, ...(await attributionsOf(db, guildId, memberId))])]
  const bound = upTo === undefined ? sql`TRUE` : sql`id <= ${BigInt(upTo)}`
  const conditions = conditionsFor(memberId, attributions).map((each) => sql`${each} AND ${bound}`)
  return { guildId, memberId, attributions, conditions }
}

/** Conditions for the entries that concern a member, each of which an index can look up. None meets two of them. */
function conditionsFor(memberId: Snowflake, attributions: readonly string[]): RawBuilder<unknown>[] {
  const id = BigInt(memberId)
  const conditions = [
    sql`executor = ${id}`,
    sql`(${targetIs(memberId)} AND ${ofKinds(kindsOn('user'))})`,
    ...attributions.map((attribution) => sql`attribution = ${attribution}`),
  ]
  return conditions.map((condition, index) => {
    const met = conditions.slice(0, index).map((earlier) => sql`(${earlier}) IS NOT TRUE`)
    return sql.join([condition, ...met], sql` AND `)
  })
}

/** Reads the next batch, in a transaction or not. */
type ReadBatch = (reader: Db) => Promise<readonly EntryRow[]>

/** Reads those of the entries that may have texts, in batches. @param use reads its batch, and returns it */
export async function forEachBatch(
  db: Db,
  { guildId, conditions }: ConcerningEntries,
  use: (connection: Db, read: ReadBatch) => Promise<readonly EntryRow[]>,
): Promise<void> {
  for (const condition of conditions) {
    let last: Position = { id: '0', kind: SMALLEST_KIND }
    await inBatches(db, async (connection, size) => {
      const rows = await use(connection, (reader) =>
        rowsAfter(last, reader, guildId, sql`${condition} AND ${MAY_HAVE_TEXTS}`, size),
      )
      last = rows.at(-1) ?? last
      return rows.length
    })
  }
}

/** Entries with a reason, a nickname, or the name of the one a bot acted for. Most have none, and are not read. */
const MAY_HAVE_TEXTS = sql`(
  reason <> ${ERASED} OR attribution IS NOT NULL
  OR CAST(payload_rest AS TEXT) LIKE '%"reason"%' OR CAST(payload_rest AS TEXT) LIKE '%"nick"%'
)`

/** Smaller than any kind. */
const SMALLEST_KIND = Number.MIN_SAFE_INTEGER

/** A row's place in the order of an index on entries. */
type Position = Pick<EntryRow, 'id' | 'kind'>

/** The next rows in the order of the index that the condition uses. */
function rowsAfter(
  { kind, id }: Position,
  db: Db,
  guildId: Snowflake,
  condition: RawBuilder<unknown>,
  limit: number,
): Promise<EntryRow[]> {
  return db
    .selectFrom('entry')
    .select(ENTRY_COLUMNS)
    .where('guild_id', '=', BigInt(guildId))
    .where(sql<boolean>`${condition} AND (kind, id) > (${kind}, ${BigInt(id)})`)
    .orderBy('kind')
    .orderBy('entry.id')
    .limit(limit)
    .execute()
}
