import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { NOBODY } from './schema.ts'

/** Every step from an empty file to today's schema, in order. A step that has shipped is never edited. */
export const migrations: Record<string, Migration> = {
  '0001-first-light': { up: firstLight },
}

/**
 * What the query planner is told of a large archive, since it would else believe the primary key to be as good
 * as any index. Measured by ANALYZE on the data of `npm run bench`, and frozen so that plans never change by
 * themselves. https://sqlite.org/queryplanner-ng.html#howtofix
 * Without `noskipscan` SQLite might leap over the guild, and read all of them.
 */
const STATISTICS = [
  ['entry', 'entry', '2000000 1000000 1 noskipscan'],
  ['entry', 'entry_by_executor', '2000000 1000000 33334 2381 1 1 1 noskipscan'],
  ['entry', 'entry_by_kind', '2000000 1000000 71429 1 1 1 1 1 noskipscan'],
  ['entry', 'entry_by_target', '2000000 1000000 6 3 1 1 1 1 noskipscan'],
  ['entry', 'entry_by_channel', '2000000 1000000 105 70 1 1 1 noskipscan'],
] as const

/**
 * Each index leads to the entries of one kind in order, and holds besides what else a filter or a count can ask
 * of them, so that only the rows that are shown are looked up; `npm run bench -- --indexes` shows what each is
 * worth and what it costs.
 */
const ENTRY_INDEXES = [
  ['entry_by_executor', 'guild, executor, kind, id, channel, count'],
  ['entry_by_kind', 'guild, kind, id, executor, target, channel, count'],
  ['entry_by_target', 'guild, target, kind, id, executor, channel, count'],
  ['entry_by_channel', 'guild, channel, kind, id, executor, count'],
] as const

async function firstLight(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE entry (
      guild INTEGER NOT NULL,
      id INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      executor INTEGER,
      target ANY,
      channel INTEGER,
      count INTEGER,
      reason TEXT,
      remainder TEXT NOT NULL,
      PRIMARY KEY (guild, id)
    ) STRICT, WITHOUT ROWID`.execute(db)
  for (const [name, columns] of ENTRY_INDEXES) {
    await sql`CREATE INDEX ${sql.ref(name)} ON entry (${sql.raw(columns)})`.execute(db)
  }

  await sql`
    CREATE TABLE daily (
      guild INTEGER NOT NULL,
      executor INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      day INTEGER NOT NULL,
      entries INTEGER NOT NULL,
      units INTEGER NOT NULL,
      PRIMARY KEY (guild, executor, kind, day)
    ) STRICT, WITHOUT ROWID`.execute(db)
  await sql`
    CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN
      ${addToDay('new')};
    END`.execute(db)
  await sql`
    CREATE TRIGGER entry_changed AFTER UPDATE OF kind, executor, count ON entry BEGIN
      ${takeFromDay('old')};
      ${addToDay('new')};
    END`.execute(db)
  await sql`
    CREATE TRIGGER entry_removed AFTER DELETE ON entry BEGIN
      ${takeFromDay('old')};
    END`.execute(db)

  await sql`
    CREATE TABLE coverage (
      guild INTEGER NOT NULL,
      start INTEGER NOT NULL,
      end INTEGER NOT NULL,
      PRIMARY KEY (guild, start)
    ) STRICT, WITHOUT ROWID`.execute(db)
  await sql`CREATE TABLE guild (guild INTEGER PRIMARY KEY, read_at INTEGER NOT NULL) STRICT, WITHOUT ROWID`.execute(
    db,
  )
  await sql`
    CREATE TABLE name (
      guild INTEGER NOT NULL,
      id INTEGER NOT NULL,
      "is" TEXT NOT NULL,
      name TEXT,
      folded TEXT,
      named_at INTEGER NOT NULL,
      there_at INTEGER NOT NULL,
      gone_at INTEGER NOT NULL,
      PRIMARY KEY (guild, id)
    ) STRICT, WITHOUT ROWID`.execute(db)
  await sql`
    CREATE TABLE question (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      asked_at INTEGER NOT NULL,
      question TEXT NOT NULL
    ) STRICT`.execute(db)

  await sql`ANALYZE`.execute(db)
  await sql`DELETE FROM sqlite_stat1`.execute(db)
  for (const [table, index, figures] of STATISTICS) {
    await sql`INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (${table}, ${index}, ${figures})`.execute(db)
  }
  await sql`ANALYZE sqlite_schema`.execute(db)
}

/** The UTC day of a snowflake: its milliseconds since 2015 stand in its bits from 22 up. */
function dayOf(row: 'old' | 'new') {
  return sql.raw(`((${row}.id >> 22) + 1420070400000) / 86400000`)
}

function executorOf(row: 'old' | 'new') {
  return sql`ifnull(${sql.ref(`${row}.executor`)}, ${sql.lit(NOBODY)})`
}

function addToDay(row: 'old' | 'new') {
  const from = sql.raw(row)
  return sql`
    INSERT INTO daily (guild, executor, kind, day, entries, units)
    VALUES (${from}.guild, ${executorOf(row)}, ${from}.kind, ${dayOf(row)}, 1, ifnull(${from}.count, 1))
    ON CONFLICT (guild, executor, kind, day)
    DO UPDATE SET entries = entries + 1, units = units + excluded.units`
}

function takeFromDay(row: 'old' | 'new') {
  const from = sql.raw(row)
  return sql`
    UPDATE daily SET entries = entries - 1, units = units - ifnull(${from}.count, 1)
    WHERE guild = ${from}.guild AND executor = ${executorOf(row)} AND kind = ${from}.kind AND day = ${dayOf(row)}`
}
