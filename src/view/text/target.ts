import { isEntityType, type TargetType } from '../../core/audit-log/actions/row.ts'
import type { EntityClass } from '../../core/names/entity-class.ts'
import type { Names } from '../../core/names/names.ts'
import { isSnowflake } from '../../core/snowflake.ts'
import { escapeMarkdown } from '../../core/text/escape.ts'
import { type Formatter, plainFormatter } from './formatter.ts'

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

/**
 * A target by its name, for a title. Discord shows no mentions there, so without a known name it is `one member`,
 * `one role` or `one channel`.
 * @param type its class; undefined if it is not known
 */
export function nameInTitle(
  id: string,
  type: EntityClass | undefined,
  names: Names,
  timeZone: string,
): string {
  const isNamed =
    type === undefined || names.get(type, id) !== undefined || names.authorClass(id) === 'webhook'
  if (isNamed || !canBeMentioned(type))
    return escapeMarkdown(formatTarget(id, type, plainFormatter(names, timeZone)))
  return `one ${type === 'user' ? 'member' : type}`
}
