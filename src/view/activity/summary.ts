import { mayLackEntries } from '../../core/coverage/gaps.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import { isQuiet, type Moderator } from '../../core/query/activity.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { timeOf } from '../../core/snowflake.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { inOneUnit } from '../../core/time/duration.ts'
import { DAY, HOUR, SECOND } from '../../core/time/units.ts'
import { missingIn } from '../coverage-line.ts'
import { partLegend } from './part-emoji.ts'

/** The moderators of an answer, and what its totals leave out. */
export interface ActivityTotals {
  /** All that are listed, most active first. */
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

/** The answer in a few words: how much was done, and by how many. Where the window has gaps, it is a lower bound. */
export function headline({ moderators, query, coverage }: ActivityTotals): string {
  if (moderators.length === 0) return 'Moderator activity'
  const { from, to } = query.filter
  const actions = moderators.reduce((sum, { total }) => sum + total, 0)
  const active = moderators.filter(({ total }) => total > 0).length
  const quiet = moderators.filter(isQuiet).length
  const known = mayLackEntries(coverage, from, to) ? 'At least ' : ''
  if (quiet === moderators.length) return `No actions · ${formatNumber(quiet)} quiet`
  const done =
    actions === 0
      ? 'Actions through bots only'
      : `${known}${pluralize(actions, 'action')} by ${pluralize(active, 'moderator')}`
  return quiet > 0 ? `${done} · ${formatNumber(quiet)} quiet` : done
}

/** The small line above a list of moderators: its filter, what it leaves out, and what its marks mean. */
export function contextLine(totals: ActivityTotals, shown: readonly Moderator[]): string | undefined {
  const { query, byBots, unnamed, moderators } = totals
  const parts = [
    query.roleId !== undefined && `members of <@&${query.roleId}>`,
    byBots > 0 && `${formatNumber(byBots)} more by bots`,
    unnamed > 0 && `${formatNumber(unnamed)} more by unknown users`,
    moderators.some(({ before }) => before !== undefined) && `▲▼ against ${timeBefore(query)}`,
    partLegend((part) => shown.some(({ split }) => split[part] > 0)),
  ].filter((part) => typeof part === 'string' && part !== '')
  return parts.length > 0 ? `-# ${parts.join(' · ')}` : undefined
}

/** A sentence about the moderators who are left out, if there are any. */
export function unlistedLine({ unknown }: ActivityTotals): string | undefined {
  if (unknown === 0) return undefined
  const unlisted = pluralize(unknown, 'more moderator is', 'more moderators are')
  return `${unlisted} not listed, because not all of this time range could be read.`
}

/** `the 14 days before`, `the day before` */
function timeBefore({ filter: { from = '0', to }, askedAt }: SavedQuery): string {
  const length = (to === undefined ? askedAt : Math.min(timeOf(to), askedAt)) - timeOf(from)
  // A day on which the clocks go forward has 23 hours.
  const rounded = inOneUnit((length > 2 * DAY ? length + HOUR : length) / SECOND)
  return `the ${rounded.replace(/^1 /, '')} before`
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
