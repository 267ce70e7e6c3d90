import { type Kysely, sql } from 'kysely'

/**
 * Creates the tables of an archive. Every table with data of guilds has the guild first in its key, and no constraint
 * reaches from one guild to another, so that guilds can be distributed over several servers. Texts are compared by their
 * bytes, whatever the locale of the server.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Counts are read from an index alone where a vacuum has seen the rows since they were written, so vacuums are frequent.
  `CREATE TABLE entry (
    guild_id bigint NOT NULL,
    id bigint NOT NULL,
    executor bigint,
    target bigint,
    channel bigint,
    count bigint,
    kind bigint NOT NULL,
    target_text text COLLATE "C",
    reason text COLLATE "C",
    reason_folded text COLLATE "C",
    attribution text COLLATE "C",
    payload_rest json NOT NULL,
    PRIMARY KEY (guild_id, id)
  ) WITH (autovacuum_vacuum_insert_scale_factor = 0.02)`,
  'CREATE INDEX entry_by_executor ON entry (guild_id, executor, kind, id) INCLUDE (channel, count)',
  'CREATE INDEX entry_by_kind ON entry (guild_id, kind, id) INCLUDE (executor, target, channel, count)',
  'CREATE INDEX entry_by_target ON entry (guild_id, target, kind, id) INCLUDE (executor, channel, count)',
  'CREATE INDEX entry_by_channel ON entry (guild_id, channel, kind, id) INCLUDE (executor, count)',
  'CREATE INDEX entry_by_target_text ON entry (guild_id, target_text, kind, id) WHERE target_text IS NOT NULL',
  `CREATE INDEX entry_by_attribution ON entry (guild_id, attribution, kind, id) INCLUDE (executor, count)
  WHERE attribution IS NOT NULL`,
  `CREATE TABLE daily (
    guild_id bigint NOT NULL,
    executor bigint NOT NULL,
    kind bigint NOT NULL,
    day integer NOT NULL,
    entries bigint NOT NULL,
    units bigint NOT NULL,
    PRIMARY KEY (guild_id, kind, executor, day)
  ) WITH (fillfactor = 70)`,
  `CREATE TABLE daily_attribution (
    guild_id bigint NOT NULL,
    attribution text COLLATE "C" NOT NULL,
    executor bigint NOT NULL,
    day integer NOT NULL,
    entries bigint NOT NULL,
    PRIMARY KEY (guild_id, attribution, executor, day)
  )`,
  `CREATE TABLE packed_day (
    guild_id bigint NOT NULL,
    day integer NOT NULL,
    counts bytea NOT NULL,
    targets bytea NOT NULL,
    kinds bytea NOT NULL,
    channels bytea NOT NULL,
    PRIMARY KEY (guild_id, day)
  )`,
  // Ids of 64 bits hardly compress, and trying to takes longer than reading them.
  `ALTER TABLE packed_day
    ALTER counts SET STORAGE EXTERNAL, ALTER targets SET STORAGE EXTERNAL,
    ALTER kinds SET STORAGE EXTERNAL, ALTER channels SET STORAGE EXTERNAL`,
  `CREATE TABLE coverage (
    guild_id bigint NOT NULL,
    start bigint NOT NULL,
    "end" bigint NOT NULL,
    PRIMARY KEY (guild_id, start)
  )`,
  'CREATE TABLE guild (guild_id bigint PRIMARY KEY, read_at bigint, swept_at bigint)',
  `CREATE TABLE name (
    guild_id bigint NOT NULL,
    id bigint NOT NULL,
    class text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    name text COLLATE "C",
    folded text COLLATE "C",
    alias text COLLATE "C",
    named_at bigint NOT NULL,
    present_at bigint NOT NULL,
    gone_at bigint NOT NULL,
    PRIMARY KEY (guild_id, id, class)
  )`,
  'CREATE INDEX name_by_name ON name (guild_id, folded)',
  'CREATE INDEX name_by_alias ON name (guild_id, alias) WHERE alias IS NOT NULL',
  // Reasons and parts of names are found by their trigrams where these extensions, which come with PostgreSQL, can be
  // created. Otherwise a search reads every reason or name of the guild.
  `DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE EXTENSION IF NOT EXISTS btree_gin;
    CREATE INDEX entry_by_reason ON entry USING gin (guild_id, reason_folded gin_trgm_ops);
    CREATE INDEX name_by_part ON name USING gin (guild_id, folded gin_trgm_ops);
  EXCEPTION WHEN insufficient_privilege OR undefined_file OR undefined_object OR feature_not_supported THEN
    RAISE NOTICE 'Reasons and names are searched without trigrams: %', SQLERRM;
  END $$`,
  `CREATE TABLE saved_query (
    guild_id bigint NOT NULL,
    number bigint NOT NULL,
    asked_at bigint NOT NULL,
    query json NOT NULL,
    PRIMARY KEY (guild_id, number)
  )`,
  'CREATE INDEX saved_query_by_time ON saved_query (guild_id, asked_at)',
  'CREATE SEQUENCE saved_query_block',
  `CREATE TABLE erasure (
    guild_id bigint NOT NULL,
    member bigint NOT NULL,
    up_to bigint NOT NULL,
    stage integer NOT NULL,
    PRIMARY KEY (guild_id, member)
  )`,
  `CREATE TABLE erased_attribution (
    guild_id bigint NOT NULL,
    entry bigint NOT NULL,
    member bigint NOT NULL,
    PRIMARY KEY (guild_id, entry)
  )`,
  'CREATE TABLE departure (guild_id bigint PRIMARY KEY, at bigint NOT NULL, trusted_at bigint)',
  'CREATE TABLE trusted_time (one integer PRIMARY KEY CHECK (one = 1), at bigint NOT NULL)',
  `CREATE TABLE setting (
    guild_id bigint PRIMARY KEY,
    time_zone text COLLATE "C",
    asked integer NOT NULL DEFAULT 0
  )`,
  `CREATE TABLE operation (
    guild_id bigint NOT NULL,
    id bigint NOT NULL,
    executor bigint NOT NULL,
    type text COLLATE "C" NOT NULL,
    detail json NOT NULL,
    PRIMARY KEY (guild_id, id)
  )`,
]
