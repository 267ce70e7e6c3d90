import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createForgotten } from './forgotten-tables.ts'
import { judgeHeldPrunes } from './judge-held-prunes.ts'
import { classNames } from './name-classes.ts'
import { correctPastTimeouts } from './past-timeouts.ts'
import { createSums } from './sums.ts'
import { createTrusted } from './trusted-table.ts'

/** Every step from an empty file to today's schema, in order. A step that has shipped is never edited. */
export const migrations: Record<string, Migration> = {
  '0001-first-light': { up: firstLight },
  '0002-forgetting': { up: createForgotten },
  '0003-past-timeouts': { up: correctPastTimeouts },
  '0004-prune-parts': { up: judgeHeldPrunes },
  '0005-classes-of-names': { up: classNames },
  '0006-trusted-time': { up: createTrusted },
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
  ['entry', 'entry_by_claim', '200000 100000 5000 1000 1 1 1 noskipscan'],
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
