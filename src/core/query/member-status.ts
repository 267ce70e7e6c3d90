import { AuditLogEvent } from 'discord-api-types/v10'
import type { Entry } from '../audit-log/entry.ts'
import { Kind } from '../audit-log/kind.ts'
import { PUNISHMENTS } from '../audit-log/punishments.ts'
import { LONGEST_TIMEOUT, timeoutEnd } from '../audit-log/timeout.ts'
import { ON_PRESENT_MEMBER } from '../names/members-in-entry.ts'
import { compareIds, maxId, type Snowflake, timeOf } from '../snowflake.ts'
import { MINUTE } from '../time/units.ts'

const { MemberBanAdd, MemberBanRemove, MemberKick, AutoModerationUserCommunicationDisabled } = AuditLogEvent

/** What decides where a member stands. Prunes do not: Discord does not say whom they removed. */
const DECISIVE: readonly number[] = [...PUNISHMENTS.anyOf, MemberBanRemove, Kind.TimeoutRemove]

/** What shows that a member who was removed was back: what is done to members who are in the guild only. */
const SHOWS_RETURN: readonly number[] = [...ON_PRESENT_MEMBER, MemberKick]

/** The kinds of entries that a member's status depends on. */
export const MEMBER_STATUS_KINDS: readonly number[] = [...new Set([...DECISIVE, ...SHOWS_RETURN])]

/** How late Discord may log what was done before a member was removed, in milliseconds. */
const LAG = MINUTE

/** Where a member stands in a guild, as far as its log goes. */
export type MemberStatus =
  | { readonly type: 'banned'; readonly by: Entry }
  /** `until` is in milliseconds since the Unix epoch; undefined where Discord does not say, as for AutoMod. */
  | { readonly type: 'timed out'; readonly by: Entry; readonly until: number | undefined }
  /** Nothing shows that the member is back. */
  | { readonly type: 'kicked'; readonly by: Entry }
  /** Neither banned nor timed out. `after` is the last punishment, or the end of one; absent if the log has none. */
  | { readonly type: 'free'; readonly after?: Entry }

/** A member's last ban, as far as the log goes. */
export type BanHistory =
  | { readonly type: 'never' }
  | { readonly type: 'banned'; readonly ban: Entry }
  /** The ban is absent if the log has only its end. */
  | { readonly type: 'unbanned'; readonly ban?: Entry; readonly unban: Entry }
  /** The log has no unban, but shows that the member is back. */
  | { readonly type: 'back'; readonly ban: Entry }

/**
 * Where a member stands: as their newest entry says, except that nothing but an unban or the member's return ends a ban.
 * AutoMod can log a timeout for a message after its author was banned.
 * @param entries the newest entry on the member of each of `MEMBER_STATUS_KINDS`, in any order
 * @param at the moment that is asked about, in milliseconds since the Unix epoch
 * @param lastAct the newest entry that they made themselves; undefined if there is none
 */
export function memberStatusOf(entries: readonly Entry[], at: number, lastAct?: Snowflake): MemberStatus {
  const bans = bansOf(entries, lastAct)
  if (bans.type === 'banned') return { type: 'banned', by: bans.ban }
  const last = newest(entries, DECISIVE)
  if (!last) return { type: 'free' }
  if (last.kind === MemberKick && !isBackAfter(last, entries, lastAct)) return { type: 'kicked', by: last }
  if (last.kind === Kind.Timeout || last.kind === AutoModerationUserCommunicationDisabled) {
    const until = timeoutEnd(last, 'new_value')
    if ((until ?? timeOf(last.id) + LONGEST_TIMEOUT) > at) return { type: 'timed out', by: last, until }
  }
  return { type: 'free', after: last }
}

/** A member's last ban. The parameters are those of `memberStatusOf`. */
export function bansOf(entries: readonly Entry[], lastAct?: Snowflake): BanHistory {
  const ban = newest(entries, [MemberBanAdd])
  const unban = newest(entries, [MemberBanRemove])
  if (!ban) return unban ? { type: 'unbanned', unban } : { type: 'never' }
  if (unban && compareIds(unban.id, ban.id) > 0) return { type: 'unbanned', ban, unban }
  return isBackAfter(ban, entries, lastAct) ? { type: 'back', ban } : { type: 'banned', ban }
}

/** Whether entries show that the member came back after they were removed. */
function isBackAfter(removal: Entry, entries: readonly Entry[], lastAct: Snowflake = '0'): boolean {
  const shown = newest(entries, SHOWS_RETURN)
  return timeOf(maxId(shown?.id ?? '0', lastAct)) > timeOf(removal.id) + LAG
}

function newest(entries: readonly Entry[], kinds: readonly number[]): Entry | undefined {
  return entries
    .filter(({ kind }) => kinds.includes(kind))
    .reduce<Entry | undefined>(
      (last, entry) => (last && compareIds(last.id, entry.id) > 0 ? last : entry),
      undefined,
    )
}
