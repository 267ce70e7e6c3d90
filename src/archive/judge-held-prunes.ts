import { type Kysely, sql } from 'kysely'

const [PRUNE, PRUNE_PART] = [21, -5]
const DAY = 86_400_000
const [FEWEST_OF_LARGE, LONGEST_STEP, LONGEST_PRUNE] = [500, 10 * 60_000, 3 * 3_600_000]

/** What is held of a prune: `rest` and `wrong` are what its remainder consists of. */
interface Prune {
  readonly id: string
  readonly time: number
  readonly executor: string | null
  readonly rest: Readonly<Record<string, unknown>>
  readonly wrong: readonly unknown[]
  readonly days: number | undefined
  readonly removed: number | undefined
}

interface Held extends Prune {
  /** Whether the one whom Discord names did something else in the days before, and so cannot have been pruned. */
  readonly isActive: boolean
}

/**
 * Judges the prunes that an older version took for acts of those whom Discord names, though it names a pruned member
 * for each later part of a large one. The rule is frozen here as it was when parts became a kind.
 */
export async function judgeHeldPrunes(db: Kysely<unknown>): Promise<void> {
  const guilds = await sql<{ guild: string }>`
    SELECT DISTINCT CAST(guild AS TEXT) AS guild FROM daily WHERE kind = ${PRUNE}`.execute(db)
  for (const { guild } of guilds.rows) {
    for (const { id, executor, rest, wrong } of partsAmong(await prunesOf(db, guild))) {
      const remainder = JSON.stringify([{ ...rest, user_id: executor }, ...wrong])
      await sql`
        UPDATE entry SET kind = ${PRUNE_PART}, executor = NULL, remainder = ${remainder}
        WHERE guild = ${BigInt(guild)} AND id = ${BigInt(id)}`.execute(db)
    }
  }
}

async function prunesOf(db: Kysely<unknown>, guild: string): Promise<Held[]> {
  const { rows } = await sql<{ id: string; time: number; executor: string | null; remainder: string }>`
    SELECT CAST(id AS TEXT) AS id, id >> 22 AS time, CAST(executor AS TEXT) AS executor, remainder
    FROM entry WHERE guild = ${BigInt(guild)} AND kind = ${PRUNE}
    ORDER BY entry.id`.execute(db)
  const held: Held[] = []
  for (const { remainder, ...row } of rows) {
    const [rest, ...wrong]: [Record<string, unknown>, ...unknown[]] = JSON.parse(remainder)
    const { delete_member_days: days, members_removed: removed } = Object(rest.options)
    const prune = { ...row, rest, wrong, days: wholeNumber(days), removed: wholeNumber(removed) }
    held.push({ ...prune, isActive: await isActive(db, guild, prune) })
  }
  return held
}

async function isActive(db: Kysely<unknown>, guild: string, prune: Prune): Promise<boolean> {
  if (prune.executor === null) return false
  const since = Math.max(prune.time - Math.min(prune.days ?? 1, 30) * DAY, 0)
  const { rows } = await sql`
    SELECT 1 FROM entry
    WHERE guild = ${BigInt(guild)} AND executor = ${BigInt(prune.executor)} AND kind <> ${PRUNE}
      AND +entry.id >= ${BigInt(since) << 22n} AND +entry.id < ${BigInt(prune.id)}
    LIMIT 1`.execute(db)
  return rows.length > 0
}

function partsAmong(prunes: readonly Held[]): Held[] {
  const begun: { readonly first: Held; latest: Held }[] = []
  return prunes.filter((prune) => {
    const hasPruned = begun.some(
      ({ first }) => prune.time - first.time <= LONGEST_PRUNE && first.executor === prune.executor,
    )
    const isAct = prune.executor === null || prune.isActive || hasPruned
    const whole = begun.findLast(
      ({ first, latest }) =>
        (first.removed ?? FEWEST_OF_LARGE) >= FEWEST_OF_LARGE &&
        prune.time - latest.time <= LONGEST_STEP &&
        prune.time - first.time <= LONGEST_PRUNE &&
        (first.days ?? prune.days) === (prune.days ?? first.days),
    )
    if (isAct || !whole) begun.push({ first: prune, latest: prune })
    else whole.latest = prune
    return !isAct && whole !== undefined
  })
}

function wholeNumber(sent: unknown): number | undefined {
  return /^\d+$/.test(String(sent)) ? Number(sent) : undefined
}
