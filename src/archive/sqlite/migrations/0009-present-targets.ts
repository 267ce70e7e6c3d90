import { type Kysely, sql } from 'kysely'

/** Kinds that work only on a target who is in the guild. */
const ON_PRESENT_MEMBER = [24, -1, -2, 25, 28]

/** Kinds whose target wrote a message. */
const ON_AUTHOR = [72, 74, 75]

/** Kinds of what AutoMod and Discord do. Their executor, or else their target, is the offender. */
const ON_OFFENDER = [143, 144, 145, 146, 180]

/**
 * Earlier versions observed executors only as present. This adds the targets of what works only on a member, at their last
 * entry, and authors and offenders, at the first moment of the guild. The rule is a copy of the one in
 * `core/names/members-in-entry.ts` when this migration was written. `+` removes the affinity of an id, which would keep
 * SQLite from looking targets up by their index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    UPDATE name SET present_at = max(
      present_at,
      ifnull((
        SELECT max(entry.id) FROM entry
        WHERE entry.guild = name.guild AND target = +name.id AND kind IN (${sql.join(ON_PRESENT_MEMBER)})
      ), 0),
      iif(
        EXISTS (
          SELECT 1 FROM entry
          WHERE entry.guild = name.guild AND target = +name.id
            AND (kind IN (${sql.join(ON_AUTHOR)}) OR kind IN (${sql.join(ON_OFFENDER)}) AND executor IS NULL)
        ) OR EXISTS (
          SELECT 1 FROM entry
          WHERE entry.guild = name.guild AND executor = name.id AND kind IN (${sql.join(ON_OFFENDER)})
        ),
        guild,
        0
      )
    )
    WHERE class = 'user'`.execute(db)
}
