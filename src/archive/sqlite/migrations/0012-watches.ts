import { type Kysely, sql } from 'kysely'

/** Creates the tables of feeds, alerts and digests, of what arrived for them, and of what they posted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `CREATE TABLE watch (
    guild_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    type TEXT NOT NULL,
    channel INTEGER NOT NULL,
    definition TEXT NOT NULL,
    set_by INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    position INTEGER NOT NULL,
    done_to INTEGER,
    paused TEXT,
    PRIMARY KEY (guild_id, number)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE arrival (
    guild_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    grew_from INTEGER,
    at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, number)
  ) STRICT, WITHOUT ROWID`,
  // An entry arrives once; after that, only its count can grow.
  'CREATE UNIQUE INDEX arrival_by_entry ON arrival (guild_id, entry) WHERE grew_from IS NULL',
  `CREATE TABLE post (
    guild_id INTEGER NOT NULL,
    watch INTEGER NOT NULL,
    number INTEGER NOT NULL,
    past INTEGER NOT NULL,
    up_to INTEGER NOT NULL,
    content TEXT NOT NULL,
    delivery TEXT NOT NULL,
    attempted_at INTEGER,
    message INTEGER,
    changed INTEGER NOT NULL,
    unfinished INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, watch, number)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX post_by_state ON post (guild_id, watch, unfinished, number)',
  // The last numbers that were given: none is used again.
  'ALTER TABLE setting ADD COLUMN last_watch INTEGER NOT NULL DEFAULT 0',
  'ALTER TABLE setting ADD COLUMN last_arrival INTEGER NOT NULL DEFAULT 0',
]
