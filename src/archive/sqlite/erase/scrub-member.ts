import { type Kysely, type RawBuilder, sql } from 'kysely'
import { kindsOn } from '../../../core/names/entity-class.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import { deleteWhere, inBatches } from '../in-batches.ts'
import { attributionsOf } from '../read/attribution.ts'
import { ENTRY_COLUMNS, type EntryRow, fromRow, scrubbedRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { ofKinds } from '../where.ts'

type Db = Kysely<Schema>

/** How many entries a member made, had done to them, or had made by a bot on their behalf, each counted once. */
export async function countConcerning(db: Db, guildId: Snowflake, memberId: Snowflake): Promise<number> {
  const guild = BigInt(guildId)
  const ids = conditionsFor(memberId, await allAttributionsOf(db, guildId, memberId)).map(
    (condition) => sql`SELECT id FROM entry WHERE guild = ${guild} AND ${condition}`,
  )
  const { rows } = await sql<{ entries: number }>`
    SELECT count(*) AS entries FROM (${sql.join(ids, sql` UNION `)})`.execute(db)
  return rows[0]?.entries ?? 0
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
  const attributions = await allAttributionsOf(db, guildId, memberId)
  let scrubbed = 0
  for (const condition of conditionsFor(memberId, attributions)) {
    let last: Position = { id: '0', kind: Number.MIN_SAFE_INTEGER }
    await inBatches(db, (connection, size) =>
      connection.transaction().execute(async (transaction) => {
        const rows = await rowsAfter(
          last,
          transaction,
          guildId,
          sql`${condition} AND id <= ${BigInt(upTo)}`,
          size,
        )
        last = rows.at(-1) ?? last
        const changed = rows.flatMap((row) => {
          const attribution = attributions.includes(row.attribution ?? '') ? memberId : row.attribution
          const { reason, payloadRest } = scrubbedRow(fromRow(guildId, row), attribution)
          const isSame =
            reason === row.reason && payloadRest === row.payloadRest && attribution === row.attribution
          return isSame ? [] : [[row.id, reason, attribution, payloadRest]]
        })
        if (changed.length > 0) await updateTexts(transaction, guildId, changed)
        scrubbed += changed.length
        return rows.length
      }),
    )
  }
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

/** A row's place in the order of an index on entries. */
type Position = Pick<EntryRow, 'id' | 'kind'>

/** The attributions that mean a member: always their id, even if none of their names is stored. */
async function allAttributionsOf(db: Db, guildId: Snowflake, memberId: Snowflake): Promise<string[]> {
  return [...new Set([memberId, ...(await attributionsOf(db, guildId, memberId))])]
}

/** Conditions for the entries that concern a member, each of which an index can look up. */
function conditionsFor(memberId: Snowflake, attributions: readonly string[]): RawBuilder<unknown>[] {
  const id = BigInt(memberId)
  const isTarget = sql`target = ${id} AND ${ofKinds(kindsOn('user'))}`
  return [
    sql`executor = ${id}`,
    isTarget,
    ...attributions.map((attribution) => sql`attribution = ${attribution}`),
  ]
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

async function updateTexts(db: Db, guildId: Snowflake, rows: readonly unknown[]): Promise<void> {
  await sql`
    UPDATE entry SET reason = value ->> 1, attribution = value ->> 2, payload_rest = value ->> 3
    FROM json_each(${JSON.stringify(rows)})
    WHERE guild = ${BigInt(guildId)} AND entry.id = CAST(value ->> 0 AS INTEGER)`.execute(db)
}
