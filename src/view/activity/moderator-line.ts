import { isComplete, mayLackEntries } from '../../core/coverage/gaps.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import { isQuiet, type Moderator, PARTS } from '../../core/query/activity.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { compareIds, firstIdAt, minId, type Snowflake, timeOf } from '../../core/snowflake.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { inOneUnit } from '../../core/time/duration.ts'
import { DAY, SECOND } from '../../core/time/units.ts'
import { type Formatter, timestamp } from '../text/formatter.ts'
import { withEmoji } from './part-emoji.ts'

/** What a window is, and what of it is known. */
export interface KnownWindow {
  readonly query: SavedQuery
  readonly coverage: KnownCoverage
}

/**
 * `1. @mod **812** · ▲ 40 · +14 through bots`, and below it the split of the total and when they were last seen. A quiet
 * moderator has one line: `9. @mod **0** · quiet for 41 days, last seen 4 Oct 2026`.
 */
export function moderatorLines(
  moderator: Moderator,
  rank: number,
  formatter: Formatter,
  window: KnownWindow,
): string[] {
  const { from, to } = window.query.filter
  const { id, total, throughBots, split, messages } = moderator
  // If the window has gaps, a zero would look like inactivity.
  const own = total > 0 || !mayLackEntries(window.coverage, from, to) ? ` **${formatNumber(total)}**` : ''
  const who = `${rank}. ${formatter.user(id)}${own}`
  if (isQuiet(moderator)) return [`${who} · ${quietness(moderator, window)}`]
  const parts = PARTS.filter((part) => split[part] > 0).map((part) => {
    const detail =
      part === 'Deletes' && messages !== split[part] ? ` (${pluralize(messages, 'message')})` : ''
    return `${withEmoji(part, formatNumber(split[part]))}${detail}`
  })
  const through = throughBots > 0 ? [`+${formatNumber(throughBots)} through bots`] : []
  return [
    [who, ...trend(moderator), ...through].join(' · '),
    `-# ${[...parts, lastSeenAgo(moderator, window)].join(' · ')}`,
  ]
}

function quietness(moderator: Moderator, window: KnownWindow): string {
  const quiet = quietFor(moderator, window)
  return quiet ? `quiet for ${quiet.length}, ${quiet.seen}` : 'never seen acting'
}

/**
 * How long a moderator has done nothing, up to the end of the window (`41 days`, `at least 7 days`), and when they were
 * last seen; undefined if they were never seen acting.
 */
export function quietFor(
  moderator: Moderator,
  { query: { filter, askedAt }, coverage }: KnownWindow,
): { readonly length: string; readonly seen: string } | undefined {
  const act = lastAct(moderator, filter.from)
  if (!act) return undefined
  const end = filter.to === undefined ? askedAt : Math.min(timeOf(filter.to), askedAt)
  const length = (from: number) => inOneUnit(Math.max(end - from, 0) / SECOND)
  // A gap before the window may hide a later action, so only the window itself is known.
  return isComplete(coverage, act.end, filter.to)
    ? { length: length(timeOf(act.end)), seen: act.seen }
    : { length: `at least ${length(timeOf(filter.from ?? '0'))}`, seen: `${act.seen} or later` }
}

/**
 * The last that a quiet moderator did, or a bot for them, and when it was over. Of what bots did, only the UTC day is
 * known, and that it was before the window.
 * @param from where the window begins
 */
function lastAct({ lastSeen, lastThroughBots: day }: Moderator, from: Snowflake | undefined) {
  const own = lastSeen === undefined ? undefined : { end: lastSeen, seen: seenOn(timeOf(lastSeen)) }
  const throughBots =
    day === undefined
      ? undefined
      : {
          end: minId(firstIdAt(day + DAY), from ?? firstIdAt(day + DAY)),
          seen: seenOn(day + DAY / 2, ' through bots'),
        }
  if (!own || !throughBots) return own ?? throughBots
  return compareIds(own.end, throughBots.end) < 0 ? throughBots : own
}

function seenOn(time: number, how = ''): string {
  return `last seen${how} ${timestamp(time, 'd')}`
}

/** When a moderator's last recorded action was. A gap after it may hide a later one. */
function lastSeenAgo({ lastSeen: id }: Moderator, { query, coverage }: KnownWindow): string {
  if (id === undefined) return 'never seen acting themselves'
  const seen = `last seen ${timestamp(timeOf(id), 'R')}`
  return isComplete(coverage, id, query.filter.to) ? seen : `${seen} or later`
}

/** The difference of the total to that of the window before, if both are complete. */
function trend({ total, before }: Moderator): string[] {
  const change = before === undefined ? 0 : total - before
  if (change === 0) return []
  return [change > 0 ? `▲ ${formatNumber(change)}` : `▼ ${formatNumber(-change)}`]
}
