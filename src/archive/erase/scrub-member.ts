import { type Kysely, sql, type Transaction } from 'kysely'
import type { ConcerningCounts } from '../../core/archive.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { byDialect, table } from '../dialect-sql.ts'
import type { EntryRow } from '../entry-row.ts'
import { isAskedBy } from '../read/saved-queries.ts'
import { fromRow, scrubbedRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { inGuild } from '../transaction.ts'
import { withSums } from '../write/sums.ts'
import { type ConcerningEntries, concerningEntries, forEachBatch } from './concerning.ts'
import { deleteWhere } from './delete-rows.ts'

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
    (each) => sql`(SELECT count(*) FROM entry WHERE guild_id = ${BigInt(guildId)} AND ${each})`,
  )
  const { rows } = await sql<{ entries: number }>`SELECT ${sql.join(counts, sql` + `)} AS entries`.execute(db)
  let withTexts = 0
  await forEachBatch(db, concerning, async (connection, read) => {
    const rows = await read(connection)
    withTexts += scrubbed(rows, concerning).length
    return rows
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
  const concerning = await concerningEntries(db, guildId, memberId, upTo)
  let count = 0
  await forEachBatch(db, concerning, async (connection, read) => {
    const { rows, changed } = await inGuild(connection, guildId, async (transaction) => {
      const rows = await read(transaction)
      const changed = scrubbed(rows, concerning)
      await updateTexts(transaction, guildId, changed)
      return { rows, changed }
    })
    count += changed.length
    return rows
  })
  await inGuild(db, guildId, (transaction) =>
    transaction
      .updateTable('name')
      .set({ name: null, folded: null, alias: null, named_at: 0n })
      .where('guild_id', '=', BigInt(guildId))
      .where('id', '=', BigInt(memberId))
      .where('class', '=', 'user')
      .execute(),
  )
  await deleteWhere(db, guildId, 'saved_query', ['number'], isAskedBy(memberId))
  return count
}

/** The rows that have texts, without the texts. */
function scrubbed(
  rows: readonly EntryRow[],
  { guildId, memberId, attributions }: ConcerningEntries,
): EntryRow[] {
  return rows.flatMap((row) => {
    const attribution = attributions.includes(row.attribution ?? '') ? memberId : row.attribution
    const { reason, payloadRest } = scrubbedRow(fromRow(guildId, row), attribution)
    const isSame = reason === row.reason && payloadRest === row.payloadRest && attribution === row.attribution
    return isSame ? [] : [{ ...row, reason, payloadRest, attribution }]
  })
}

async function updateTexts(
  db: Transaction<Schema>,
  guildId: Snowflake,
  rows: readonly EntryRow[],
): Promise<void> {
  const keys = rows.map(({ id }) => ({ guildId, id }))
  await withSums(
    db,
    keys,
    byDialect(({ entryColumns }) => {
      const texts = entryColumns.filter(({ type }) => type === 'text' || type === 'json')
      const columns = {
        id: 'bigint',
        ...Object.fromEntries(texts.map(({ name, type }) => [name, type])),
      } as const
      const values = rows.map((row) => [row.id, ...texts.map((column) => column.of(row))])
      const set = texts.map(({ name }) => sql`${sql.ref(name)} = ${sql.ref(`scrubbed.${name}`)}`)
      return sql`
        UPDATE entry SET ${sql.join(set)} FROM ${table(columns, values)} AS scrubbed
        WHERE entry.guild_id = ${BigInt(guildId)} AND entry.id = scrubbed.id`
    }),
  )
}
