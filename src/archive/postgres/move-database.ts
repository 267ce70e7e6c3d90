import { type Kysely, sql } from 'kysely'
import { OperatorError } from '../../core/errors.ts'
import { SILENT } from '../../core/log.ts'
import { UNFINISHED_MOVE, unfinishedMove } from '../move/mark.ts'
import { type MoveDatabase, type MoveUse, requireOther } from '../move/move-database.ts'
import { MOVED_TABLES } from '../move/tables.ts'
import type { Schema } from '../schema.ts'
import type { PostgresAddress } from './address/postgres-address.ts'
import { connect } from './connection/connections.ts'
import { cannotOpen, mayPass } from './connection/open-errors.ts'
import { reserveForMove } from './in-use.ts'
import { appliedIn, migrate, tablesIn } from './migrate.ts'
import { migrations } from './migrations/index.ts'

/**
 * Connects to a database for a move, and keeps every Custos from it meanwhile. A source is only read; a target gets its
 * tables.
 * @throws OperatorError when a Custos uses it, or it is no archive of this version
 */
export async function useDatabase<Result>(
  address: PostgresAddress,
  use: MoveUse,
  work: (database: MoveDatabase) => Promise<Result>,
): Promise<Result> {
  const connections = connect(address, SILENT)
  let isOpen = false
  try {
    return await connections
      .maintainer(undefined, use.signal)
      .connection()
      .execute(async (db) => {
        const name = `the database ${address}`
        const identity = await identityOf(db)
        requireOther(identity, use)
        await reserveForMove(db, name)
        const isMarked = await prepare(db, name, use.role)
        isOpen = true
        return work(databaseOn(db, name, identity, isMarked))
      })
  } catch (error) {
    throw isOpen && mayPass(error) ? error : cannotOpen(address, error, 'its address')
  } finally {
    await connections.close()
  }
}

/** @returns whether an earlier move to it is unfinished */
async function prepare(db: Kysely<Schema>, name: string, role: MoveUse['role']): Promise<boolean> {
  const tables = await tablesIn(db)
  const isArchive = tables.includes('kysely_migration')
  const isMarked = tables.includes(UNFINISHED_MOVE)
  if (role === 'source') {
    if (!isArchive) throw new OperatorError(`There is no archive in ${name} to move.`)
    if (isMarked) throw unfinishedMove(name)
  } else if (!isArchive && tables.length > 0) {
    throw new OperatorError(
      `There are tables of another program in ${name}. Create a database for Custos, and move to that.`,
    )
  }
  if (!isArchive) await migrate(db)
  await requireCurrent(db, name)
  return isMarked
}

async function requireCurrent(db: Kysely<Schema>, name: string): Promise<void> {
  const applied = await appliedIn(db)
  const known = Object.keys(migrations)
  if (applied.some((name) => !known.includes(name)))
    throw new OperatorError(
      `The archive in ${name} was written by a newer Custos. Move it with that version.`,
    )
  if (applied.length === known.length) return
  throw new OperatorError(
    `The archive in ${name} was last opened by an earlier version. Start this version of Custos on it once, which ` +
      'upgrades it, stop it, and move then.',
  )
}

function databaseOn(db: Kysely<Schema>, name: string, identity: string, isMarked: boolean): MoveDatabase {
  return {
    db,
    name,
    identity,
    isMarked,
    indexes: async () => {
      const { rows } = await sql<{ name: string; statement: string }>`
        SELECT own.relname AS name, pg_get_indexdef(own.oid) AS statement
        FROM pg_index JOIN pg_class AS own ON own.oid = indexrelid JOIN pg_class AS owner ON owner.oid = indrelid
        WHERE owner.relnamespace = current_schema()::regnamespace
          AND owner.relname IN (${sql.join(MOVED_TABLES.map((table) => table.name))})
          AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = own.oid)`.execute(db)
      return rows
    },
    lastBlock: async () => {
      const { rows } = await sql<{ last: number }>`
        SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last FROM saved_query_block`.execute(db)
      return rows[0]?.last ?? 0
    },
    reserveThrough: async (block) => {
      if (block > 0) await sql`SELECT setval('saved_query_block', ${block})`.execute(db)
    },
    finish: () => analyze(db),
  }
}

/** The server's own number, and which database and schema of it. */
async function identityOf(db: Kysely<Schema>): Promise<string> {
  const { rows } = await sql<{ identity: string }>`
    SELECT concat_ws('/', system_identifier, current_database(), current_schema()) AS identity
    FROM pg_control_system()`.execute(db)
  return `postgres:${rows[0]?.identity}`
}

/**
 * Has the planner know how the values are distributed, and index-only scans which pages need no look at the rows, which
 * autovacuum would do later. https://www.postgresql.org/docs/current/populate.html#POPULATE-ANALYZE
 */
async function analyze(db: Kysely<Schema>): Promise<void> {
  await sql`VACUUM (ANALYZE) ${sql.join(MOVED_TABLES.map(({ name }) => sql.table(name)))}`.execute(db)
}
