import { AuditLogEvent } from 'discord-api-types/v10'
import { automaticActor } from '../audit-log/action.ts'
import type { Entry } from '../audit-log/entry.ts'
import { Kind } from '../audit-log/kind.ts'
import { isSnowflake, maxId, type Snowflake } from '../snowflake.ts'

/** The kinds that Discord accepts only for a target who is in the guild. An unban, for example, is not one of them. */
export const ON_PRESENT_MEMBER: ReadonlySet<number> = new Set([
  AuditLogEvent.MemberUpdate,
  Kind.OwnUpdate,
  Kind.Timeout,
  Kind.TimeoutRemove,
  AuditLogEvent.MemberRoleUpdate,
  Kind.OwnRoleUpdate,
  AuditLogEvent.BotAdd,
])

/** The kinds whose target wrote a message. */
const ON_AUTHOR: ReadonlySet<number> = new Set([
  AuditLogEvent.MessageDelete,
  AuditLogEvent.MessagePin,
  AuditLogEvent.MessageUnpin,
])

/** A member who was in the guild at a moment. */
export interface SeenMember {
  readonly id: Snowflake
  readonly at: Snowflake
}

/**
 * The members whom entries show to be present: executors, and targets of what only works on a member, at their last entry.
 *
 * Authors of messages were present when they wrote them, and may have been kicked before a moderator deletes them. The same
 * is true of offenders, whom AutoMod and Discord name as executors. When they wrote is not known, so they are observed at
 * the first moment of the guild: they count as present until an entry shows them leave, whatever the order of the entries.
 */
export function membersIn(entries: readonly Entry[]): SeenMember[] {
  const last = new Map<Snowflake, Snowflake>()
  for (const entry of entries) {
    for (const { id, at } of [...presentIn(entry), ...authorsIn(entry)])
      last.set(id, maxId(last.get(id) ?? '0', at))
  }
  return [...last].map(([id, at]) => ({ id, at }))
}

function presentIn({ id, kind, executorId, targetId }: Entry): SeenMember[] {
  const executor = automaticActor(kind) === undefined ? executorId : null
  const target = ON_PRESENT_MEMBER.has(kind) ? targetId : null
  return [executor, target].filter(isSnowflake).map((member) => ({ id: member, at: id }))
}

function authorsIn({ guildId, kind, executorId, targetId }: Entry): SeenMember[] {
  const offender = automaticActor(kind) === undefined ? null : (executorId ?? targetId)
  const author = ON_AUTHOR.has(kind) ? targetId : null
  return [offender, author].filter(isSnowflake).map((member) => ({ id: member, at: guildId }))
}
