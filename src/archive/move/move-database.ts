import type { Kysely } from 'kysely'
import { OperatorError } from '../../core/errors.ts'
import type { Schema } from '../schema.ts'
import type { LaterIndex } from './mark.ts'

/** The database at one end of a move, which no Custos uses meanwhile. */
export interface MoveDatabase {
  /** The database on one connection. */
  readonly db: Kysely<Schema>
  /** The database in a sentence, without a password. */
  readonly name: string
  /** What no other database has, whichever address it is reached by. */
  readonly identity: string
  /** Whether an earlier move to it is unfinished. */
  readonly isMarked: boolean
  /** The indexes that a table can do without while rows are added. */
  indexes(): Promise<readonly LaterIndex[]>
  /** The last block of numbers for saved queries that a Custos has reserved; 0 for none. */
  lastBlock(): Promise<number>
  /** Has the next Custos reserve a block past this one. */
  reserveThrough(block: number): Promise<void>
  /** Makes the first answers of a filled database fast. */
  finish(): Promise<void>
}

/** How a move uses a database. */
export interface MoveUse {
  readonly role: 'source' | 'target'
  /** The `identity` of the database at the other end, if that is known. */
  readonly other?: string
  readonly signal?: AbortSignal | undefined
}

/** @throws OperatorError when both ends are the same */
export function requireOther(identity: string, { other }: MoveUse): void {
  if (identity === other) throw new OperatorError('The source and the target are the same archive.')
}
