import { type Kysely, sql } from 'kysely'
import { OperatorError } from '../../core/errors.ts'
import type { ArchiveAddress } from '../address.ts'
import { useDatabase } from '../postgres/move-database.ts'
import type { Schema } from '../schema.ts'
import { useFile } from '../sqlite/move-database.ts'
import { copyRows } from './copy.ts'
import { type LaterIndex, type Mark, readMark, removeMark, writeMark } from './mark.ts'
import type { MoveDatabase, MoveUse } from './move-database.ts'
import { lastKeyOf } from './rows.ts'
import { MOVED_TABLES } from './tables.ts'
import { type Verification, verify } from './verify.ts'

/** How far a move is: how many of the source's rows are copied, or compared. */
export interface MoveProgress {
  readonly step: 'copying' | 'verifying' | 'indexing'
  readonly done: number
  readonly total: number
}

export interface MoveOptions {
  readonly onProgress: (progress: MoveProgress) => void
  /** Stops the move, which goes on where it stopped when it is run again. */
  readonly signal?: AbortSignal
}

/**
 * Copies an archive to another database, and verifies the copy. The source is only read. The target can be opened by
 * Custos once everything in it is the same as in the source.
 * @throws OperatorError when one of them cannot be used, ArchiveUnavailable when a server cannot be reached, and the
 * signal's reason when that aborts
 */
export async function move(
  from: ArchiveAddress,
  to: ArchiveAddress,
  options: MoveOptions,
): Promise<Verification> {
  const { signal } = options
  return use(from, { role: 'source', signal }, (source) =>
    use(to, { role: 'target', other: source.identity, signal }, (target) =>
      moveBetween(source, target, options),
    ),
  )
}

function use<Result>(
  address: ArchiveAddress,
  how: MoveUse,
  work: (database: MoveDatabase) => Promise<Result>,
): Promise<Result> {
  return address.type === 'sqlite' ? useFile(address.path, how, work) : useDatabase(address, how, work)
}

async function moveBetween(
  source: MoveDatabase,
  target: MoveDatabase,
  { onProgress, signal }: MoveOptions,
): Promise<Verification> {
  const { indexes } = target.isMarked ? await markOf(source, target) : await begin(source, target)
  const total = await countRows(source.db)
  const counter = (step: MoveProgress['step'], before = 0) => {
    let done = before
    onProgress({ step, done, total })
    return (rows: number) => {
      done += rows
      onProgress({ step, done, total })
    }
  }
  await copyRows(source.db, target.db, counter('copying', await countRows(target.db)), signal)
  const verification = await verify(source.db, target.db, counter('verifying'), signal)
  if (verification.type === 'different') return verification
  counter('indexing')
  await createIndexes(target, indexes, signal)
  await target.finish()
  await end(source, target)
  return verification
}

/** @throws OperatorError when the move to the target is one from another source */
async function markOf(source: MoveDatabase, target: MoveDatabase): Promise<Mark> {
  const mark = await readMark(target.db)
  if (mark.source === source.identity) return mark
  throw new OperatorError(
    `The move to ${target.name} that is not finished is one of ${mark.sourceName}. Move that, or remove ${target.name} ` +
      'to move another archive there.',
  )
}

/** Marks the target, and drops the indexes that would make adding rows slow. */
async function begin(source: MoveDatabase, target: MoveDatabase): Promise<Mark> {
  for (const table of MOVED_TABLES) {
    if ((await lastKeyOf(target.db, table)) !== undefined)
      throw new OperatorError(`There is an archive in ${target.name} already. Move to one that is empty.`)
  }
  const mark = {
    source: source.identity,
    sourceName: source.name,
    indexes: await target.indexes(),
  }
  await target.db.transaction().execute(async (transaction) => {
    await writeMark(transaction, mark)
    for (const { name } of mark.indexes) await sql`DROP INDEX ${sql.ref(name)}`.execute(transaction)
  })
  return mark
}

async function countRows(db: Kysely<Schema>): Promise<number> {
  let all = 0
  for (const { name } of MOVED_TABLES) {
    const { rows } = await sql<{ rows: number }>`SELECT count(*) AS rows FROM ${sql.table(name)}`.execute(db)
    all += rows[0]?.rows ?? 0
  }
  return all
}

/** Creates the indexes that are not there yet. */
async function createIndexes(
  target: MoveDatabase,
  indexes: readonly LaterIndex[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const there = new Set((await target.indexes()).map(({ name }) => name))
  for (const { name, statement } of indexes) {
    signal?.throwIfAborted()
    if (!there.has(name)) await sql.raw(statement).execute(target.db)
  }
}

/** From here on, Custos opens the target. */
async function end(source: MoveDatabase, target: MoveDatabase): Promise<void> {
  const block = Math.max(await source.lastBlock(), await target.lastBlock())
  await target.reserveThrough(block)
  await removeMark(target.db)
}
