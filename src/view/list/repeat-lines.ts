import { actionOf, automaticActor } from '../../core/audit-log/action.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { BanHistory } from '../../core/query/member-status.ts'
import type { Repeat } from '../../core/query/ranking.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { mostFirst, sumOf } from '../../core/query/tally.ts'
import { timeOf } from '../../core/snowflake.ts'
import { formatNumber } from '../../core/text/numbers.ts'
import { type Formatter, timestamp } from '../text/formatter.ts'
import { NO_BREAK } from '../text/no-break.ts'
import { formatTarget } from '../text/target.ts'
import { bansLine } from './member-status.ts'

/** How many moderators and kinds of action a target shows at most; the rest are counted. */
const MODERATORS_SHOWN = 3
const KINDS_SHOWN = 5

/** The query that targets of repeated actions are listed for, and what is known of them. */
export interface ListedRepeats {
  readonly query: SavedQuery
  readonly coverage: KnownCoverage
  /** The last ban of each member in the list. */
  readonly bans: ReadonlyMap<string, BanHistory>
}

/**
 * A target of repeated actions in two lines. The first has what is scanned for, with a mark on who is banned now. The
 * second has the rest, in small letters.
 */
export function repeatLines(
  repeat: Repeat,
  rank: number,
  { query, coverage, bans }: ListedRepeats,
  formatter: Formatter,
): string[] {
  const { targetId, targetType, entries, first, last } = repeat
  const history = bans.get(targetId)
  const banned = history ? [bansLine(history, query, coverage)] : []
  const [marked, unmarked] = history?.type === 'banned' ? [banned, []] : [[], banned]
  const target = formatTarget(targetId, targetType, formatter)
  const times = `**${formatNumber(entries)}** ${entries === 1 ? 'time' : 'times'}`
  const details = [
    ...unmarked,
    `first ${timestamp(timeOf(first), 'd')}`,
    `last ${timestamp(timeOf(last), 'R')}`,
    `by ${whoOf(repeat, formatter)}`,
  ]
  return [
    [`${rank}. ${target} ${times}`, ...kindsOf(repeat, query), ...marked].join(' · '),
    `-# ${details.join(' · ')}`,
  ]
}

/** How often each kind of action was done: `👢 5`, `⏳ 2`. Nothing where every row would have the same one. */
function kindsOf({ kinds }: Repeat, { filter }: SavedQuery): string[] {
  const wanted = filter.kinds && 'anyOf' in filter.kinds ? filter.kinds.anyOf : undefined
  if (wanted && new Set(wanted.map((kind) => actionOf(kind).emoji)).size === 1) return []
  const byEmoji = [...Map.groupBy(kinds, ({ key }) => actionOf(key).emoji)]
    .map(([key, those]) => ({ key, ...sumOf(those) }))
    .sort(mostFirst('entries'))
  const rest = sumOf(byEmoji.slice(KINDS_SHOWN)).entries
  return [
    ...byEmoji.slice(0, KINDS_SHOWN).map(({ key, entries }) => `${key} ${formatNumber(entries)}`),
    ...(rest > 0 ? [`${formatNumber(rest)} more`] : []),
  ]
}

/** Who did it: `@Hannah 3, @Dalia 2 +2 more`. Entries without an executor are always shown. */
function whoOf({ kinds, by }: Repeat, formatter: Formatter): string {
  const automatic = Map.groupBy(kinds, ({ key }) => automaticActor(key))
  const all = [
    ...by.map(({ key, entries }) => ({ key, name: key === null ? 'unknown' : formatter.user(key), entries })),
    ...[...automatic].flatMap(([name, those]) => (name ? [{ key: name, name, ...sumOf(those) }] : [])),
  ].sort((a, b) => b.entries - a.entries)
  const named = all.length > MODERATORS_SHOWN ? MODERATORS_SHOWN - 1 : MODERATORS_SHOWN
  const shown = all.filter(({ key }, index) => index < named || key === null)
  const rest = all.length - shown.length
  const who = shown.map(({ name, entries }) => `${name} ${formatNumber(entries)}`).join(', ')
  return `${who}${rest > 0 ? ` +${formatNumber(rest)}${NO_BREAK}more` : ''}`
}
