import { AuditLogEvent } from 'discord-api-types/v10'
import { ACTIONS, actionOf } from '../audit-log/action.ts'
import { isEntityType } from '../audit-log/actions/row.ts'
import type { EntityType } from './named-entity.ts'

/**
 * The classes of entities. An id alone does not identify an entity: a guild, its @everyone role and, in old guilds, its
 * first channel share one id. A class and an id together do. Types that are mentioned in the same way are one class: a
 * bot is a user, and a thread is a channel.
 */
export const ENTITY_CLASSES = [
  'guild',
  'user',
  'role',
  'channel',
  'emoji',
  'sticker',
  'webhook',
  'integration',
  'stage',
  'event',
  'sound',
  'rule',
  'question',
  'command',
  'tag',
] as const satisfies readonly EntityType[]

export type EntityClass = (typeof ENTITY_CLASSES)[number]

/** The class of an entity type. */
export function classOf(type: EntityType): EntityClass {
  if (type === 'bot') return 'user'
  return type === 'thread' ? 'channel' : type
}

/** The class of the targets of a kind of action; undefined where Discord does not say. */
export function targetClass(kind: number): EntityClass | undefined {
  const { target } = actionOf(kind)
  return isEntityType(target) ? classOf(target) : undefined
}

/** Actions on a message. Their target is its author, which may be a webhook. */
const ON_MESSAGE: readonly number[] = [
  AuditLogEvent.MessageDelete,
  AuditLogEvent.MessagePin,
  AuditLogEvent.MessageUnpin,
]

/** Whether the target of a kind of action can be of a class. */
export function canTarget(kind: number, type: EntityClass): boolean {
  const target = targetClass(kind)
  return target === undefined || target === type || (type === 'webhook' && ON_MESSAGE.includes(kind))
}

/**
 * The class of a target, by the kinds of all actions on it. Undefined if several things share its id, or if all that is
 * known is that it wrote messages, because a webhook can do that too.
 */
export function classByKinds(kinds: readonly number[]): EntityClass | undefined {
  const classes = new Set(
    kinds.filter((kind) => !ON_MESSAGE.includes(kind)).flatMap((kind) => targetClass(kind) ?? []),
  )
  return [...classes].find((type) => kinds.every((kind) => canTarget(kind, type)))
}

/** The kinds of action whose target can be of a class: all except those whose targets are of another class. */
export function kindsOn(type: EntityClass): { noneOf: number[] } {
  return { noneOf: [...ACTIONS.keys()].filter((kind) => !canTarget(kind, type)) }
}
