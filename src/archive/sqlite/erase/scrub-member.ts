import { type Kysely, sql } from 'kysely'
import type { ConcerningCounts } from '../../../core/archive.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import { deleteWhere } from '../in-batches.ts'
import { type EntryRow, fromRow, scrubbedRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { type ConcerningEntries, concerningEntries, forEachBatch } from './concerning.ts'

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
  const concerning = await concerningEntries(db, guildId, memberId, upTo)
  const counts = concerning.conditions.map(
    (each) => sql`(SELECT count(*) FROM entry WHERE guild = ${BigInt(guildId)} AND ${each})`,
  )
  const { rows } = await sql<{ entries: number }>`SELECT ${sql.join(counts, sql` + `)} AS entries`.execute(db)
  let withTexts = 0
  await forEachBatch(db, concerning, async (connection, read) => {
    withTexts += scrubbed(await read(connection), concerning).length
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
  const concerning = await concerningEntries(db, guildId, memberId, upTo)
  let count = 0
  await forEachBatch(db, concerning, (connection, read) =>
    connection.transaction().execute(async (transaction) => {
      const changed = scrubbed(await read(transaction), concerning)
      if (changed.length > 0) await updateTexts(transaction, guildId, changed)
      count += changed.length
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
  return count
}

type ScrubbedColumns = readonly [
  id: string,
  reason: string | null,
  attribution: string | null,
  payloadRest: string,
]

/** The columns of the rows that have texts, without the texts. */
function scrubbed(
  rows: readonly EntryRow[],
  { guildId, memberId, attributions }: ConcerningEntries,
): ScrubbedColumns[] {
  return rows.flatMap((row) => {
    const attribution = attributions.includes(row.attribution ?? '') ? memberId : row.attribution
    const { reason, payloadRest } = scrubbedRow(fromRow(guildId, row), attribution)
    const isSame = reason === row.reason && payloadRest === row.payloadRest && attribution === row.attribution
    return isSame ? [] : [[row.id, reason, attribution, payloadRest] as const]
  })
}

async function updateTexts(db: Db, guildId: Snowflake, rows: readonly ScrubbedColumns[]): Promise<void> {
  await sql`
    UPDATE entry SET reason = value ->> 1, attribution = value ->> 2, payload_rest = value ->> 3
    FROM json_each(${JSON.stringify(rows)})
    WHERE guild = ${BigInt(guildId)} AND entry.id = CAST(value ->> 0 AS INTEGER)`.execute(db)
}
