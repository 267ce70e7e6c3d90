import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Archive } from '../core/archive.ts'
import { OperatorError } from '../core/operator-error.ts'
import { keep } from './keep.ts'
import { claim } from './lock.ts'
import { migrations } from './migrations.ts'
import { keepQuestion, readQuestion } from './questions.ts'
import { countByKind, rank } from './read-counts.ts'
import { readCoverage } from './read-coverage.ts'
import { listEntries, newestEntryId, oneEntry } from './read-entries.ts'
import { findNames, namesOf } from './read-names.ts'
import type { Schema } from './schema.ts'
import { SqliteDialect } from './sqlite-dialect.ts'

/** Readers of a file run beside its writer; two, so that a long search keeps no quick list waiting. */
const READERS = 2

/**
 * Opens the archive, creating or upgrading its file, and holds it until `close`.
 * @param path of the SQLite file; `:memory:` keeps nothing
 * @throws OperatorError when another process holds the file, or it is not an archive this version can read
 */
export async function openArchive(path: string): Promise<Archive> {
  const inMemory = path === ':memory:'
  if (!inMemory) mkdirSync(dirname(path), { recursive: true })
  const release = inMemory ? () => {} : claim(path)
  const writer = connect(path, false, 1)
  try {
    await migrate(writer, path)
  } catch (error) {
    await writer.destroy()
    release()
    throw error
  }
  const reader = inMemory ? writer : connect(path, true, READERS)

  return {
    list: (guildId, filter, slice) => listEntries(reader, guildId, filter, slice),
    entry: (guildId, id) => oneEntry(reader, guildId, id),
    newestId: (guildId) => newestEntryId(reader, guildId),
    rank: (guildId, filter, wanted) => rank(reader, guildId, filter, wanted),
    countByKind: (guildId, filter) => countByKind(reader, guildId, filter),
    coverage: (guildId) => readCoverage(reader, guildId),
    names: (guildId, ids) => namesOf(reader, guildId, ids),
    find: (guildId, text, limit) => findNames(reader, guildId, text, limit),
    question: (number) => readQuestion(reader, number),
    keep: (learnt) => keep(writer, learnt),
    keepQuestion: (question, askedAt) => keepQuestion(writer, question, askedAt),
    close: async () => {
      if (reader !== writer) await reader.destroy()
      await writer.destroy()
      release()
    },
  }
}

function connect(path: string, readOnly: boolean, connections: number): Kysely<Schema> {
  return new Kysely({ dialect: new SqliteDialect({ path, readOnly }, connections) })
}

async function migrate(db: Kysely<Schema>, path: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (!(error instanceof Error)) return
  throw new OperatorError(
    error.message.startsWith('corrupted migrations')
      ? `The archive ${path} was written by a newer Custos. Run that version, or set DATABASE_URL to another file.`
      : `The archive ${path} cannot be opened: ${error.message}.`,
    { cause: error },
  )
}
