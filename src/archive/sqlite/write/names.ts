import { type RawBuilder, sql, type Transaction } from 'kysely'
import { classOf } from '../../../core/names/entity-class.ts'
import type { SeenMember } from '../../../core/names/members-in-entry.ts'
import type { NameObservation } from '../../../core/names/named-entity.ts'
import { LARGEST_SNOWFLAKE, type Snowflake } from '../../../core/snowflake.ts'
import { jsonInteger } from '../json-parameters.ts'
import type { Schema } from '../schema.ts'

/** An hour as a difference of snowflakes. Observations can be written out of order, but not by that much. */
const HOUR = 3_600_000n << 22n
const DAY = 24n * HOUR

type TimeColumn = 'named_at' | 'present_at' | 'gone_at'

function isAhead(at: Snowflake, now: Snowflake): boolean {
  return BigInt(at) - HOUR > BigInt(now)
}

/** A stored time. One that is ahead of now is from a wrong clock, and counts as older than what is observed now. */
function stored(column: TimeColumn, now: Snowflake): RawBuilder<bigint> {
  return sql`iif(${sql.ref(column)} - ${HOUR} > ${BigInt(now)}, ${BigInt(now) - 1n}, ${sql.ref(column)})`
}

/** What was observed in a guild. */
export interface GuildNames {
  readonly guildId: Snowflake
  readonly names: readonly NameObservation[]
}

/**
 * Writes names and presence, each unless the stored one is newer than the observation.
 * @param now when names were observed just now, as a snowflake; undefined when all observations are history
 */
export async function writeNames(
  db: Transaction<Schema>,
  observed: readonly GuildNames[],
  now: Snowflake = LARGEST_SNOWFLAKE,
): Promise<void> {
  const [namedAt, presentAt, goneAt] = [
    stored('named_at', now),
    stored('present_at', now),
    stored('gone_at', now),
  ]
  // An observation without a name leaves the name and the type as they are.
  const isNewerName = sql`(excluded.name IS NOT NULL AND excluded.named_at >= ${namedAt})`
  const rows = observed.flatMap(({ guildId, names }) => {
    const guild = jsonInteger(guildId)
    return names.map(({ id, type, name, alias, at, presence }) => {
      const time = jsonInteger(isAhead(at, now) ? now : at)
      return [
        guild,
        jsonInteger(id),
        classOf(type),
        type,
        name,
        name?.toLowerCase() ?? null,
        alias?.toLowerCase() ?? null,
        name === null ? 0 : time,
        presence === 'present' ? time : 0,
        presence === 'gone' ? time : 0,
      ]
    })
  })
  if (rows.length === 0) return
  await sql`
    INSERT INTO name (guild, id, class, type, name, folded, alias, named_at, present_at, gone_at)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
      value ->> 7, value ->> 8, value ->> 9
    FROM json_each(${JSON.stringify(rows)})
    WHERE true
    ON CONFLICT (guild, id, class) DO UPDATE SET
      type = iif(${isNewerName}, excluded.type, type),
      name = iif(${isNewerName}, excluded.name, name),
      folded = iif(${isNewerName}, excluded.folded, folded),
      alias = iif(${isNewerName}, excluded.alias, alias),
      named_at = max(excluded.named_at, ${namedAt}),
      present_at = max(excluded.present_at, ${presentAt}),
      gone_at = max(excluded.gone_at, ${goneAt})
    WHERE ${isNewerName} AND (type, name, alias) IS NOT (excluded.type, excluded.name, excluded.alias)
      OR excluded.present_at > ${presentAt}
      OR excluded.gone_at > ${goneAt}`.execute(db)
}

/** The members whom entries of a guild show to be present. */
export interface GuildMembers {
  readonly guildId: Snowflake
  readonly members: readonly SeenMember[]
}

/**
 * Writes that members were present, of those who have a row: a name that comes later comes with the entries it is for. It
 * is written once a day at most for those who are present already, because entries show the same members again and again.
 * @param now as in `writeNames`
 */
export async function writePresence(
  db: Transaction<Schema>,
  seen: readonly GuildMembers[],
  now: Snowflake = LARGEST_SNOWFLAKE,
): Promise<void> {
  const rows = seen.flatMap(({ guildId, members }) => {
    const guild = jsonInteger(guildId)
    return members.map(({ id, at }) => [guild, jsonInteger(id), jsonInteger(isAhead(at, now) ? now : at)])
  })
  if (rows.length === 0) return
  const [presentAt, goneAt] = [stored('present_at', now), stored('gone_at', now)]
  await sql`
    UPDATE name SET present_at = seen.at
    FROM (
      SELECT value ->> 0 AS guild, value ->> 1 AS id, max(value ->> 2) AS at FROM json_each(${JSON.stringify(rows)})
      GROUP BY 1, 2
    ) AS seen
    WHERE name.guild = seen.guild AND name.id = seen.id AND class = 'user'
      AND seen.at > ${presentAt} + iif(${presentAt} > ${goneAt}, ${DAY}, 0)`.execute(db)
}

/** Marks the roles and channels that a snapshot of all of them did not include as gone. */
export async function writeSnapshot(
  db: Transaction<Schema>,
  guildId: Snowflake,
  snapshotAt: Snowflake,
): Promise<void> {
  const at = BigInt(snapshotAt)
  await db
    .updateTable('name')
    .set({ present_at: stored('present_at', snapshotAt), gone_at: at })
    .where('guild', '=', BigInt(guildId))
    .where('type', 'in', ['role', 'channel'])
    .where(stored('present_at', snapshotAt), '<', at)
    .where(sql<boolean>`${stored('gone_at', snapshotAt)} <= ${stored('present_at', snapshotAt)}`)
    .execute()
}
