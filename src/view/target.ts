import { isEntityType, type TargetType } from '../core/audit-log/actions/row.ts'
import { isSnowflake } from '../core/snowflake.ts'
import type { Formatter } from './formatter.ts'

/** What an entry was done to, as it can best be shown: mentioned, by the name it is known by, or by its id. */
export function targetIn(targetId: string, type: TargetType | undefined, formatter: Formatter): string {
  if (!isSnowflake(targetId)) return formatter.thing(targetId)
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
      return formatter.thing(targetId, type && isEntityType(type) ? type : undefined)
  }
}

/** Whether Discord can mention a target. */
export function canBeMentioned(type: TargetType): boolean {
  return type === 'user' || type === 'bot' || type === 'role' || type === 'channel' || type === 'thread'
}
