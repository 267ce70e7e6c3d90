import { type Kysely, sql } from 'kysely'

/** Tables and columns get the names that the code uses, and so does a field of stored queries. No row moves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const trigger of ['added', 'given_up', 'changed', 'removed', 'emptied']) {
    await sql`DROP TRIGGER ${sql.ref(`claim_${trigger}`)}`.execute(db)
  }
  await sql`DROP INDEX entry_by_claim`.execute(db)
  await sql`DROP INDEX question_by_guild`.execute(db)
  for (const change of RENAMES) await sql`ALTER TABLE ${sql.raw(change)}`.execute(db)
  await sql`
    CREATE INDEX entry_by_attribution ON entry (guild, attribution, kind, id, executor, count)
    WHERE attribution IS NOT NULL`.execute(db)
  await sql`CREATE INDEX saved_query_by_guild ON saved_query (guild, asked_at)`.execute(db)
  for (const trigger of TRIGGERS) await sql`CREATE TRIGGER ${sql.raw(trigger)}`.execute(db)
  await sql`
    INSERT INTO sqlite_stat1 (tbl, idx, stat)
    VALUES ('entry', 'entry_by_attribution', '200000 100000 5000 1000 1 1 1 noskipscan')`.execute(db)
  await sql`ANALYZE sqlite_schema`.execute(db)
  await renameCreditedId(db)
}

const RENAMES = [
  'entry RENAME COLUMN claim TO attribution',
  'entry RENAME COLUMN remainder TO payload_rest',
  'claimed RENAME COLUMN claim TO attribution',
  'claimed RENAME TO daily_attribution',
  'name RENAME COLUMN "is" TO type',
  'name RENAME COLUMN there_at TO present_at',
  'question RENAME COLUMN question TO query',
  'question RENAME TO saved_query',
  'forgotten RENAME COLUMN pending TO stage',
  'forgotten RENAME TO erasure',
  'forgotten_credit RENAME TO erased_attribution',
  'trusted RENAME TO trusted_time',
]

type Row = 'old' | 'new'

const changed = 'AFTER UPDATE OF kind, executor, count, attribution ON entry'
const isAttributed = (row: Row) => `WHEN ${row}.attribution IS NOT NULL AND ${row}.executor IS NOT NULL`

/** The UTC day of a snowflake, whose bits from 22 up are the milliseconds since 2015. */
const dayOf = (row: Row) => `((${row}.id >> 22) + 1420070400000) / 86400000`

const add = `
  INSERT INTO daily_attribution (guild, attribution, executor, day, entries)
  VALUES (new.guild, new.attribution, new.executor, ${dayOf('new')}, 1)
  ON CONFLICT (guild, attribution, executor, day) DO UPDATE SET entries = entries + 1`

const subtract = `
  UPDATE daily_attribution SET entries = entries - 1
  WHERE guild = old.guild AND attribution = old.attribution AND executor = old.executor AND day = ${dayOf('old')}`

const TRIGGERS = [
  `attribution_added AFTER INSERT ON entry ${isAttributed('new')} BEGIN ${add}; END`,
  `attribution_dropped ${changed} ${isAttributed('old')} BEGIN ${subtract}; END`,
  `attribution_changed ${changed} ${isAttributed('new')} BEGIN ${add}; END`,
  `attribution_removed AFTER DELETE ON entry ${isAttributed('old')} BEGIN ${subtract}; END`,
  `attribution_emptied AFTER UPDATE OF entries ON daily_attribution WHEN new.entries <= 0 BEGIN
    DELETE FROM daily_attribution
    WHERE guild = new.guild AND attribution = new.attribution AND executor = new.executor AND day = new.day;
  END`,
]

/** Without this, the buttons under an older answer would list what everyone did through bots. */
async function renameCreditedId(db: Kysely<unknown>): Promise<void> {
  await sql`
    UPDATE saved_query SET query = json_set(
      json_remove(query, '$.filter.creditedId'), '$.filter.onBehalfOfId', query ->> '$.filter.creditedId')
    WHERE CASE WHEN json_valid(query) THEN query ->> '$.filter.creditedId' IS NOT NULL END`.execute(db)
}
