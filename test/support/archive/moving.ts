import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { inject } from 'vitest'
import type { ArchiveAddress, SqliteAddress } from '../../../src/archive/address.ts'
import { type MoveOptions, move } from '../../../src/archive/move/move.ts'
import type { Verification } from '../../../src/archive/move/verify.ts'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { connect } from '../../../src/archive/postgres/connection/connections.ts'
import { openArchive as openPostgres } from '../../../src/archive/postgres/open.ts'
import { openArchive as openSqlite } from '../../../src/archive/sqlite/open.ts'
import type { Archive } from '../../../src/core/archive.ts'
import { SILENT } from '../../../src/core/log.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import type { Post } from '../../../src/core/watch/post.ts'
import { entriesOf } from '../entries/entries.ts'
import { postgresDatabase } from '../postgres/postgres-database.ts'
import { archiveFile } from './archive-file.ts'
import { queriesWritten } from './shared-archive.ts'

const START = Date.UTC(2026, 10, 20)
const HOUR = 3_600_000

/** A member who is erased. */
const ERASED = '1564237482688512104'

/** The path of a new SQLite archive. */
export function sqliteAddress(path: string = archiveFile()): SqliteAddress {
  return { type: 'sqlite', path }
}

/** The guild of `sqliteWith`. */
export const GUILD = '700'

/** A SQLite archive with so many entries of a guild. */
export async function sqliteWith(entries: number): Promise<SqliteAddress> {
  const address = sqliteAddress()
  const archive = await openAt(address)
  await fillGuild(archive, GUILD, entries)
  await archive.close()
  return address
}

/** A database to move to: of the test's project, without rows. */
export async function emptyAddress(): Promise<ArchiveAddress> {
  if (inject('postgres') === undefined) return sqliteAddress()
  return parsePostgresUrl(await postgresDatabase(), 'the database')
}

export function openAt(address: ArchiveAddress): Promise<Archive> {
  return address.type === 'postgres' ? openPostgres(address) : openSqlite(address.path)
}

/** Runs a statement on a database that no archive has open. */
export async function execute(address: ArchiveAddress, statement: string): Promise<void> {
  if (address.type === 'sqlite') {
    const database = new DatabaseSync(address.path)
    database.exec(statement)
    database.close()
    return
  }
  const connections = connect(address, SILENT)
  await sql.raw(statement).execute(connections.maintainer())
  await connections.close()
}

/** Moves an archive without saying how far it is. */
export function moveTo(
  from: ArchiveAddress,
  to: ArchiveAddress,
  options: Partial<MoveOptions> = {},
): Promise<Verification> {
  return move(from, to, { onProgress: () => {}, ...options })
}

/** Records entries of a guild, an hour apart. */
export async function fillGuild(archive: Archive, guildId: Snowflake, entries: number): Promise<void> {
  const payloads = Array.from({ length: entries }, (_, index) => ({
    id: firstIdAt(START + index * HOUR),
    action_type: [20, 22, 24, 72, 40][index % 5],
    user_id: index % 11 === 0 ? null : String(101 + (index % 3)),
    target_id: index % 5 === 4 ? 'invite-code' : String(201 + (index % 7)),
    reason: index % 4 === 0 ? `Spam ${index} für 💥` : undefined,
  }))
  await archive.record([{ guildId, from: 'rest', entries: entriesOf(guildId, payloads) }])
}

/** A post of each delivery. */
const POSTS: readonly Post[] = (
  [
    { type: 'sent', messageId: '9007199254740993', isChanged: true },
    { type: 'attempted', at: START },
    { type: 'dropped' },
    { type: 'planned' },
  ] as const
).map((delivery, index) => ({
  watch: 1,
  number: index + 1,
  after: index,
  to: index + 1,
  content: { type: 'entries', ids: ['9007199254740993'] },
  delivery,
}))

/** Has an archive store something in every table. */
export async function fillEveryTable(archive: Archive, payloads: readonly object[]): Promise<void> {
  const [plain, erased, left, purged] = ['700', '9007199254740993', '701', '702']
  const id = firstIdAt(START)
  const attributed = [
    { id: '5', action_type: 22, user_id: '101', target_id: '201', reason: `Banned by <@${ERASED}>: spam` },
    { id: '6', action_type: 20, user_id: '101', target_id: '202', reason: 'half \ud800 and a \0 in it' },
    {
      id: '7',
      action_type: 72,
      user_id: null,
      options: { channel_id: '301', count: '7' },
      odd: { a: [1.5, null] },
    },
  ]
  for (const guildId of [plain, erased, left, purged]) {
    const feed = {
      channelId: '301',
      definition: { type: 'feed', filter: { reason: 'spam “quoted” \ud800' } },
    } as const
    for (const set of ['2', '3']) await archive.addWatch(guildId, { id: set, by: '101' }, feed)
    await archive.record([
      {
        guildId,
        from: 'rest',
        entries: entriesOf(guildId, [...attributed, ...payloads]),
        complete: [{ start: '1', end: id }],
        readAt: START,
        sweptAt: START - HOUR,
        names: [
          { id: '101', type: 'bot', name: 'Wächter', alias: 'waechter', at: id, presence: 'present' },
          { id: ERASED, type: 'user', name: 'Ann \ud800', at: id, presence: 'gone' },
          { id: guildId, type: 'role', name: '@everyone', at: id, presence: 'present' },
          { id: guildId, type: 'channel', name: 'general', at: id, presence: 'present' },
        ],
      },
    ])
    await archive.record([
      {
        guildId,
        from: 'rest',
        entries: entriesOf(guildId, [
          { id: '7', action_type: 72, user_id: null, options: { channel_id: '301', count: '9' } },
        ]),
      },
    ])
    await archive.saveProgress(guildId, 1, {
      position: 2,
      doneTo: START,
      paused: {
        obstacle: { type: 'permissions', permissions: ['SendMessages'] },
        since: START,
        isTold: true,
      },
      posts: POSTS,
    })
    await archive.removeWatch(guildId, { id: '4', by: '101' }, 2)
    const timeZone = { id, by: '101', detail: { type: 'time zone', timeZone: 'Asia/Tokyo' } } as const
    await archive.recordOperation(guildId, timeZone)
    archive.saveQuery({
      command: 'recent',
      guildId,
      askerId: '101',
      askedAt: START,
      timeZone: 'UTC',
      filter: { reason: 'spam “quoted” \ud800' },
      order: 'newest',
    })
  }
  await queriesWritten(archive)
  await archive.recordTrustedTime(START, 0)
  for (const guildId of [erased, purged]) {
    await archive.beginErasing({ guildId, memberId: ERASED, by: '101', upTo: id })
    await archive.finishErasing(guildId)
  }
  for (const guildId of [left, purged]) await archive.recordDeparture(guildId, START, START)
  await archive.purge(purged)
}

/** Every row of every table of a SQLite archive, and what its schema has. */
export function contentsOf({ path }: SqliteAddress): Map<string, unknown[]> {
  const database = new DatabaseSync(path, { readOnly: true })
  const all = (sql: string) => {
    const statement = database.prepare(sql)
    statement.setReadBigInts(true)
    return statement.all()
  }
  try {
    const schema = all('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name')
    const tables = schema.filter(({ type, name }) => type === 'table' && !String(name).startsWith('kysely_'))
    const rows = tables.map(({ name }) => [String(name), all(`SELECT * FROM "${name}" `)] as const)
    return new Map([['schema', schema], ...rows])
  } finally {
    database.close()
  }
}
