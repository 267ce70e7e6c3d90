import { type Kysely, sql } from 'kysely'

const [PRUNE, PRUNE_PART] = [21, -5]
const DAY = 86_400_000
const [FEWEST_OF_LARGE, LONGEST_STEP, LONGEST_PRUNE] = [500, 10 * 60_000, 3 * 3_600_000]

/** The kinds that take a moderator's permission, other than prunes. */
const MODERATING = [
  ...[1, 10, 11, 12, 13, 14, 15, 20, 22, 23, 24, 25, 26, 27, 28, 30, 31, 32, 50, 51, 52, 60, 61, 62],
  ...[72, 73, 74, 75, 80, 81, 82, 83, 84, 85, 90, 91, 92, 121, 130, 131, 132, 140, 141, 142, 150, 151],
  ...[163, 164, 165, 166, 167, 171, 172, 190, 191, 194, 210, 211, 212, 213, -1, -2],
]

/** A stored prune. `rest` and `wrong` are the two parts of its remainder. */
interface StoredPrune {
  readonly id: string
  readonly time: number
  readonly executor: string | null
  readonly rest: Readonly<Record<string, unknown>>
  readonly wrong: readonly unknown[]
  readonly days: number | undefined
  readonly removed: number | undefined
}

/** The first entry of a prune, and the latest that belongs to it. */
interface Prune {
  readonly first: StoredPrune
  latest: StoredPrune
}

/**
 * Discord names a pruned member as the executor of each later part of a large prune. Earlier versions stored those parts
 * as actions of that member; this corrects them. The rule is a copy of the one in `core/audit-log/prune-parts.ts` when
 * this migration was written.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const guilds = await sql<{ guild: string }>`
    SELECT DISTINCT CAST(guild AS TEXT) AS guild FROM daily WHERE kind = ${PRUNE}`.execute(db)
  for (const { guild } of guilds.rows) {
    for (const { id, executor, rest, wrong } of await partsIn(db, guild)) {
      const remainder = JSON.stringify([{ ...rest, user_id: executor }, ...wrong])
      await sql`
        UPDATE entry SET kind = ${PRUNE_PART}, executor = NULL, remainder = ${remainder}
        WHERE guild = ${BigInt(guild)} AND id = ${BigInt(id)}`.execute(db)
    }
  }
}

async function partsIn(db: Kysely<unknown>, guild: string): Promise<StoredPrune[]> {
  const parts: StoredPrune[] = []
  let begun: Prune[] = []
  for (const held of await prunesIn(db, guild)) {
    begun = begun.filter(({ first }) => held.time - first.time <= LONGEST_PRUNE)
    const hasPruned = begun.some(({ first }) => first.executor === held.executor)
    const prune = hasPruned ? undefined : begun.findLast((each) => canBelong(held, each))
    // Checked last, because it may read all entries of an executor.
    if (prune && (await canBePruned(db, guild, held))) {
      prune.latest = held
      parts.push(held)
    } else begun.push({ first: held, latest: held })
  }
  return parts
}

async function prunesIn(db: Kysely<unknown>, guild: string): Promise<StoredPrune[]> {
  const { rows } = await sql<{ id: string; time: number; executor: string | null; remainder: string }>`
    SELECT CAST(id AS TEXT) AS id, id >> 22 AS time, CAST(executor AS TEXT) AS executor, remainder
    FROM entry WHERE guild = ${BigInt(guild)} AND kind = ${PRUNE}
    ORDER BY entry.id`.execute(db)
  return rows.map(({ remainder, ...row }) => {
    const [rest, ...wrong]: [Record<string, unknown>, ...unknown[]] = JSON.parse(remainder)
    const { delete_member_days: days, members_removed: removed } = Object(rest.options)
    return { ...row, rest, wrong, days: wholeNumber(days), removed: wholeNumber(removed) }
  })
}

function canBelong({ time, days }: StoredPrune, { first, latest }: Prune): boolean {
  return (
    (first.removed ?? FEWEST_OF_LARGE) >= FEWEST_OF_LARGE &&
    time - latest.time <= LONGEST_STEP &&
    (first.days ?? days) === (days ?? first.days)
  )
}

/** Whether the executor did nothing else in the days before, and did not moderate in the day after. */
async function canBePruned(
  db: Kysely<unknown>,
  guild: string,
  { id, time, executor, days }: StoredPrune,
): Promise<boolean> {
  if (executor === null) return false
  const { rows } = await sql`
    SELECT 1 FROM entry
    WHERE guild = ${BigInt(guild)} AND executor = ${BigInt(executor)} AND kind <> ${PRUNE}
      AND entry.id >> 22 >= ${time - Math.min(days ?? 1, 30) * DAY} AND entry.id >> 22 < ${time + DAY}
      AND (+entry.id < ${BigInt(id)} OR kind IN (${sql.join(MODERATING)}))
    LIMIT 1`.execute(db)
  return rows.length === 0
}

function wholeNumber(sent: unknown): number | undefined {
  return /^\d+$/.test(String(sent)) ? Number(sent) : undefined
}
