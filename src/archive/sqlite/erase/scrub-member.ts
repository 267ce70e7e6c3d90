import { type Kysely, type RawBuilder, sql } from 'kysely'
import { kindsOn } from '../../../core/names/entity-class.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import { inBatches, removeWhere } from '../in-batches.ts'
import { attributionsOf } from '../read/attribution.ts'
import { type EntryRow, fromRow, ENTRY_COLUMNS, scrubbedRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { ofKinds } from '../where.ts'

type Db = Kysely<Schema>

/** How many entries a member made, how many were done to them, and those that bots made for them, each once. */
export async function countConcerning(db: Db, guildId: Snowflake, memberId: Snowflake): Promise<number> {
  const guild = BigInt(guildId)
  const ids = concerning(memberId, await claimsFor(db, guildId, memberId)).map(
    (them) => sql`SELECT id FROM entry WHERE guild = ${guild} AND ${them}`,
  )
  const { rows } = await sql<{ entries: number }>`
    SELECT count(*) AS entries FROM (${sql.join(ids, sql` UNION `)})`.execute(db)
  return rows[0]?.entries ?? 0
}

/**
 * Erases a member's names, what they asked, and the texts of the entries up to an id that they made, that were done
 * to them, and that bots made for them. The entries stay, and so do ids.
 * @returns how many entries lost a text
 */
export async function scrubMember(
  db: Db,
  guildId: Snowflake,
  memberId: Snowflake,
  upTo: Snowflake,
): Promise<number> {
  const guild = BigInt(guildId)
  const attributions = await claimsFor(db, guildId, memberId)
  let scrubbed = 0
  for (const them of concerning(memberId, attributions)) {
    let past: Pick<EntryRow, 'id' | 'kind'> = { id: '0', kind: Number.MIN_SAFE_INTEGER }
    await inBatches((size) =>
      db.transaction().execute(async (transaction) => {
        const rows = await rowsPast(transaction, guildId, sql`${them} AND id <= ${BigInt(upTo)}`, past, size)
        past = rows.at(-1) ?? past
        const changed = rows.flatMap((row) => {
          const attribution = attributions.includes(row.attribution ?? '') ? memberId : row.attribution
          const { reason, payloadRest: remainder } = scrubbedRow(fromRow(guildId, row), attribution)
          const isSame = reason === row.reason && remainder === row.payloadRest && attribution === row.attribution
          return isSame ? [] : [[row.id, reason, attribution, remainder]]
        })
        if (changed.length > 0) await rewrite(transaction, guildId, changed)
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
  const asked = sql`guild = ${guild} AND question ->> 'askerId' = ${memberId}`
  await removeWhere(db, 'question', ['number'], asked)
  return scrubbed
}

/** By which claims a member is meant; by the id even where no name is known. */
async function claimsFor(db: Db, guildId: Snowflake, memberId: Snowflake): Promise<string[]> {
  return [...new Set([memberId, ...(await attributionsOf(db, guildId, memberId))])]
}

/** Conditions that each lead through an index to entries which concern a member. */
function concerning(memberId: Snowflake, attributions: readonly string[]): RawBuilder<unknown>[] {
  const id = BigInt(memberId)
  const target = sql`target = ${id} AND ${ofKinds(kindsOn('user'))}`
  return [sql`executor = ${id}`, target, ...attributions.map((attribution) => sql`claim = ${attribution}`)]
}

/** The next rows in the order of the index that a condition leads through. */
function rowsPast(
  db: Db,
  guildId: Snowflake,
  condition: RawBuilder<unknown>,
  { kind, id }: Pick<EntryRow, 'id' | 'kind'>,
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

async function rewrite(db: Db, guildId: Snowflake, rows: readonly unknown[]): Promise<void> {
  await sql`
    UPDATE entry SET reason = value ->> 1, claim = value ->> 2, remainder = value ->> 3
    FROM json_each(${JSON.stringify(rows)})
    WHERE guild = ${BigInt(guildId)} AND entry.id = CAST(value ->> 0 AS INTEGER)`.execute(db)
}
