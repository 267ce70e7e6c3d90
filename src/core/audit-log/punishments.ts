import { AuditLogEvent } from 'discord-api-types/v10'
import type { Kinds } from '../query/filter.ts'
import { Kind } from './kind.ts'

/**
 * What punishes a member: kicks, bans, and timeouts by moderators or AutoMod. Not what ends a punishment, and not
 * prunes, which do not say whom they removed.
 */
export const PUNISHMENTS = {
  anyOf: [
    AuditLogEvent.MemberKick,
    AuditLogEvent.MemberBanAdd,
    Kind.Timeout,
    AuditLogEvent.AutoModerationUserCommunicationDisabled,
  ],
} satisfies Kinds

/** How a description names them. */
export const PUNISHMENTS_NAME = 'kicks, bans and timeouts'
