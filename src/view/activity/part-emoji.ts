import { AuditLogEvent } from 'discord-api-types/v10'
import { actionOf } from '../../core/audit-log/action.ts'
import { PARTS, type Part } from '../../core/query/activity.ts'
import { NO_BREAK } from '../text/no-break.ts'

/** The emoji of each part: that of its most usual action, which lists show beside the action itself. */
const PART_EMOJI: Readonly<Record<Part, string>> = {
  'Bans & kicks': actionOf(AuditLogEvent.MemberBanAdd).emoji,
  Timeouts: actionOf(AuditLogEvent.AutoModerationUserCommunicationDisabled).emoji,
  Deletes: actionOf(AuditLogEvent.MessageDelete).emoji,
  Roles: actionOf(AuditLogEvent.RoleUpdate).emoji,
  Channels: actionOf(AuditLogEvent.ChannelUpdate).emoji,
  Other: '⚙️',
}

/** `🔨 bans & kicks · ⏳ timeouts`: what the emoji of these parts mean. */
export function partLegend(shown: (part: Part) => boolean): string {
  return PARTS.filter(shown)
    .map((part) => withEmoji(part, part.toLowerCase().replaceAll(' ', NO_BREAK)))
    .join(' · ')
}

/** A text after the emoji of a part, on the same line. */
export function withEmoji(part: Part, text: string): string {
  return `${PART_EMOJI[part]}${NO_BREAK}${text}`
}
