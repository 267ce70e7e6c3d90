import { type Kysely, sql } from 'kysely'

/**
 * Stores names by id and class, because a guild, its @everyone role and its first channel can share an id. Then restores
 * channel names that were overwritten, by the name that Discord gives to hidden channels or by a topic: from the newest
 * entry that has the name, or else to unknown. The name of a guild's first channel is restored too, because the
 * @everyone role may have overwritten it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
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

/** The name in a change: the new one, or the old one when a channel was deleted. */
const NAME_IN_CHANGE = sql`
  nullif(CASE
    WHEN change.type <> 'object' OR change.value ->> 'key' <> 'name' THEN NULL
    WHEN json_type(change.value, '$.new_value') = 'text' THEN change.value ->> 'new_value'
    WHEN json_type(change.value, '$.old_value') = 'text' THEN change.value ->> 'old_value'
  END, '')`

/**
 * The changes of entries on channels that have a name. Discord may have sent anything in the place of changes. CROSS JOIN
 * fixes the order of the join, and `+` removes the affinity of the ids: otherwise SQLite would read all entries instead
 * of looking targets up by their index. https://sqlite.org/datatype3.html#affinity_of_operands
 */
const CHANGES = sql`
  json_each(CASE WHEN json_valid(entry.remainder) THEN entry.remainder ELSE '[]' END, '$[0].changes') AS change
  WHERE entry.kind IN (10, 11, 12) AND ${NAME_IN_CHANGE} IS NOT NULL`

/** Marks an overwritten name until it is restored. No time is below zero. */
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
      SELECT hidden.guild, hidden.id, entry.id AS at, ${NAME_IN_CHANGE} AS name,
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
      SELECT entry.guild, entry.id AS at, entry.kind, ${NAME_IN_CHANGE} AS name,
        row_number() OVER (PARTITION BY entry.guild ORDER BY entry.id DESC) AS place
      FROM (SELECT DISTINCT guild FROM name) AS held
      CROSS JOIN entry ON entry.guild = held.guild AND entry.target = +held.guild
      CROSS JOIN ${CHANGES}
    )
    WHERE place = 1
    ON CONFLICT DO NOTHING`.execute(db)
}

/** Names are searched in lower case. SQLite itself lowers ASCII letters only. */
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
