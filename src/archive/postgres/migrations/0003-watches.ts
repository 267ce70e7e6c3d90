import { type Kysely, sql } from 'kysely'

/** Creates the tables of feeds, alerts and digests, of what arrived for them, and of what they posted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `CREATE TABLE watch (
    guild_id bigint NOT NULL,
    number integer NOT NULL,
    type text COLLATE "C" NOT NULL,
    channel bigint NOT NULL,
    definition json NOT NULL,
    set_by bigint NOT NULL,
    set_at bigint NOT NULL,
    position bigint NOT NULL,
    done_to bigint,
    paused json,
    PRIMARY KEY (guild_id, number)
  ) WITH (fillfactor = 70)`,
  `CREATE TABLE arrival (
    guild_id bigint NOT NULL,
    number bigint NOT NULL,
    entry bigint NOT NULL,
    grew_from bigint,
    at bigint NOT NULL,
    PRIMARY KEY (guild_id, number)
  )`,
  // An entry arrives once; after that, only its count can grow.
  'CREATE UNIQUE INDEX arrival_by_entry ON arrival (guild_id, entry) WHERE grew_from IS NULL',
  `CREATE TABLE post (
    guild_id bigint NOT NULL,
    watch integer NOT NULL,
    number bigint NOT NULL,
    past bigint NOT NULL,
    up_to bigint NOT NULL,
    content json NOT NULL,
    delivery text COLLATE "C" NOT NULL,
    attempted_at bigint,
    message bigint,
    changed integer NOT NULL,
    unfinished integer NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (guild_id, watch, number)
  )`,
  'CREATE INDEX post_by_state ON post (guild_id, watch, unfinished, number)',
  // The last numbers that were given: none is used again.
  `ALTER TABLE setting
    ADD COLUMN last_watch integer NOT NULL DEFAULT 0,
    ADD COLUMN last_arrival bigint NOT NULL DEFAULT 0`,
]
