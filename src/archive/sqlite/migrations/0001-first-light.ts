import { type Kysely, sql } from 'kysely'

/**
 * Statistics for the query planner, which otherwise takes the primary key to be as good as any index. They were measured
 * by ANALYZE on the data of `npm run bench` and are fixed, so that plans never change by themselves.
 * https://sqlite.org/queryplanner-ng.html#howtofix
 * Without `noskipscan` SQLite might skip over the guild and read all of them.
 */
const STATISTICS = [
  ['entry', 'entry', '2000000 1000000 1 noskipscan'],
  ['entry', 'entry_by_executor', '2000000 1000000 33334 2381 1 1 1 noskipscan'],
  ['entry', 'entry_by_kind', '2000000 1000000 71429 1 1 1 1 1 noskipscan'],
  ['entry', 'entry_by_target', '2000000 1000000 6 3 1 1 1 1 noskipscan'],
  ['entry', 'entry_by_channel', '2000000 1000000 105 70 1 1 1 noskipscan'],
  ['entry', 'entry_by_claim', '200000 100000 5000 1000 1 1 1 noskipscan'],
] as const

/**
 * Each index holds the entries of one kind in order, together with the columns that a filter or a count can use, so that
 * only the rows that are shown are looked up. `npm run bench -- --indexes` shows what each index is worth and costs.
 */
const ENTRY_INDEXES = [
  ['entry_by_executor', 'guild, executor, kind, id, channel, count'],
  ['entry_by_kind', 'guild, kind, id, executor, target, channel, count'],
  ['entry_by_target', 'guild, target, kind, id, executor, channel, count'],
  ['entry_by_channel', 'guild, channel, kind, id, executor, count'],
] as const

/** The executor in the daily sums when Discord does not say who acted. No snowflake is below zero. */
const NOBODY = -1

/** Creates the tables of entries, daily sums, coverage, names and saved queries. */
export async function up(db: Kysely<unknown>): Promise<void> {
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
      claim TEXT,
      remainder TEXT NOT NULL,
      PRIMARY KEY (guild, id)
    ) STRICT, WITHOUT ROWID`.execute(db)
  for (const [name, columns] of ENTRY_INDEXES) {
    await sql`CREATE INDEX ${sql.ref(name)} ON entry (${sql.raw(columns)})`.execute(db)
  }
  await sql`
    CREATE INDEX entry_by_claim ON entry (guild, claim, kind, id, executor, count)
    WHERE claim IS NOT NULL`.execute(db)

  await createSums(db)

  await sql`
    CREATE TABLE coverage (
      guild INTEGER NOT NULL,
      start INTEGER NOT NULL,
      end INTEGER NOT NULL,
      PRIMARY KEY (guild, start)
    ) STRICT, WITHOUT ROWID`.execute(db)
  await sql`
    CREATE TABLE guild (
      guild INTEGER PRIMARY KEY,
      read_at INTEGER NOT NULL,
      swept_at INTEGER
    ) STRICT, WITHOUT ROWID`.execute(db)
  await sql`
    CREATE TABLE name (
      guild INTEGER NOT NULL,
      id INTEGER NOT NULL,
      "is" TEXT NOT NULL,
      name TEXT,
      folded TEXT,
      alias TEXT,
      named_at INTEGER NOT NULL,
      there_at INTEGER NOT NULL,
      gone_at INTEGER NOT NULL,
      PRIMARY KEY (guild, id)
    ) STRICT, WITHOUT ROWID`.execute(db)
  await sql`CREATE INDEX name_by_name ON name (guild, folded)`.execute(db)
  await sql`CREATE INDEX name_by_alias ON name (guild, alias) WHERE alias IS NOT NULL`.execute(db)
  await sql`
    CREATE TABLE question (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      guild INTEGER NOT NULL,
      asked_at INTEGER NOT NULL,
      question TEXT NOT NULL
    ) STRICT`.execute(db)
  await sql`CREATE INDEX question_by_guild ON question (guild, asked_at)`.execute(db)

  await sql`ANALYZE`.execute(db)
  await sql`DELETE FROM sqlite_stat1`.execute(db)
  for (const [table, index, figures] of STATISTICS) {
    await sql`INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (${table}, ${index}, ${figures})`.execute(db)
  }
  await sql`ANALYZE sqlite_schema`.execute(db)
}

/**
 * Creates the daily sums: of all entries by executor, and of those whose reason names somebody by that name. Triggers
 * update them, so that no write can forget to.
 */
async function createSums(db: Kysely<unknown>): Promise<void> {
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
    CREATE TABLE claimed (
      guild INTEGER NOT NULL,
      claim TEXT NOT NULL,
      executor INTEGER NOT NULL,
      day INTEGER NOT NULL,
      entries INTEGER NOT NULL,
      PRIMARY KEY (guild, claim, executor, day)
    ) STRICT, WITHOUT ROWID`.execute(db)
  const changed = sql.raw('AFTER UPDATE OF kind, executor, count, claim ON entry')
  const attributions = (row: Row) => sql.raw(`WHEN ${row}.claim IS NOT NULL AND ${row}.executor IS NOT NULL`)
  for (const trigger of [
    sql`entry_added AFTER INSERT ON entry BEGIN ${addToDay('new')}; END`,
    sql`entry_changed ${changed} BEGIN ${takeFromDay('old')}; ${addToDay('new')}; END`,
    sql`entry_removed AFTER DELETE ON entry BEGIN ${takeFromDay('old')}; END`,
    sql`claim_added AFTER INSERT ON entry ${attributions('new')} BEGIN ${addToClaim('new')}; END`,
    sql`claim_given_up ${changed} ${attributions('old')} BEGIN ${takeFromClaim('old')}; END`,
    sql`claim_changed ${changed} ${attributions('new')} BEGIN ${addToClaim('new')}; END`,
    sql`claim_removed AFTER DELETE ON entry ${attributions('old')} BEGIN ${takeFromClaim('old')}; END`,
  ]) {
    await sql`CREATE TRIGGER ${trigger}`.execute(db)
  }
}

type Row = 'old' | 'new'

/** The UTC day of a snowflake, whose bits from 22 up are the milliseconds since 2015. */
function dayOf(row: Row) {
  return sql.raw(`((${row}.id >> 22) + 1420070400000) / 86400000`)
}

function executorOf(row: Row) {
  return sql`ifnull(${sql.ref(`${row}.executor`)}, ${sql.lit(NOBODY)})`
}

function addToDay(row: Row) {
  const from = sql.raw(row)
  return sql`
    INSERT INTO daily (guild, executor, kind, day, entries, units)
    VALUES (${from}.guild, ${executorOf(row)}, ${from}.kind, ${dayOf(row)}, 1, ifnull(${from}.count, 1))
    ON CONFLICT (guild, executor, kind, day)
    DO UPDATE SET entries = entries + 1, units = units + excluded.units`
}

function takeFromDay(row: Row) {
  const from = sql.raw(row)
  return sql`
    UPDATE daily SET entries = entries - 1, units = units - ifnull(${from}.count, 1)
    WHERE guild = ${from}.guild AND executor = ${executorOf(row)} AND kind = ${from}.kind AND day = ${dayOf(row)}`
}

function addToClaim(row: Row) {
  const from = sql.raw(row)
  return sql`
    INSERT INTO claimed (guild, claim, executor, day, entries)
    VALUES (${from}.guild, ${from}.claim, ${from}.executor, ${dayOf(row)}, 1)
    ON CONFLICT (guild, claim, executor, day) DO UPDATE SET entries = entries + 1`
}

function takeFromClaim(row: Row) {
  const from = sql.raw(row)
  return sql`
    UPDATE claimed SET entries = entries - 1
    WHERE guild = ${from}.guild AND claim = ${from}.claim AND executor = ${from}.executor AND day = ${dayOf(row)}`
}
