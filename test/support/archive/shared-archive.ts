import { afterAll, onTestFinished } from 'vitest'
import { openArchive } from '../../../src/archive/sqlite/open.ts'
import type { Archive } from '../../../src/core/archive.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import type { AtEnd } from '../at-end.ts'
import { memoryArchive } from './memory-archive.ts'

/** An archive in memory for all tests of a file, each of which uses its own guild. */
export async function sharedArchive(): Promise<Archive> {
  const archive = await memoryArchive()
  afterAll(() => archive.close())
  return archive
}

/** An archive that is closed when the test is over. */
export async function testArchive(path?: string, atEnd: AtEnd = onTestFinished): Promise<Archive> {
  const archive = path === undefined ? await memoryArchive() : await openArchive(path)
  atEnd(() => archive.close())
  return archive
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
