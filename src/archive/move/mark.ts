import { type Kysely, sql } from 'kysely'
import { OperatorError } from '../../core/errors.ts'
import type { Schema } from '../schema.ts'

/** The table that a database has until the move to it is finished. Custos does not open the database while it is there. */
export const UNFINISHED_MOVE = 'unfinished_move'

const TABLE = sql.table(UNFINISHED_MOVE)

/** The error for an archive that has not all its rows yet. */
export function unfinishedMove(name: string): OperatorError {
  return new OperatorError(
    `The move of an archive to ${name} is not finished. Run the same npm run move again: it goes on where it stopped.`,
  )
}

/** An index that is created after the rows. */
export interface LaterIndex {
  readonly name: string
  /** Creates it. */
  readonly statement: string
}

/** What a move has to know when it goes on. */
export interface Mark {
  /** The `identity` and the name of the source. */
  readonly source: string
  readonly sourceName: string
  readonly indexes: readonly LaterIndex[]
}

/** Marks a database as the target of a move. */
export async function writeMark(db: Kysely<Schema>, mark: Mark): Promise<void> {
  await sql`CREATE TABLE ${TABLE} (mark text NOT NULL)`.execute(db)
  await sql`INSERT INTO ${TABLE} (mark) VALUES (${JSON.stringify(mark)})`.execute(db)
}

/** The mark of a database that has one. */
export async function readMark(db: Kysely<Schema>): Promise<Mark> {
  const { rows } = await sql<{ mark: string }>`SELECT mark FROM ${TABLE}`.execute(db)
  return JSON.parse(rows[0]?.mark ?? '')
}

export async function removeMark(db: Kysely<Schema>): Promise<void> {
  await sql`DROP TABLE ${TABLE}`.execute(db)
}
