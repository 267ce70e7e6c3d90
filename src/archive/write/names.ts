import { type RawBuilder, sql, type Transaction } from 'kysely'
import { classOf } from '../../core/names/entity-class.ts'
import type { SeenMember } from '../../core/names/members-in-entry.ts'
import type { NameObservation } from '../../core/names/named-entity.ts'
import { compareIds, LARGEST_SNOWFLAKE, maxId, type Snowflake } from '../../core/snowflake.ts'
import { greatest, table } from '../dialect-sql.ts'
import { indexable } from '../entry-row.ts'
import type { Schema } from '../schema.ts'
import { ofGuilds } from '../where.ts'

/** An hour as a difference of snowflakes. Observations can be written out of order, but not by that much. */
const HOUR = 3_600_000n << 22n
const DAY = 24n * HOUR

const NEVER: Snowflake = '0'

type TimeColumn = 'named_at' | 'present_at' | 'gone_at'

/** A time that is not later than now. One that is ahead is from a wrong clock. */
function notAhead(at: Snowflake, now: Snowflake): Snowflake {
  return BigInt(at) - HOUR > BigInt(now) ? now : at
}

/** A stored time. One that is ahead of now is from a wrong clock, and counts as older than what is observed now. */
function stored(column: TimeColumn, now: Snowflake): RawBuilder<bigint> {
  const time = sql.ref(`name.${column}`)
  return sql`CASE WHEN ${time} - ${HOUR} > ${BigInt(now)} THEN ${BigInt(now) - 1n} ELSE ${time} END`
}

/** What was observed in a guild. */
export interface GuildNames {
  readonly guildId: Snowflake
  readonly names: readonly NameObservation[]
}

/** The columns of `name`. */
export const NAME_COLUMNS = {
  guild_id: 'bigint',
  id: 'bigint',
  class: 'text',
  type: 'text',
  name: 'text',
  folded: 'text',
  alias: 'text',
  named_at: 'bigint',
  present_at: 'bigint',
  gone_at: 'bigint',
} as const

/**
 * Writes names and presence, each unless the stored one is newer than the observation.
 * @param now when names were observed just now, as a snowflake; undefined when all observations are history
 */
export async function writeNames(
  db: Transaction<Schema>,
  observed: readonly GuildNames[],
  now: Snowflake = LARGEST_SNOWFLAKE,
): Promise<void> {
  const rows = observed.flatMap(({ guildId, names }) =>
    summarize(names, now).map(({ type, id, name, alias, namedAt, presentAt, goneAt }) => [
      guildId,
      id,
      classOf(type),
      type,
      indexable(name),
      indexable(name?.toLowerCase() ?? null),
      indexable(alias?.toLowerCase() ?? null),
      namedAt,
      presentAt,
      goneAt,
    ]),
  )
  if (rows.length === 0) return
  const [namedAt, presentAt, goneAt] = [
    stored('named_at', now),
    stored('present_at', now),
    stored('gone_at', now),
  ]
  // An observation without a name leaves the name and the type as they are.
  const isNewerName = sql`(excluded.name IS NOT NULL AND excluded.named_at >= ${namedAt})`
  const newer = (column: string) => {
    const ref = sql.ref(column)
    return sql`${ref} = CASE WHEN ${isNewerName} THEN excluded.${ref} ELSE name.${ref} END`
  }
  await sql`
    INSERT INTO name (guild_id, id, class, type, name, folded, alias, named_at, present_at, gone_at)
    SELECT * FROM ${table(NAME_COLUMNS, rows)} AS observed WHERE true
    ON CONFLICT (guild_id, id, class) DO UPDATE SET
      ${sql.join(['type', 'name', 'folded', 'alias'].map(newer))},
      named_at = ${greatest(sql`excluded.named_at`, namedAt)},
      present_at = ${greatest(sql`excluded.present_at`, presentAt)},
      gone_at = ${greatest(sql`excluded.gone_at`, goneAt)}
    WHERE ${isNewerName} AND (
        name.type <> excluded.type OR name.name IS DISTINCT FROM excluded.name OR name.alias IS DISTINCT FROM excluded.alias
      )
      OR excluded.present_at > ${presentAt}
      OR excluded.gone_at > ${goneAt}`.execute(db)
}

/** What several observations of one thing say together. */
interface Summary extends Pick<NameObservation, 'id' | 'type' | 'name'> {
  readonly alias: string | undefined
  readonly namedAt: Snowflake
  readonly presentAt: Snowflake
  readonly goneAt: Snowflake
}

/** One summary for each thing: of names the latest, and of two at the same time the later one. */
function summarize(names: readonly NameObservation[], now: Snowflake): Summary[] {
  const byThing = new Map<string, Summary>()
  for (const { id, type, name, alias, at, presence } of names) {
    const time = notAhead(at, now)
    const namedAt = name === null ? NEVER : time
    const thing = `${id} ${classOf(type)}`
    const before = byThing.get(thing) ?? { id, type, name, alias, namedAt, presentAt: NEVER, goneAt: NEVER }
    byThing.set(thing, {
      ...before,
      ...(name !== null && compareIds(namedAt, before.namedAt) >= 0 && { type, name, alias, namedAt }),
      ...(presence === 'present' && { presentAt: maxId(before.presentAt, time) }),
      ...(presence === 'gone' && { goneAt: maxId(before.goneAt, time) }),
    })
  }
  return [...byThing.values()]
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
  const rows = seen.flatMap(({ guildId, members }) =>
    members.map(({ id, at }) => [guildId, id, notAhead(at, now)]),
  )
  if (rows.length === 0) return
  const [presentAt, goneAt] = [stored('present_at', now), stored('gone_at', now)]
  await sql`
    UPDATE name SET present_at = seen.at
    FROM (
      SELECT guild_id, id, max(at) AS at
      FROM ${table({ guild_id: 'bigint', id: 'bigint', at: 'bigint' }, rows)} AS members
      GROUP BY guild_id, id
    ) AS seen
    WHERE name.guild_id ${ofGuilds(seen.map(({ guildId }) => guildId))}
      AND name.guild_id = seen.guild_id AND name.id = seen.id AND name.class = 'user'
      AND seen.at - CASE WHEN ${presentAt} > ${goneAt} THEN ${sql.lit(DAY)} ELSE 0 END > ${presentAt}`.execute(
    db,
  )
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
    .where('guild_id', '=', BigInt(guildId))
    .where('type', 'in', ['role', 'channel'])
    .where(stored('present_at', snapshotAt), '<', at)
    .where(sql<boolean>`${stored('gone_at', snapshotAt)} <= ${stored('present_at', snapshotAt)}`)
    .execute()
}
