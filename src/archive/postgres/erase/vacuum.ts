import { sql } from 'kysely'
import type { VacuumScope } from '../../../core/erasure.ts'
import type { Connections } from '../../connection/connections.ts'
import { isErasing } from '../../erase/erasures.ts'
import { ERASURE_STAGE } from '../../schema.ts'

const { confirmed, settled, vacuum: vacuumDue, emptyLog } = ERASURE_STAGE

/** The tables with what members did or wrote. */
const TABLES = [
  'entry',
  'daily',
  'daily_attribution',
  'packed_day',
  'name',
  'saved_query',
  'setting',
  'operation',
  'watch',
  'arrival',
  'post',
] as const

/**
 * Frees the space of erased rows, which PostgreSQL otherwise does when it has time. It blocks neither reads nor writes. The
 * server's write-ahead log and backups keep copies for as long as its operator set.
 * https://www.postgresql.org/docs/current/sql-vacuum.html
 * @returns whether no erasure waits for it
 */
export async function vacuum(
  { maintainer, writer }: Pick<Connections, 'maintainer' | 'writer'>,
  scope: VacuumScope,
): Promise<boolean> {
  const db = maintainer()
  if (scope === 'log' || !(await isErasing(db))) return true
  // Erasures whose rows are deleted during the vacuum wait for the next.
  const { rows } = await sql<{ guildId: string; member: string; upTo: string }>`
    SELECT CAST(guild_id AS text) AS "guildId", CAST(member AS text) AS member, CAST(up_to AS text) AS "upTo"
    FROM erasure WHERE stage IN (${sql.join([vacuumDue, emptyLog])})`.execute(db)
  await sql`VACUUM ${sql.join(TABLES.map((table) => sql.table(table)))}`.execute(db)
  for (const { guildId, member, upTo } of rows) {
    await sql`
      UPDATE erasure SET stage = ${settled}
      WHERE guild_id = ${BigInt(guildId)} AND member = ${BigInt(member)} AND up_to = ${BigInt(upTo)}
        AND stage <> ${confirmed}`.execute(writer())
  }
  return true
}
