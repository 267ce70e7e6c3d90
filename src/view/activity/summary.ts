import { gapsWithin, mayLackEntries } from '../../core/coverage/gaps.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { Moderator } from '../../core/query/activity.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { timeOf } from '../../core/snowflake.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { formatDay } from '../../core/time/format-time.ts'
import { missingIn } from '../coverage-line.ts'

/** The moderators of an answer, and what its totals leave out. */
export interface ActivityTotals {
  /** Most active first. */
  readonly moderators: readonly Moderator[]
  /** How many moderators are left out, because gaps may hide what they did. */
  readonly unknown: number
  /** How many entries bots made; 0 if bots are listed with the moderators. */
  readonly byBots: number
  /** How many entries of the window have no executor. */
  readonly unnamed: number
  readonly query: SavedQuery
  readonly coverage: KnownCoverage
}

/** The totals above a list of moderators. Where the window has gaps, they are lower bounds. */
export function summaryLines(totals: ActivityTotals): string[] {
  const { query, coverage, moderators, unknown } = totals
  const { from, to } = query.filter
  const active = moderators.filter(({ total, throughBots }) => total + throughBots > 0)
  const actions = moderators.reduce((sum, { total }) => sum + total, 0)
  const others = byOthers(totals)
  if (mayLackEntries(coverage, from, to)) {
    const atLeast = `At least ${pluralize(actions, 'action')} by ${pluralize(active.length, 'moderator')}`
    const unlisted = pluralize(unknown, 'more moderator is', 'more moderators are')
    const why = 'not listed, because not all of this time range could be read.'
    return [[atLeast, ...others].join(' · '), ...(unknown > 0 ? [`${unlisted} ${why}`] : [])]
  }
  const { missingBefore } = gapsWithin(coverage, from, to)
  const start =
    missingBefore === null
      ? []
      : [`the archive starts on ${formatDay(timeOf(missingBefore), query.timeZone)}`]
  const all = pluralize(moderators.length, 'moderator')
  return [
    [`${pluralize(actions, 'action')} by ${formatNumber(active.length)} of ${all}`, ...others, ...start].join(
      ' · ',
    ),
  ]
}

/** How many actions were not done by the moderators in the list. */
function byOthers({ byBots, unnamed }: ActivityTotals): string[] {
  return [
    ...(byBots > 0 ? [`${formatNumber(byBots)} more by bots`] : []),
    ...(unnamed > 0 ? [`${formatNumber(unnamed)} more by unknown users`] : []),
  ]
}

/** The line of an answer without moderators: there are none, or the window has gaps. */
export function noModeratorsLine({ query, coverage, unknown, unnamed }: ActivityTotals): string {
  const { roleId, filter } = query
  if (mayLackEntries(coverage, filter.from, filter.to)) {
    const what = unknown > 0 ? `what ${pluralize(unknown, 'moderator')} did` : 'who was active'
    const missing = missingIn(query, coverage)
    return `It is not known ${what}, because not all of this time range could be read: ${missing}.`
  }
  const none =
    roleId === undefined
      ? 'No moderator has acted in this server.'
      : 'Nobody with this role has acted as a moderator in this server.'
  return unnamed === 0
    ? none
    : `${none} Discord does not say who made ${pluralize(unnamed, 'entry', 'entries')} in this time range.`
}
