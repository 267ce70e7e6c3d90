import { Migrator } from 'kysely/migration'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { connect } from '../../../src/archive/postgres/connection/connections.ts'
import { migrations } from '../../../src/archive/postgres/migrations/index.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import type { Archive } from '../../../src/core/archive.ts'
import { OperatorError } from '../../../src/core/errors.ts'
import { SILENT } from '../../../src/core/log.ts'
import { entryOf } from '../../support/entries/entries.ts'
import { connectClient } from '../../support/postgres/client.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'
import { createDatabase } from '../../support/postgres/test-databases.ts'

const address = (url: string) => parsePostgresUrl(url, 'the database')

async function open(url: string): Promise<Archive> {
  const archive = await openArchive(address(url))
  onTestFinished(() => archive.close())
  return archive
}

/** The address of a database without an archive. */
async function emptyDatabase(encoding?: string): Promise<string> {
  const { url, drop } = await createDatabase(inject('postgres')?.url ?? '', encoding)
  onTestFinished(drop)
  return url
}

/** A database with an archive of an earlier version: of none, but with what Kysely creates first, for the first one. */
async function databaseBefore(migration: string): Promise<string> {
  const url = await emptyDatabase()
  const connections = connect(address(url), SILENT)
  const earlier = Object.entries(migrations).filter(([name]) => name < migration)
  const provider = { getMigrations: async () => Object.fromEntries(earlier) }
  const { error } = await new Migrator({ db: connections.maintainer(), provider }).migrateToLatest()
  await connections.close()
  expect(error).toBeUndefined()
  return url
}

/** The tables and indexes of an archive, and the numbers that its processes reserve. */
async function schemaOf(url: string): Promise<unknown[]> {
  const db = await connectClient(url)
  const { rows } = await db.query(`
    SELECT relname, relkind, pg_get_indexdef(pg_class.oid) AS index,
      array_agg(attname || ' ' || format_type(atttypid, atttypmod) ORDER BY attnum) AS columns
    FROM pg_class LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0
    WHERE relnamespace = current_schema()::regnamespace GROUP BY pg_class.oid ORDER BY relname`)
  return rows
}

const EVERY_STEP = Object.keys(migrations)

const STARTS: readonly (readonly [name: string, create: () => Promise<string>])[] = [
  ['in an empty database', () => emptyDatabase()],
  ...EVERY_STEP.map((name) => [`in one from before ${name}`, () => databaseBefore(name)] as const),
]

describe('processes that open an archive at once', () => {
  test.each(STARTS)('%s all succeed, and create or upgrade it once', async (_, create) => {
    const url = await create()
    const archives = await Promise.all([open(url), open(url), open(url), open(url)])
    const entry = entryOf('5', { id: '10', action_type: 22 })
    await archives[0].record([{ guildId: '5', from: 'rest', entries: [entry] }])
    for (const archive of archives) expect(await archive.countHeld('5')).toBe(1)
    // Each has its own numbers for saved queries.
    const query = {
      command: 'c',
      guildId: '5',
      askerId: '1',
      askedAt: 0,
      timeZone: 'UTC',
      filter: {},
      order: 'newest',
    } as const
    expect(new Set(archives.map((archive) => archive.saveQuery(query))).size).toBe(4)
    const db = await connectClient(url)
    const { rows } = await db.query<{ name: string }>('SELECT name FROM kysely_migration ORDER BY name')
    expect(rows.map(({ name }) => name)).toEqual(EVERY_STEP)
    expect(await schemaOf(url)).toEqual(await schemaOf(await postgresDatabase()))
  })
})

/** What opening an archive in a database fails with. */
async function refusal(url: string): Promise<string> {
  const error = await openArchive(address(url)).then(
    async (archive) => void (await archive.close()),
    (error: unknown) => error,
  )
  return error instanceof OperatorError ? error.message : `No sentence: ${error}`
}

describe('a database is refused with a sentence', () => {
  test('that a newer version has changed, which it is not told to be another program’s', async () => {
    const url = await postgresDatabase()
    const db = await connectClient(url)
    await db.query("INSERT INTO kysely_migration VALUES ('9999-from-the-future', '2036-01-01')")
    expect(await refusal(url)).toMatch(/^A newer version of Custos has changed the database/)
  })

  test.each([
    ['', 'CREATE TABLE invoice (id integer)'],
    [
      ' that uses Kysely too',
      "CREATE TABLE kysely_migration (name text); INSERT INTO kysely_migration VALUES ('2020-users')",
    ],
  ])('that has tables of another program%s, and is left as it is', async (_, statement) => {
    const url = await emptyDatabase()
    const db = await connectClient(url)
    await db.query(statement)
    const before = await schemaOf(url)
    expect(await refusal(url)).toMatch(
      /^The database has tables of another program\. Create a database for Custos/,
    )
    expect(await schemaOf(url)).toEqual(before)
  })

  test('whose server is older than the oldest that Custos works with', async () => {
    const url = await emptyDatabase()
    const db = await connectClient(url)
    // A server that calls itself PostgreSQL 14 to those who look for functions in this schema first.
    await db.query(`
      CREATE SCHEMA older;
      CREATE FUNCTION older.current_setting(name text) RETURNS text LANGUAGE sql AS $$
        SELECT CASE name WHEN 'server_version_num' THEN '140019' ELSE pg_catalog.current_setting(name) END
      $$`)
    expect(await refusal(`${url}?options=-c%20search_path%3Dolder%2Cpg_catalog`)).toBe(
      'The archive needs PostgreSQL 15 or later, but the server is PostgreSQL 14. Upgrade the server.',
    )
  })

  test.each(['LATIN1', 'SQL_ASCII'])(
    'that cannot store every text, because it is in %s',
    async (encoding) => {
      expect(await refusal(await emptyDatabase(encoding))).toMatch(
        new RegExp(`^The database stores texts in ${encoding}, .* CREATE DATABASE .* ENCODING 'UTF8'`),
      )
    },
  )

  test('in which the user may not create tables', async () => {
    const url = await emptyDatabase()
    const db = await connectClient(url)
    const name = `custos_guest_${new URL(url).pathname.slice(-12)}`
    await db.query(`CREATE ROLE ${name} LOGIN PASSWORD 'guest'`)
    onTestFinished(async () => void (await db.query(`DROP ROLE ${name}`)))
    const guest = new URL(url)
    guest.username = name
    guest.password = 'guest'
    const sentence = await refusal(guest.href)
    expect(sentence).toContain('permission denied for schema public')
    expect(sentence).toMatch(/Make the user its owner: ALTER DATABASE \S+ OWNER TO \S+\.$/)
  })

  test('whose search_path names no schema that exists', async () => {
    const url = await emptyDatabase()
    expect(await refusal(`${url}?options=-c%20search_path%3Dnowhere`)).toMatch(
      /^The database has no schema for the archive: none of its search_path \(nowhere\) exists\./,
    )
  })
})

test('archives in several schemas of a database are apart from each other, and from other programs in it', async () => {
  const url = await emptyDatabase()
  const db = await connectClient(url)
  await db.query('CREATE TABLE invoice (id integer); CREATE SCHEMA one; CREATE SCHEMA other')
  const one = await open(`${url}?options=-c%20search_path%3Done`)
  await one.record([{ guildId: '5', from: 'rest', entries: [entryOf('5', { id: '10', action_type: 22 })] }])
  const other = await open(`${url}?options=-c%20search_path%3Dother`)
  expect([await one.countHeld('5'), await other.countHeld('5')]).toEqual([1, 0])
  const { rows } = await db.query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace")
  expect(rows).toEqual([{ relname: 'invoice' }])
})
