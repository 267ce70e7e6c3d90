import { AuditLogEvent } from 'discord-api-types/v10'
import { actionOf, catalogue } from '../audit-log/action.ts'
import { isEntityType } from '../audit-log/actions/row.ts'
import type { EntityType } from './named-entity.ts'

/**
 * An id alone does not tell what it names: a guild, its @everyone role and, in old guilds, its first channel share one.
 * The class and the id together do. Types that are mentioned alike are one class: a bot is a user, and a thread a
 * channel.
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

/** One of these classes. */
export type EntityClass = (typeof ENTITY_CLASSES)[number]

/** The class of a type of things. */
export function classOf(type: EntityType): EntityClass {
  if (type === 'bot') return 'user'
  return type === 'thread' ? 'channel' : type
}

/** The class of what the entries of a kind are done to; undefined where Discord does not say. */
export function targetClass(kind: number): EntityClass | undefined {
  const { target } = actionOf(kind)
  return isEntityType(target) ? classOf(target) : undefined
}

/** Deletes and pins of a message. Their target is its author, who may be a webhook. */
const OF_A_MESSAGE: readonly number[] = [
  AuditLogEvent.MessageDelete,
  AuditLogEvent.MessagePin,
  AuditLogEvent.MessageUnpin,
]

/** Whether the target of a kind can be of a class. */
export function canTarget(kind: number, type: EntityClass): boolean {
  const target = targetClass(kind)
  return target === undefined || target === type || (type === 'webhook' && OF_A_MESSAGE.includes(kind))
}

/** The kinds whose target can be of a class: all but those whose target is known to be of another. */
export function kindsOn(type: EntityClass): { noneOf: number[] } {
  return { noneOf: [...catalogue.keys()].filter((kind) => !canTarget(kind, type)) }
}
