import { mayLackEntries } from '../../core/coverage/gaps.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import { type Moderator, PARTS, type Part } from '../../core/query/activity.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { type Snowflake, timeOf } from '../../core/snowflake.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { type Formatter, timestamp } from '../text/formatter.ts'

/**
 * `1. @mod **812** +14 through bots ▲ 40 · 40 bans & kicks · … · last seen 3 hours ago`. If the window has gaps, a zero
 * total is left out, because it would look like inactivity.
 */
export function moderatorLine(
  moderator: Moderator,
  rank: number,
  formatter: Formatter,
  { query, coverage }: { readonly query: SavedQuery; readonly coverage: KnownCoverage },
): string {
  const { from, to } = query.filter
  const { id, total, throughBots, split, lastSeen } = moderator
  const through = throughBots > 0 ? ` +${formatNumber(throughBots)} through bots` : ''
  const parts = PARTS.flatMap((part) => (split[part] > 0 ? [partOf(part, split[part])] : []))
  const seen = lastSeen === undefined ? 'never seen' : lastSeenAt(lastSeen, to, coverage)
  const own = total > 0 || !mayLackEntries(coverage, from, to) ? ` **${formatNumber(total)}**` : ''
  const who = `${rank}. ${formatter.user(id)}${own}${through}${trend(moderator)}`
  return [who, ...parts, seen].join(' · ')
}

/** When a moderator's last recorded action was. A gap after it may hide a later one. */
function lastSeenAt(id: Snowflake, to: Snowflake | undefined, coverage: KnownCoverage): string {
  const seen = `last seen ${timestamp(timeOf(id), 'R')}`
  return mayLackEntries(coverage, id, to) ? `${seen} or later` : seen
}

const NOUNS: Readonly<Record<Part, readonly [one: string, many: string]>> = {
  'bans & kicks': ['ban or kick', 'bans & kicks'],
  timeouts: ['timeout', 'timeouts'],
  'messages deleted': ['message deleted', 'messages deleted'],
  roles: ['role change', 'role changes'],
  channels: ['channel change', 'channel changes'],
  other: ['other', 'other'],
}

function partOf(part: Part, amount: number): string {
  const [one, many] = NOUNS[part]
  return pluralize(amount, one, many)
}

/** The difference to the previous window of the same length, if both are complete. */
function trend({ total, throughBots, before }: Moderator): string {
  const change = before === undefined ? 0 : total + throughBots - before
  return change === 0 ? '' : change > 0 ? ` ▲ ${formatNumber(change)}` : ` ▼ ${formatNumber(-change)}`
}
