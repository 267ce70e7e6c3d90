import { type Kysely, sql } from 'kysely'
import type { Entry } from '../../../core/audit-log/entry.ts'
import { type ErasureBounds, concernsErasedMember } from '../../../core/audit-log/erased.ts'
import { compareIds, type Snowflake } from '../../../core/snowflake.ts'
import { idList, textList } from '../json-parameters.ts'
import { type EntryRow, idAsText, scrubbedRow, toRow } from '../rows.ts'
import type { Schema } from '../schema.ts'

/** The rows of entries, without the texts of those that concern a member who was forgotten since. */
export async function rowsToWrite(
  db: Kysely<Schema>,
  guildId: Snowflake,
  entries: readonly Entry[],
  forgotten: ErasureBounds,
): Promise<EntryRow[]> {
  if (forgotten.members.size === 0) return entries.map(toRow)
  const credited = await creditedToForgotten(db, guildId, entries, forgotten)
  return entries.map((entry) => {
    const row = toRow(entry)
    const attribution = credited.get(entry.id) ?? row.attribution
    const upTo = forgotten.members.get(attribution ?? '')
    const tellsOfOne = upTo !== undefined && compareIds(entry.id, upTo) <= 0
    return tellsOfOne || concernsErasedMember(entry, forgotten) ? scrubbedRow(entry, attribution) : row
  })
}

/**
 * Which of the entries are held already as done for one who was forgotten, or were before a purge: of the name, only the
 * id is left.
 */
async function creditedToForgotten(
  db: Kysely<Schema>,
  guildId: Snowflake,
  entries: readonly Entry[],
  { members }: ErasureBounds,
): Promise<ReadonlyMap<Snowflake, string>> {
  const ids = idList(entries.map(({ id }) => id))
  const held = await db
    .selectFrom('entry')
    .select([idAsText<string>('id').as('id'), sql<string>`claim`.as('claim')])
    .where('guild', '=', BigInt(guildId))
    .where('id', 'in', ids)
    .where('claim', 'in', textList([...members.keys()]))
    .execute()
  const purged = await db
    .selectFrom('forgotten_credit')
    .select([idAsText<string>('entry').as('id'), idAsText<string>('member').as('claim')])
    .where('guild', '=', BigInt(guildId))
    .where('entry', 'in', ids)
    .execute()
  return new Map([...purged, ...held].map(({ id, claim: attribution }) => [id, attribution]))
}
