import { isWhole } from '../../src/core/coverage/gaps.ts'
import type { Range } from '../../src/core/coverage/ranges.ts'
import { hasFailed } from '../../src/core/coverage/sync-status.ts'
import { compareIds, type Snowflake, timeOf } from '../../src/core/snowflake.ts'
import type { LogState } from './model-bot.ts'
import { countAt, type ModelEntry } from './model-discord.ts'
import type { AnsweredQuery } from './model-world.ts'

const MINUTE = 60_000

/** How late an entry may come and still be found by the next read; a later one is found by a sweep. */
const OVERLAP = 15 * MINUTE

/** What is true when a promise is checked. */
export interface Truth {
  readonly now: number
  readonly log: readonly ModelEntry[]
  /** The counts of the entries that are stored. */
  readonly stored: ReadonlyMap<Snowflake, number>
  /** Entries whose event did not come although the stream seemed live: only a read finds them. */
  readonly unsent: ReadonlySet<Snowflake>
}

/** The promises that are broken by what is known, with or without a query: a line each. */
export function brokenBy({ coverage, status, sweptAt = 0 }: LogState, truth: Truth): string[] {
  const { now, unsent } = truth
  const { ranges, readAt } = coverage
  const latest = now + MINUTE
  // An older version dated reads by a host's clock that was ahead: until the next read they say nothing.
  if (readAt !== null && readAt > latest) return []
  const broken = lacking(truth, ranges, (written) =>
    Math.max(
      countOnceRead(written, readAt ?? 0),
      countOnceSwept(written, sweptAt <= latest ? sweptAt : 0),
      isTimely(written, 0) && !unsent.has(written.id) ? 1 : 0,
    ),
  )
  const end = Math.max(...ranges.map((range) => timeOf(range.end)))
  if (end > latest) broken.push('what is called complete is ahead of Discord’s time')
  if (hasFailed(status.reading) && readAt !== null && end > readAt + MINUTE) {
    broken.push(`what came after the last successful read is called complete: ${status.reading}`)
  }
  return broken
}

/** The promises that are broken by an answer: a line each. */
export function brokenByAnswer({ answer, from, shown }: AnsweredQuery, truth: Truth): string[] {
  const { outcome, coverage } = answer
  const { askedAt, readAt, ranges } = coverage
  const broken = brokenBy(answer, truth)
  if (outcome === 'read' || outcome === 'live') {
    broken.push(
      ...lacking(truth, ranges, (written) => {
        if (compareIds(written.id, from) < 0 || !isTimely(written)) return 0
        if (outcome === 'live' && (!isTimely(written, 0) || truth.unsent.has(written.id))) return 0
        const count = shown.get(written.id) ?? 0
        return askedAt - timeOf(written.id) < OVERLAP ? count : Math.min(count, 1)
      }),
    )
  }
  if (hasFailed(outcome) && isWhole(coverage, from, undefined) && askedAt - (readAt ?? 0) > MINUTE) {
    broken.push('the window is called complete to its end')
  }
  return broken.map((line) => `${outcome}: ${line}`)
}

/** What is called complete, and stored with less than the least count it must have. */
function lacking(
  { log, stored }: Truth,
  ranges: readonly Range[],
  least: (written: ModelEntry) => number,
): string[] {
  return log.flatMap((written) => {
    const { id } = written
    const isCalledComplete = ranges.some(
      ({ start, end }) => compareIds(start, id) <= 0 && compareIds(id, end) <= 0,
    )
    if (!isCalledComplete || (stored.get(id) ?? 0) >= least(written)) return []
    return [`${id} counts ${stored.get(id) ?? 0} instead of ${least(written)} in what is complete`]
  })
}

/** A read finds what came up to the overlap late, and counts again what is no older than that. */
function countOnceRead(written: ModelEntry, readAt: number): number {
  if (!isTimely(written) || written.visibleAt >= readAt) return 0
  return timeOf(written.id) >= readAt - OVERLAP ? countAt(written, readAt) : 1
}

/** A sweep reads all that is older than the overlap and can have changed. */
function countOnceSwept(written: ModelEntry, sweptAt: number): number {
  if (written.visibleAt >= sweptAt || timeOf(written.id) >= sweptAt - OVERLAP) return 0
  return countAt(written, sweptAt)
}

function isTimely({ id, visibleAt }: ModelEntry, lateness = OVERLAP): boolean {
  return visibleAt - timeOf(id) <= lateness
}
