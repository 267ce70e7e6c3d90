import { isComplete } from '../../src/core/coverage/gaps.ts'
import type { Range } from '../../src/core/coverage/ranges.ts'
import { hasFailed } from '../../src/core/coverage/sync-status.ts'
import { isAmong } from '../../src/core/query/filter.ts'
import { compareIds, LARGEST_SNOWFLAKE, type Snowflake, timeOf } from '../../src/core/snowflake.ts'
import type { LogState } from './model-bot.ts'
import { countAt, type ModelEntry, newestOf } from './model-discord.ts'
import type { AnsweredQuery } from './model-world.ts'

const MINUTE = 60_000

/** Within which counts are read again for an answer. Earlier ones are read by a sweep. */
const OVERLAP = 15 * MINUTE

/** The facts that a promise is checked against. */
export interface Truth {
  readonly now: number
  readonly log: readonly ModelEntry[]
  /** The counts of the entries that are stored. */
  readonly stored: ReadonlyMap<Snowflake, number>
  /** Entries whose events did not come although the stream seemed live. Only a read finds them. */
  readonly unsent: ReadonlySet<Snowflake>
}

/** The promises that a state of the log breaks, a line each. */
export function brokenBy(state: LogState, truth: Truth): string[] {
  const { coverage, status, sweptAt, countsSweptAt, countsReadAt } = state
  const { now, unsent } = truth
  const { ranges, readAt } = coverage
  const latest = now + MINUTE
  // An older version dated reads by a host's clock that was ahead. Until the next read, they are not trusted.
  if (readAt !== null && readAt > latest) return []
  const broken = undercounted(truth, ranges, (entry) => {
    const isSent = isTimely(entry) && !unsent.has(entry.id)
    return Math.max(
      countOnceSwept(entry, sweptAt <= latest ? sweptAt : 0),
      isSent ? 1 : 0,
      isSent ? countOnceCountsRead(entry, countsReadAt.get(entry.type) ?? 0) : 0,
      isSent ? countOnceSwept(entry, countsSweptAt) : 0,
    )
  })
  const end = Math.max(...ranges.map((range) => timeOf(range.end)))
  if (end > latest) broken.push('what is called complete is ahead of Discord’s time')
  if (hasFailed(status.lastRead) && readAt !== null && end > readAt + MINUTE) {
    broken.push(`what came after the last successful read is called complete: ${status.lastRead}`)
  }
  return broken
}

/** The promises that an answer breaks, a line each. */
export function brokenByAnswer({ answer, need, shown, newest }: AnsweredQuery, truth: Truth): string[] {
  const { outcome, coverage } = answer
  const { askedAt, readAt, ranges, countsAsOf } = coverage
  const { from, to = LARGEST_SNOWFLAKE, kinds = { noneOf: [] } } = need
  const broken = brokenBy(answer, truth)
  if (outcome === 'read' || outcome === 'live' || outcome === 'uncounted') {
    const stillNewest = newestOf(truth.log).intersection(newest)
    broken.push(
      ...undercounted(truth, ranges, (entry) => {
        if (compareIds(entry.id, from) < 0 || compareIds(entry.id, to) >= 0) return 0
        const isSent = isTimely(entry) && !truth.unsent.has(entry.id)
        const isOnNewestPage = outcome === 'read' && stillNewest.has(entry.id)
        if (!isSent && !isOnNewestPage) return 0
        if (!isAmong(entry.type, kinds)) return 1
        const count = countsAsOf === undefined ? (shown.get(entry.id) ?? 0) : countAt(entry, countsAsOf)
        return askedAt - timeOf(entry.id) < OVERLAP ? count : Math.min(count, 1)
      }),
    )
  }
  if (hasFailed(outcome) && isComplete(coverage, from, undefined) && askedAt - (readAt ?? 0) > MINUTE) {
    broken.push('the window is called complete to its end')
  }
  return broken.map((line) => `${outcome}: ${line}`)
}

/** The entries in complete ranges that are not stored, or with a count that is too low: a line each. */
function undercounted(
  { log, stored }: Truth,
  ranges: readonly Range[],
  least: (entry: ModelEntry) => number,
): string[] {
  return log.flatMap((entry) => {
    const { id } = entry
    const isCalledComplete = ranges.some(
      ({ start, end }) => compareIds(start, id) <= 0 && compareIds(id, end) <= 0,
    )
    if (!isCalledComplete || (stored.get(id) ?? 0) >= least(entry)) return []
    return [`in a complete range, the count of ${id} is ${stored.get(id) ?? 0} instead of ${least(entry)}`]
  })
}

/** The count that a read of the counts must have found: of an entry within the overlap. */
function countOnceCountsRead(entry: ModelEntry, countsReadAt: number): number {
  if (entry.visibleAt >= countsReadAt || timeOf(entry.id) < countsReadAt - OVERLAP) return 0
  return countAt(entry, countsReadAt)
}

/** The count that a sweep must have found. A sweep reads everything before the overlap that can have changed. */
function countOnceSwept(entry: ModelEntry, sweptAt: number): number {
  if (entry.visibleAt >= sweptAt || timeOf(entry.id) >= sweptAt - OVERLAP) return 0
  return countAt(entry, sweptAt)
}

/** Whether an entry appeared in the log when it was made. */
function isTimely({ id, visibleAt }: ModelEntry): boolean {
  return visibleAt === timeOf(id)
}
