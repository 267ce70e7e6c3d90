import { type Kysely, sql } from 'kysely'

/**
 * Keeps names by class and id, since a guild, its @everyone role and its first channel can share an id. Then it
 * restores the names of channels that were overwritten, by the name that Discord gives to hidden channels or by a
 * topic: from the newest entry that tells the name, or else as not known. The name of a guild's first channel is
 * restored too, since the @everyone role may have overwritten it.
 */
export async function classNames(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE name_by_class (
      guild INTEGER NOT NULL,
      id INTEGER NOT NULL,
      class TEXT NOT NULL,
      "is" TEXT NOT NULL,
      name TEXT,
      folded TEXT,
      alias TEXT,
      named_at INTEGER NOT NULL,
      there_at INTEGER NOT NULL,
      gone_at INTEGER NOT NULL,
      PRIMARY KEY (guild, id, class)
    ) STRICT, WITHOUT ROWID`.execute(db)
  await sql`
    INSERT INTO name_by_class (guild, id, class, "is", name, folded, alias, named_at, there_at, gone_at)
    SELECT guild, id, CASE "is" WHEN 'bot' THEN 'user' WHEN 'thread' THEN 'channel' ELSE "is" END,
      "is", name, folded, alias, named_at, there_at, gone_at
    FROM name`.execute(db)
  await sql`DROP TABLE name`.execute(db)
  await sql`ALTER TABLE name_by_class RENAME TO name`.execute(db)
  await sql`CREATE INDEX name_by_name ON name (guild, folded)`.execute(db)
  await sql`CREATE INDEX name_by_alias ON name (guild, alias) WHERE alias IS NOT NULL`.execute(db)
  await restore(db)
  await recoverFirstChannels(db)
  await fold(db)
}

/** The name that a change tells: the one after it, or the one before where a channel was deleted. */
const TOLD = sql`
  nullif(CASE
    WHEN change.type <> 'object' OR change.value ->> 'key' <> 'name' THEN NULL
    WHEN json_type(change.value, '$.new_value') = 'text' THEN change.value ->> 'new_value'
    WHEN json_type(change.value, '$.old_value') = 'text' THEN change.value ->> 'old_value'
  END, '')`

/**
 * The changes of entries on channels that tell a name. Discord may have sent anything in the place of changes. They are
 * joined by CROSS JOIN, and `+` removes the affinity of the ids: otherwise SQLite would not look targets up by their
 * index, and would read all entries. https://sqlite.org/datatype3.html#affinity_of_operands
 */
const CHANGES = sql`
  json_each(CASE WHEN json_valid(entry.remainder) THEN entry.remainder ELSE '[]' END, '$[0].changes') AS change
  WHERE entry.kind IN (10, 11, 12) AND ${TOLD} IS NOT NULL`

/** Marks a name that was overwritten until all are restored. No moment is below zero. */
const OVERWRITTEN = sql.lit(-1)

async function restore(db: Kysely<unknown>): Promise<void> {
  await sql`
    UPDATE name SET name = NULL, folded = NULL, named_at = ${OVERWRITTEN}
    WHERE class = 'channel' AND (name = '___hidden___' OR EXISTS (
      SELECT 1 FROM entry
      WHERE entry.guild = name.guild AND entry.id = name.named_at AND entry.target = name.id
        AND entry.kind IN (10, 11, 12) AND NOT EXISTS (SELECT 1 FROM ${CHANGES})))`.execute(db)
  await sql`
    UPDATE name SET name = told.name, named_at = told.at
    FROM (
      SELECT hidden.guild, hidden.id, entry.id AS at, ${TOLD} AS name,
        row_number() OVER (PARTITION BY hidden.guild, hidden.id ORDER BY entry.id DESC) AS place
      FROM name AS hidden
      CROSS JOIN entry ON entry.guild = hidden.guild AND entry.target = +hidden.id
      CROSS JOIN ${CHANGES} AND hidden.named_at = ${OVERWRITTEN}
    ) AS told
    WHERE told.place = 1 AND name.guild = told.guild AND name.id = told.id AND name.class = 'channel'`.execute(
    db,
  )
  await sql`UPDATE name SET named_at = 0 WHERE named_at = ${OVERWRITTEN}`.execute(db)
}

async function recoverFirstChannels(db: Kysely<unknown>): Promise<void> {
  await sql`
    INSERT INTO name (guild, id, class, "is", name, named_at, there_at, gone_at)
    SELECT guild, guild, 'channel', 'channel', name, at, iif(kind = 12, 0, at), iif(kind = 12, at, 0)
    FROM (
      SELECT entry.guild, entry.id AS at, entry.kind, ${TOLD} AS name,
        row_number() OVER (PARTITION BY entry.guild ORDER BY entry.id DESC) AS place
      FROM (SELECT DISTINCT guild FROM name) AS held
      CROSS JOIN entry ON entry.guild = held.guild AND entry.target = +held.guild
      CROSS JOIN ${CHANGES}
    )
    WHERE place = 1
    ON CONFLICT DO NOTHING`.execute(db)
}

/** Names are searched in lower case. SQLite can change ASCII letters only. */
async function fold(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ guild: string; id: string; name: string }>`
    SELECT CAST(guild AS TEXT) AS guild, CAST(id AS TEXT) AS id, name
    FROM name WHERE class = 'channel' AND name IS NOT NULL AND folded IS NULL`.execute(db)
  const folded = rows.map(({ guild, id, name }) => [guild, id, name.toLowerCase()])
  await sql`
    UPDATE name SET folded = value ->> 2
    FROM json_each(${JSON.stringify(folded)})
    WHERE guild = CAST(value ->> 0 AS INTEGER) AND name.id = CAST(value ->> 1 AS INTEGER)
      AND class = 'channel'`.execute(db)
}
