import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { compareIds } from '../../core/snowflake.ts'
import { pluralize } from '../../core/text/numbers.ts'
import { DAY } from '../../core/time/units.ts'
import type { Schema } from '../schema.ts'
import { type GuildSummary, summariesOf } from './summary.ts'
import { MOVED_TABLES, type MovedTable } from './tables.ts'

/** What two databases have that are the same. */
export interface Contents {
  readonly entries: number
  readonly guilds: number
  /** The days of all guilds that have entries. */
  readonly days: number
  /** The rows of all other tables. */
  readonly others: number
  /** SHA-256 over the digests of every guild in every table, in hexadecimal. */
  readonly digest: string
}

/** What two databases have, if that is the same, or else sentences that say where they differ. */
export type Verification =
  | { readonly type: 'same'; readonly contents: Contents }
  | { readonly type: 'different'; readonly differences: readonly string[] }

/** How many differences are named. */
const MOST = 20

/** Compares every row of two databases, by counts of each guild and day and by digests. */
export async function verify(
  source: Kysely<Schema>,
  target: Kysely<Schema>,
  onCompared: (rows: number) => void,
  signal?: AbortSignal,
): Promise<Verification> {
  const hash = createHash('sha256')
  const differences: string[] = []
  let [entries, guilds, days, others] = [0, 0, 0, 0]
  const onRows = (rows: number) => {
    signal?.throwIfAborted()
    onCompared(rows)
  }
  for (const table of MOVED_TABLES) {
    for await (const [left, right] of pairsOf(source, target, table, onRows)) {
      if (differences.length < MOST) differences.push(...differencesOf(table, left, right))
      if (!left) continue
      const { rows, digest } = left
      hash.update(`${table.name} ${left.guildId} ${rows} ${digest}\n`)
      if (table.name === 'entry') {
        entries += rows
        guilds += 1
        days += left.days.size
      } else others += rows
    }
  }
  if (differences.length > 0) return { type: 'different', differences }
  return { type: 'same', contents: { entries, guilds, days, others, digest: hash.digest('hex') } }
}

type Pair = readonly [source: GuildSummary | undefined, target: GuildSummary | undefined]

/** What both databases have of each guild. */
async function* pairsOf(
  source: Kysely<Schema>,
  target: Kysely<Schema>,
  table: MovedTable,
  onRows: (rows: number) => void,
): AsyncGenerator<Pair> {
  const [lefts, rights] = [summariesOf(source, table, onRows), summariesOf(target, table)]
  const next = async (all: AsyncGenerator<GuildSummary>) => (await all.next()).value ?? undefined
  let [left, right]: Pair = await Promise.all([next(lefts), next(rights)])
  while (left || right) {
    const order = orderOf(left, right)
    yield [order <= 0 ? left : undefined, order >= 0 ? right : undefined]
    ;[left, right] = await Promise.all([order <= 0 ? next(lefts) : left, order >= 0 ? next(rights) : right])
  }
}

/** Which of two guilds comes first: below 0 for the left one. */
function orderOf(left: GuildSummary | undefined, right: GuildSummary | undefined): number {
  if (!left || !right) return left ? -1 : 1
  return left.guildId === right.guildId ? 0 : compareIds(left.guildId, right.guildId)
}

function differencesOf(
  { name }: MovedTable,
  left: GuildSummary | undefined,
  right: GuildSummary | undefined,
): string[] {
  if (left && right && left.digest === right.digest) return []
  const guildId = left?.guildId || right?.guildId
  const where = `${name}${guildId ? ` of guild ${guildId}` : ''}`
  const days = new Set([...(left?.days.keys() ?? []), ...(right?.days.keys() ?? [])])
  const ofDays = [...days].flatMap((day) => {
    const counts = [left, right].map((summary) => summary?.days.get(day) ?? 0)
    return counts[0] === counts[1] ? [] : [`${where} on ${dateOf(day)}: ${inBoth(counts[0], counts[1])}`]
  })
  if (ofDays.length > 0) return ofDays
  if (left?.rows !== right?.rows) return [`${where}: ${inBoth(left?.rows, right?.rows)}`]
  return [`${where}: ${pluralize(left?.rows ?? 0, 'row')} in both, but what they say differs`]
}

function inBoth(left = 0, right = 0): string {
  return `${pluralize(left, 'row')} in the source, ${pluralize(right, 'row')} in the target`
}

function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
}
