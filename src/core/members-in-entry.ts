import { AuditLogEvent } from 'discord-api-types/v10'
import { doneByItself, Kind } from './action.ts'
import type { Entry } from './entry.ts'
import type { Naming } from './known.ts'
import { isSnowflake, maxId, type Snowflake } from './snowflake.ts'

/** Kinds that are done to members alone. */
const ON_MEMBERS: ReadonlySet<number> = new Set([
  ...[AuditLogEvent.MemberUpdate, AuditLogEvent.MemberRoleUpdate, AuditLogEvent.BotAdd],
  ...[Kind.Timeout, Kind.TimeoutRemove, Kind.OwnUpdate, Kind.OwnRoleUpdate],
])

/**
 * The users who were members when some entries were made, each at the last of these entries, without their names. The
 * executor of what AutoMod or Discord does by itself is the offender, who may have left since.
 */
export function membersIn(entries: readonly Entry[]): Naming[] {
  const last = new Map<Snowflake, Snowflake>()
  for (const { id, kind, executorId, targetId } of entries) {
    const isByMember = doneByItself(kind) === undefined
    const members = [isByMember && executorId, ON_MEMBERS.has(kind) && targetId]
    for (const member of members.filter(isSnowflake)) last.set(member, maxId(last.get(member) ?? '0', id))
  }
  return [...last].map(([id, at]) => ({ id, is: 'user', name: null, at, was: 'there' }))
}
