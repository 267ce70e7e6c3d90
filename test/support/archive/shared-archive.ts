import { afterAll, onTestFinished } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { openArchive as openPostgres } from '../../../src/archive/postgres/open.ts'
import { openArchive } from '../../../src/archive/sqlite/open.ts'
import type { Archive } from '../../../src/core/archive.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import type { AtEnd } from '../at-end.ts'
import { postgresDatabase } from '../postgres/postgres-database.ts'
import { isOnPostgres } from './archive-url.ts'
import { memoryArchive } from './memory-archive.ts'

/** An archive in memory for all tests of a file, each of which uses its own guild. */
export async function sharedArchive(): Promise<Archive> {
  const archive = await emptyArchive(afterAll)
  afterAll(() => archive.close())
  return archive
}

/** An archive that is closed when the test is over. */
export async function testArchive(path?: string, atEnd: AtEnd = onTestFinished): Promise<Archive> {
  const archive = path === undefined ? await emptyArchive(atEnd) : await openArchive(path)
  atEnd(() => archive.close())
  return archive
}

/** An archive on the database of the test's project. */
async function emptyArchive(atEnd: AtEnd): Promise<Archive> {
  if (!isOnPostgres()) return memoryArchive()
  return openPostgres(parsePostgresUrl(await postgresDatabase(atEnd), 'the database'))
}

/** Resolves when the queries that were saved before are written. */
export async function queriesWritten(archive: Archive): Promise<void> {
  // The last query is written last, and can only then be taken.
  const last = {
    command: 'c',
    guildId: '0',
    askerId: '0',
    askedAt: 0,
    timeZone: 'UTC',
    filter: {},
    order: 'newest',
  } as const
  await archive.takeQuery(last.guildId, archive.saveQuery(last))
}

let guilds = 800_000_000_000_000_000n

/** The id of a guild of which no archive has data. */
export function freshGuild(): Snowflake {
  return String(guilds++)
}
