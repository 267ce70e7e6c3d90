import type { Archive } from '../../../src/core/archive.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import { type DatabaseType, type Driver, type Statement, statementFor } from '../databases/database.ts'
import type { FilledGuild } from '../databases/dataset.ts'

/** What is measured: the archive's answers about one guild, beside its database's driver. */
export interface Subject extends FilledGuild {
  readonly type: DatabaseType
  readonly archive: Archive
  readonly driver: Driver
}

/** Runs a statement about the guild, which is its first parameter. */
export function statement({ type, driver, guildId }: Subject, sql: Statement): () => Promise<unknown> {
  const text = statementFor(type, sql)
  return () => driver.query(text, BigInt(guildId))
}

/** Reads the entries with the ids that were returned, by their key; without ids, one that does not exist. */
export function sameEntries({ driver, guildId }: Subject): (ids: readonly Snowflake[]) => Promise<unknown> {
  return (ids) => driver.entries(guildId, ids.length > 0 ? ids : ['0'])
}

/** The id at a position in the guild's log, from the newest. */
export async function idAt({ driver, guildId }: Subject, position: number): Promise<Snowflake> {
  const [row] = await driver.query(
    'SELECT CAST(id AS TEXT) AS id FROM entry WHERE guild_id = $1 ORDER BY entry.id DESC LIMIT 1 OFFSET $2',
    BigInt(guildId),
    position,
  )
  if (row === undefined || !('id' in row)) throw new Error(`The guild has no entry at ${position}.`)
  return String(row.id)
}
