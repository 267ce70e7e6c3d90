import { dirname } from 'node:path'
import { Kysely, sql } from 'kysely'
import type { Archive } from '../../core/archive.ts'
import { type Log, SILENT } from '../../core/log.ts'
import { OperatorError } from '../../core/operator-error.ts'
import type { Filter } from '../../core/query/filter.ts'
import { isForgottenWith } from '../../core/query/saved-query.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { SqliteDialect } from './connection/dialect.ts'
import { clearDeparture, recordDeparture, dropBounds, guildsHeld, purge, readDepartures } from './erase/departures.ts'
import { applyRetention, beginErasing, finishErasing } from './erase/erase.ts'
import { isErasing, lowerBound } from './erase/erasures.ts'
import { countConcerning } from './erase/scrub-member.ts'
import { emptyLog, vacuum } from './erase/vacuum.ts'
import { cannotOpen } from './file/open-errors.ts'
import { inspect } from './file/inspect.ts'
import { lockArchive } from './file/lock.ts'
import { removeUnfinished, publish } from './file/publish.ts'
import { realPathOf } from './file/real-path.ts'
import { requireComplete } from './file/require-complete.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { countActivity, countAttributions, executorsOf, lastSeenOf } from './read/activity.ts'
import { attributionsOf } from './read/attribution.ts'
import { countByKind, countHeld, countUnnamed } from './read/counts.ts'
import { readCoverage } from './read/coverage.ts'
import { endOf, listEntries, oneEntry } from './read/entries.ts'
import { findNames, namesOf } from './read/names.ts'
import { rankBy } from './read/ranking.ts'
import { findRepeats } from './read/repeats.ts'
import type { Schema } from './schema.ts'
import { type ResolvedFilter, resolveTargetType } from './where.ts'
import { reserveNumbers } from './write/saved-queries.ts'
import { SavedQueryStore } from './write/saved-query-store.ts'
import { record } from './write/record.ts'
import { newestKnown, recordTrustedTime, readTrustedTime } from './write/trusted-time.ts'

/** Readers of a file run beside its writer; two, so that a long search keeps no quick list waiting. */
const READERS = 2

/**
 * Opens the archive, creating or upgrading its file, and holds it until `close`.
 * @param path of the SQLite file; `:memory:` keeps nothing
 * @param log is told when questions cannot be written
 * @throws OperatorError when another process holds the file, or it is not an archive this version can read
 */
export async function openArchive(path: string, log: Log = SILENT): Promise<Archive> {
  const inMemory = path === ':memory:'
  const file = inMemory ? path : locate(path)
  const release = inMemory ? () => {} : lockArchive(file)
  const writing = new SqliteDialect({ path: file, readOnly: false }, 1)
  const writer = new Kysely<Schema>({ dialect: writing })
  const reading = inMemory ? writing : new SqliteDialect({ path: file, readOnly: true }, READERS)
  const reader = inMemory ? writer : new Kysely<Schema>({ dialect: reading })
  const closeFile = async () => {
    if (reader !== writer) await reader.destroy()
    await writer.destroy()
    // What still writes keeps its claim, until the process ends.
    if (writing.hasEnded) release()
  }
  let queries: SavedQueryStore
  try {
    queries = new SavedQueryStore(writer, reader, log, await prepare(writer, file))
    // A thread that was still beginning would keep the first question waiting.
    await Promise.all(Array.from({ length: READERS }, () => sql`SELECT 1`.execute(reader)))
  } catch (error) {
    await closeFile()
    throw error
  }

  /** Who is credited is looked up first: by which claims, only the names that are known can tell. */
  const narrowed = async (guildId: Snowflake, { onBehalfOfId, ...filter }: Filter): Promise<ResolvedFilter> => {
    const narrow = resolveTargetType(filter)
    return onBehalfOfId === undefined
      ? narrow
      : { ...narrow, attributions: await attributionsOf(reader, guildId, onBehalfOfId) }
  }

  /** A question that is not written yet must not be afterwards. */
  const begin: Archive['beginErasing'] = async (guildId, upTo, memberId) => {
    await queries.drop((query) => isForgottenWith(query, guildId, upTo, memberId))
    await beginErasing(writer, guildId, upTo, memberId)
  }

  return {
    list: async (guildId, filter, slice) =>
      listEntries(reader, guildId, await narrowed(guildId, filter), slice),
    entry: (guildId, id) => oneEntry(reader, guildId, id),
    newestId: (guildId) => endOf(reader, guildId, 'newest'),
    rank: async (guildId, filter, wanted) => rankBy(reader, guildId, await narrowed(guildId, filter), wanted),
    repeats: async (guildId, filter, wanted) =>
      findRepeats(reader, guildId, await narrowed(guildId, filter), wanted),
    countByKind: async (guildId, filter) => countByKind(reader, guildId, await narrowed(guildId, filter)),
    countUnnamed: async (guildId, filter) => countUnnamed(reader, guildId, await narrowed(guildId, filter)),
    executors: (guildId, kinds) => executorsOf(reader, guildId, kinds),
    activity: (guildId, window, executorIds, by) => countActivity(reader, guildId, window, executorIds, by),
    attributions: (guildId, window) => countAttributions(reader, guildId, window),
    lastSeen: (guildId, executorIds, before) => lastSeenOf(reader, guildId, executorIds, before),
    countHeld: (guildId) => countHeld(reader, guildId),
    coverage: (guildId) => readCoverage(reader, guildId),
    names: (guildId, ids) => namesOf(reader, guildId, ids),
    findNames: (guildId, text, limit) => findNames(reader, guildId, text, limit),
    savedQuery: (number) => queries.find(number),
    lastQuery: (guildId, askerId) => queries.lastBy(guildId, askerId),
    hasQueries: (guildId) => queries.wasAsked(guildId),
    record: async (update) => {
      await record(writer, update)
      // What could not be written before can be now.
      void queries.write()
    },
    saveQuery: (query) => queries.keep(query),
    takeQuery: (number) => queries.take(number),
    takenFrom: (number) => queries.takenFrom(number),
    countConcerning: (guildId, memberId) => countConcerning(reader, guildId, memberId),
    isErasing: (guildId) => isErasing(reader, guildId),
    beginErasing: begin,
    forget: async (guildId, upTo, memberId) => {
      await begin(guildId, upTo, memberId)
      return finishErasing(writer, guildId)
    },
    finishErasing: (guildId) => finishErasing(writer, guildId),
    applyRetention: (guildId, upTo, askedUpTo) => applyRetention(writer, guildId, upTo, askedUpTo),
    vacuum: (of) => vacuum(writer, of),
    lowerBound: (guildId, ahead, to) => lowerBound(writer, guildId, ahead, to),
    dropBounds: (before) => dropBounds(writer, before),
    newestKnown: (upTo) => newestKnown(reader, upTo),
    trustedTime: () => readTrustedTime(reader),
    recordTrustedTime: (at, leap) => recordTrustedTime(writer, at, leap),
    guilds: () => guildsHeld(reader),
    departures: () => readDepartures(reader),
    recordDeparture: (guildId, at, trustedAt) => recordDeparture(writer, guildId, at, trustedAt),
    clearDeparture: (guildId) => clearDeparture(writer, guildId),
    purge: async (guildId) => {
      await queries.drop((query) => query.guildId === guildId)
      return purge(writer, guildId)
    },
    close: async () => {
      await queries.write()
      await closeFile()
    },
    get hasEnded() {
      return reading.hasEnded && writing.hasEnded
    },
  }
}

function locate(path: string): string {
  try {
    return realPathOf(path)
  } catch (error) {
    throw cannotOpen(path, error)
  }
}

/**
 * Makes the file an archive of this version. One that is something else is left as it is.
 * @returns the last number of a question
 */
async function prepare(db: Kysely<Schema>, path: string): Promise<number> {
  try {
    if (path !== ':memory:') await ensureWhole(path)
    await migrate(db)
    const number = await reserveNumbers(db)
    // A process that was killed left in the log what it had erased.
    await emptyLog(db)
    return number
  } catch (error) {
    throw error instanceof OperatorError ? error : cannotOpen(path, error)
  }
}

/** Sees to it that a whole archive lies in a place: a new one where there is nothing, or else the one that is there. */
async function ensureWhole(path: string): Promise<void> {
  removeUnfinished(dirname(path))
  const found = inspect(path, Object.keys(migrations))
  if (found) await requireComplete(path, found)
  else await publish(path, create)
}

async function create(path: string): Promise<void> {
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ path, readOnly: false }, 1) })
  try {
    await migrate(db)
  } finally {
    // It moves all of it into the one file.
    await db.destroy()
  }
}
