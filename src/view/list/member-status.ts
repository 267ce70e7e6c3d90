import { type APIEmbedField, AuditLogEvent } from 'discord-api-types/v10'
import { actionOf } from '../../core/audit-log/action.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import { Kind } from '../../core/audit-log/kind.ts'
import { timeoutEnd } from '../../core/audit-log/timeout.ts'
import { isComplete, isPartlyUnread } from '../../core/coverage/gaps.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { Names } from '../../core/names/names.ts'
import type { BanHistory, MemberStatus } from '../../core/query/member-status.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { timeOf } from '../../core/snowflake.ts'
import { escapeWithin } from '../../core/text/escape.ts'
import { formatDay, formatDayNear, formatMomentNear } from '../../core/time/format-time.ts'
import { sentenceOf } from '../entry/sentence.ts'
import { markdownFormatter, timestamp } from '../text/formatter.ts'
import { introducedBy } from './describe.ts'

const NAME = 'Status'

/** With its escapes, so that the field is never too long. */
const LONGEST_REASON = 400

/** Where a member stood when a query was run, and what was known of the log then. */
export interface ShownMember {
  readonly status: MemberStatus
  readonly query: SavedQuery
  readonly coverage: KnownCoverage
}

/** The status in a title, as plain text: `banned 23 Nov 2026`. */
export function memberStatusTitle(member: ShownMember): string {
  const { status, query } = member
  const { askedAt, timeZone } = query
  const known = isKnown(member) ? '' : ', as far as is known'
  if (status.type === 'free') return `not banned or timed out${known}`
  if (status.type === 'timed out' && status.until !== undefined)
    return `timed out until ${formatMomentNear(status.until, askedAt, timeZone)}${known}`
  return `${status.type} ${formatDay(timeOf(status.by.id), timeZone)}${known}`
}

/** The field **Status**: the entry that decides it, and what is not known. */
export function memberStatusField(member: ShownMember, names: Names): APIEmbedField {
  const { status, query, coverage } = member
  const entry = entryBehind(status)
  if (!entry) {
    const [first] = coverage.ranges
    const reach =
      isKnown(member) && first
        ? `as far as the log goes (since ${formatDay(timeOf(first.start), query.timeZone)})`
        : 'as far as is known: not all of the log could be read'
    return { name: NAME, value: `Not banned or timed out, ${reach}` }
  }
  const line = [
    status.type === 'free' ? 'Not banned or timed out' : undefined,
    `${actionOf(entry.kind).emoji} ${sentenceOf(entry, markdownFormatter(names, introducedBy(query)))}`,
    timestamp(timeOf(entry.id), 'R'),
    remark(member, entry),
  ]
  const value = [
    line.filter(Boolean).join(' · '),
    ...(entry.reason ? [`> ${escapeWithin(entry.reason, LONGEST_REASON)}`] : []),
    ...(isKnown(member) ? [] : ['*As far as is known: not all of the log after that could be read*']),
  ]
  return { name: NAME, value: value.join('\n') }
}

/** What follows the entry: `ends in 2 hours`. */
function remark({ status }: ShownMember, entry: Entry): string | undefined {
  switch (status.type) {
    case 'banned':
      return undefined
    case 'timed out':
      return status.until === undefined
        ? 'Discord does not say for how long'
        : `ends ${timestamp(status.until, 'R')}`
    case 'kicked':
      return 'not seen here since'
    case 'free':
      return howItEnded(entry)
  }
}

/** Why a punishment is over, if no entry ended it: its time has passed, or the member is back. */
function howItEnded(entry: Entry): string | undefined {
  switch (entry.kind) {
    case AuditLogEvent.MemberKick:
    case AuditLogEvent.MemberBanAdd:
      return 'seen here since'
    case Kind.Timeout: {
      const end = timeoutEnd(entry, 'new_value')
      return end === undefined ? undefined : `ended ${timestamp(end, 'R')}`
    }
    default:
      return undefined
  }
}

/** A member's last ban in a line: `banned 23 Nov 2026`, `was banned 1 Nov, unbanned 3 Nov`, `never banned`. */
export function bansLine(
  bans: BanHistory,
  { askedAt, timeZone }: SavedQuery,
  coverage: KnownCoverage,
): string {
  const day = ({ id }: Entry) => formatDayNear(timeOf(id), askedAt, timeZone)
  switch (bans.type) {
    case 'never':
      return isPartlyUnread(coverage, undefined, undefined) ? 'no ban known' : 'never banned'
    case 'banned': {
      const banned = formatDay(timeOf(bans.ban.id), timeZone)
      const isSure = isComplete(coverage, bans.ban.id, undefined)
      return isSure ? `${actionOf(bans.ban.kind).emoji} banned ${banned}` : `last known ban ${banned}`
    }
    case 'unbanned':
      return [...(bans.ban ? [`was banned ${day(bans.ban)}`] : []), `unbanned ${day(bans.unban)}`].join(', ')
    case 'back':
      return `was banned ${day(bans.ban)}, seen here since`
  }
}

function entryBehind(status: MemberStatus): Entry | undefined {
  return status.type === 'free' ? status.after : status.by
}

/** Whether nothing of the log is missing that could have changed the status. */
function isKnown({ status, coverage }: ShownMember): boolean {
  const entry = entryBehind(status)
  return entry ? isComplete(coverage, entry.id, undefined) : !isPartlyUnread(coverage, undefined, undefined)
}
