import { type Kysely, sql } from 'kysely'
import { NOBODY } from '../schema.ts'

/**
 * Creates the tables of daily sums: of every entry by who acted, and of those whose reason claims that they were
 * done for somebody, by that claim. Triggers keep them, so that no write can forget them.
 */
export async function createSums(db: Kysely<unknown>): Promise<void> {
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

/** The UTC day of a snowflake: its milliseconds since 2015 stand in its bits from 22 up. */
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
