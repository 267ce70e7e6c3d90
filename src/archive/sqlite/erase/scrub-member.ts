import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { ConcerningCounts } from '../../../core/archive.ts'
import { ERASED } from '../../../core/audit-log/erased.ts'
import { kindsOn } from '../../../core/names/entity-class.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import { deleteWhere, inBatches } from '../in-batches.ts'
import { attributionsOf } from '../read/attribution.ts'
import { ENTRY_COLUMNS, type EntryRow, fromRow, scrubbedRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { ofKinds } from '../where.ts'

type Db = Kysely<Schema>

/**
 * Counts the entries up to an id that a member made, had done to them, or had made by a bot on their behalf, and how many
 * of them `scrubMember` would change.
 */
export async function countConcerning(
  db: Db,
  guildId: Snowflake,
  memberId: Snowflake,
  upTo?: Snowflake,
): Promise<ConcerningCounts> {
  const concerning = await findConcerning(db, guildId, memberId, upTo)
  const { rows } = await concerning.count()
  let withTexts = 0
  await concerning.forEachBatch(async (connection, read) => {
    withTexts += concerning.scrubbed(await read(connection)).length
  })
  return { entries: rows[0]?.entries ?? 0, withTexts }
}

/**
 * Erases a member's names, their queries, and the texts of the entries up to an id that they made, had done to them, or
 * had made by a bot on their behalf. The entries and all ids stay.
 * @returns how many entries lost a text
 */
export async function scrubMember(
  db: Db,
  guildId: Snowflake,
  memberId: Snowflake,
  upTo: Snowflake,
): Promise<number> {
  const guild = BigInt(guildId)
  const concerning = await findConcerning(db, guildId, memberId, upTo)
  let scrubbed = 0
  await concerning.forEachBatch((connection, read) =>
    connection.transaction().execute(async (transaction) => {
      const changed = concerning.scrubbed(await read(transaction))
      if (changed.length > 0) await updateTexts(transaction, guildId, changed)
      scrubbed += changed.length
    }),
  )
  await db
    .updateTable('name')
    .set({ name: null, folded: null, alias: null, named_at: 0n })
    .where('guild', '=', guild)
    .where('id', '=', BigInt(memberId))
    .where('class', '=', 'user')
    .execute()
  const isTheirs = sql`guild = ${guild} AND query ->> 'askerId' = ${memberId}`
  await deleteWhere(db, 'saved_query', ['number'], isTheirs)
  return scrubbed
}

/** The entries up to an id that concern a member, each of them once. */
async function findConcerning(db: Db, guildId: Snowflake, memberId: Snowflake, upTo?: Snowflake) {
  // Always their id, even if none of their names is stored.
  const attributions = [...new Set([memberId, ...(await attributionsOf(db, guildId, memberId))])]
  const bound = upTo === undefined ? sql`TRUE` : sql`id <= ${BigInt(upTo)}`
  const conditions = conditionsFor(memberId, attributions).map((each) => sql`${each} AND ${bound}`)
  return {
    count() {
      const counts = conditions.map(
        (each) => sql`(SELECT count(*) FROM entry WHERE guild = ${BigInt(guildId)} AND ${each})`,
      )
      return sql<{ entries: number }>`SELECT ${sql.join(counts, sql` + `)} AS entries`.execute(db)
    },
    /** Reads those that may have texts, in batches. */
    async forEachBatch(use: (connection: Db, read: ReadBatch) => Promise<void>): Promise<void> {
      for (const condition of conditions) {
        let last: Position = { id: '0', kind: Number.MIN_SAFE_INTEGER }
        await inBatches(db, async (connection, size) => {
          let done = 0
          await use(connection, async (reader) => {
            const rows = await rowsAfter(last, reader, guildId, sql`${condition} AND ${MAY_HAVE_TEXTS}`, size)
            last = rows.at(-1) ?? last
            done = rows.length
            return rows
          })
          return done
        })
      }
    },
    /** The columns of those that have texts, without the texts. */
    scrubbed(rows: readonly EntryRow[]): ScrubbedColumns[] {
      return rows.flatMap((row) => {
        const attribution = attributions.includes(row.attribution ?? '') ? memberId : row.attribution
        const { reason, payloadRest } = scrubbedRow(fromRow(guildId, row), attribution)
        const isSame =
          reason === row.reason && payloadRest === row.payloadRest && attribution === row.attribution
        return isSame ? [] : [[row.id, reason, attribution, payloadRest] as const]
      })
    },
  }
}

/** Entries with a reason, a nickname, or the name of the one a bot acted for. Most have none, and are not read. */
const MAY_HAVE_TEXTS = sql`(
  reason <> ${ERASED} OR attribution IS NOT NULL
  OR payload_rest GLOB '*"reason"*' OR payload_rest GLOB '*"nick"*'
)`

/** A row's place in the order of an index on entries. */
type Position = Pick<EntryRow, 'id' | 'kind'>

/** Reads the next batch, in a transaction or not. */
type ReadBatch = (reader: Db) => Promise<readonly EntryRow[]>

type ScrubbedColumns = readonly [
  id: string,
  reason: string | null,
  attribution: string | null,
  payloadRest: string,
]

/** Conditions for the entries that concern a member, each of which an index can look up. None meets two of them. */
function conditionsFor(memberId: Snowflake, attributions: readonly string[]): RawBuilder<unknown>[] {
  const id = BigInt(memberId)
  const conditions = [
    sql`executor = ${id}`,
    sql`(target = ${id} AND ${ofKinds(kindsOn('user'))})`,
    ...attributions.map((attribution) => sql`attribution = ${attribution}`),
  ]
  return conditions.map((condition, index) => {
    const met = conditions.slice(0, index).map((earlier) => sql`(${earlier}) IS NOT TRUE`)
    return sql.join([condition, ...met], sql` AND `)
  })
}

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
    .where('guild', '=', BigInt(guildId))
    .where(sql<boolean>`${condition} AND (kind, id) > (${kind}, ${BigInt(id)})`)
    .orderBy('kind')
    .orderBy('entry.id')
    .limit(limit)
    .execute()
}

async function updateTexts(db: Db, guildId: Snowflake, rows: readonly ScrubbedColumns[]): Promise<void> {
  await sql`
    UPDATE entry SET reason = value ->> 1, attribution = value ->> 2, payload_rest = value ->> 3
    FROM json_each(${JSON.stringify(rows)})
    WHERE guild = ${BigInt(guildId)} AND entry.id = CAST(value ->> 0 AS INTEGER)`.execute(db)
}
