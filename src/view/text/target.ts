import { isEntityType, type TargetType } from '../../core/audit-log/actions/row.ts'
import { isSnowflake } from '../../core/snowflake.ts'
import type { Formatter } from './formatter.ts'

/** The target of an entry: a mention if Discord has one for its type, else its name, else its id. */
export function formatTarget(targetId: string, type: TargetType | undefined, formatter: Formatter): string {
  if (!isSnowflake(targetId)) return formatter.entity(targetId)
  switch (type) {
    case 'user':
    case 'bot':
      return formatter.user(targetId)
    case 'role':
      return formatter.role(targetId)
    case 'channel':
    case 'thread':
      return formatter.channel(targetId)
    default:
      return formatter.entity(targetId, type && isEntityType(type) ? type : undefined)
  }
}

/** Whether Discord has mentions for a type of target. */
export function canBeMentioned(type: TargetType): boolean {
  return type === 'user' || type === 'bot' || type === 'role' || type === 'channel' || type === 'thread'
}
