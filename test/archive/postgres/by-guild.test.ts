import { describe, expect, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import { doEverything } from '../../support/archive/every-operation.ts'
import { openOnce } from '../../support/open-once.ts'
import { connectClient } from '../../support/postgres/client.ts'
import { guildTables, unboundTables, watchWrites, wrongWrites } from '../../support/postgres/guild-bounds.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'
import { unnamedSubqueries } from '../../support/postgres/subqueries.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

/** Tables of no guild: the time that Custos trusts, what its processes share, and what Kysely knows of the migrations. */
const OTHER_TABLES = ['identify', 'kysely_migration', 'kysely_migration_lock', 'shard_lease', 'trusted_time']

/** The statements on all guilds: each server of a distributed archive would answer for its own. */
const ON_ALL_GUILDS = {
  'the register of guilds': /^select CAST\("guild_id" AS TEXT\) as "guildId" from "guild"$/,
  'the newest id': /SELECT max\(id\) FROM entry WHERE entry.guild_id = guild.guild_id/,
  'how many guilds have a hole in their log': /FROM coverage GROUP BY guild_id HAVING/,
  departures: /^select .* from "departure"$/,
  'departures that were dated too early': /UPDATE departure SET trusted_at/,
  'whether anything is being erased': /^select "stage" from "erasure" where "stage" in \([^)]*\) limit/,
  'guilds of which something is being erased': /^select distinct .* from "erasure" where "stage" in/,
  'erasures that wait for the vacuum': /FROM erasure WHERE stage IN/,
  'erasures that are too old': /DELETE FROM erasure\s+WHERE up_to </,
  'every watch': /^select .* from "watch"$/,
  'watches that have something to do': /FROM watch JOIN setting .* WHERE \(watch.position </s,
  'what such erasures had purged': /DELETE FROM erased_attribution\s+WHERE NOT EXISTS/,
}

/**
 * Tables whose rows are written one at a time and depend on no other row. A guild whose lock is taken is added to the
 * register, which must not happen to one of which only these are stored.
 */
const WITHOUT_LOCK = ['departure', 'erasure']

const opened = openOnce(async (atEnd) => {
  const url = await postgresDatabase(atEnd)
  const db = await connectClient(url, atEnd)
  const log = new RecordedLog({ isTracing: true })
  const archive = await openArchive(parsePostgresUrl(url, 'the database'), log)
  atEnd(() => archive.close())
  return { db, log, archive }
})

describe('every table with data of guilds', () => {
  test('has the guild first in its primary key, in every other unique constraint and in every index', async () => {
    const { db } = opened()
    const { rows } = await db.query<{ table: string; index: string; first: string; isPrimary: boolean }>(`
      SELECT t.relname AS table, i.relname AS index, a.attname AS first, x.indisprimary AS "isPrimary"
      FROM pg_index x
      JOIN pg_class t ON t.oid = x.indrelid
      JOIN pg_class i ON i.oid = x.indexrelid
      LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0]
      WHERE t.relnamespace = current_schema()::regnamespace`)
    const tables = await guildTables(db)
    expect(tables).toContain('entry')
    const withKey = rows.filter(({ isPrimary }) => isPrimary).map(({ table }) => table)
    expect(withKey.filter((table) => !OTHER_TABLES.includes(table)).toSorted()).toEqual(tables)
    expect(rows.filter(({ table, first }) => tables.includes(table) && first !== 'guild_id')).toEqual([])
  })

  test('is every table but those that are no guild’s', async () => {
    const { db } = opened()
    const { rows } = await db.query<{ name: string; kind: string }>(`
      SELECT relname AS name, relkind AS kind FROM pg_class
      WHERE relnamespace = current_schema()::regnamespace AND relkind NOT IN ('i', 'I') ORDER BY relname`)
    const names = (kinds: string) => rows.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name)
    expect(names('rp')).toEqual([...(await guildTables(db)), ...OTHER_TABLES].toSorted())
    // The numbers of saved queries, of which each process reserves its own.
    expect(names('S')).toEqual(['saved_query_block'])
    expect(rows.filter(({ kind }) => !'rpSt'.includes(kind))).toEqual([])
  })

  test('has no foreign key, no exclusion and no trigger', async () => {
    const { db } = opened()
    const { rows } = await db.query(`
      SELECT conname AS name FROM pg_constraint
      WHERE connamespace = current_schema()::regnamespace AND contype IN ('f', 'x', 't')
      UNION ALL
      SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
      WHERE relnamespace = current_schema()::regnamespace`)
    expect(rows).toEqual([])
  })
})

describe('every statement of the archive', () => {
  const done = openOnce(async () => {
    const { db, log, archive } = opened()
    const before = log.lines.length
    await db.query('BEGIN')
    await watchWrites(db)
    await db.query('COMMIT')
    await doEverything(archive, ['800000000000000001', '800000000000000002'])
    const all = log.lines.slice(before).flatMap(({ facts }) => ('sql' in facts ? String(facts.sql) : []))
    const isQuery = (statement: string) => /^\s*(select|insert|update|delete|with)\b/i.test(statement)
    return { statements: [...new Set(all)].filter(isQuery), writes: await wrongWrites(db) }
  })
  const isAmong = (statement: string) =>
    Object.values(ON_ALL_GUILDS).some((pattern) => pattern.test(statement))

  test('reads one guild, but those on all guilds', async () => {
    const { db } = opened()
    const { statements } = done()
    expect(statements.length).toBeGreaterThan(100)
    const wrong: unknown[] = []
    for (const statement of statements.filter((each) => !isAmong(each))) {
      const tables = await unboundTables(db, statement)
      if (tables.length > 0) wrong.push({ tables, statement })
    }
    expect(wrong).toEqual([])
    for (const [name, pattern] of Object.entries(ON_ALL_GUILDS)) {
      expect(
        statements.filter((statement) => pattern.test(statement)),
        name,
      ).toHaveLength(1)
    }
  })

  test('can be read by PostgreSQL 15, which wants a name for every subquery in FROM', () => {
    expect(done().statements.flatMap(unnamedSubqueries)).toEqual([])
    expect(unnamedSubqueries('SELECT * FROM (SELECT (1)) WHERE true')).toEqual(['(SELECT (1)) WHERE true'])
    expect(unnamedSubqueries('SELECT * FROM (SELECT (1)) AS one, x JOIN (SELECT 2) "two" ON true')).toEqual(
      [],
    )
  })

  test('writes one guild, while it holds that guild’s lock', () => {
    const wrong = done().writes.filter(
      ({ problem, table, statement }) =>
        !isAmong(statement) && !(problem === 'writes without the lock' && WITHOUT_LOCK.includes(table)),
    )
    expect(wrong.map(({ statement }) => statement)).toEqual([
      // A query is taken by deleting its row, which succeeds once.
      'delete from "saved_query" where "guild_id" = $1 and "number" = $2',
      // The row of no guild, by which it is known whether the archive can be written.
      'insert into "setting" ("guild_id", "asked") values ($1, $2) on conflict do nothing',
      'delete from "setting" where "guild_id" = $1',
    ])
  })

  test.each([
    ['SELECT id FROM entry WHERE id = $1', ['entry']],
    ['SELECT name FROM entry JOIN name ON name.id = entry.executor WHERE entry.guild_id = $1', ['name']],
    ['SELECT id FROM entry WHERE guild_id = $1 OR id = $2', ['entry']],
    ['SELECT (SELECT max(id) FROM name WHERE name.id = entry.id) FROM entry WHERE guild_id = $1', ['name']],
    ['UPDATE name SET name = NULL WHERE id = $1', ['name']],
    ['DELETE FROM coverage WHERE start IN (SELECT id FROM entry WHERE guild_id = $1)', ['coverage']],
    ['INSERT INTO coverage SELECT guild_id, id, id FROM entry WHERE id = $1', ['entry']],
  ])('would be found if it forgot its guild: %s', async (statement, tables) => {
    expect(await unboundTables(opened().db, statement)).toEqual(tables)
  })

  test('would be found if it wrote several guilds, or had no lock', async () => {
    const { db } = opened()
    done()
    await db.query('INSERT INTO coverage VALUES (1, 5, 6), (2, 5, 6)')
    const problems = await wrongWrites(db)
    expect(problems.map(({ problem }) => problem).toSorted()).toEqual([
      'writes several guilds',
      'writes without the lock',
    ])
    await db.query('DELETE FROM coverage WHERE guild_id = 1')
    expect(await wrongWrites(db)).toMatchObject([{ problem: 'writes without the lock', table: 'coverage' }])
  })
})
