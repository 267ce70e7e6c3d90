import { AuditLogEvent } from 'discord-api-types/v10'
import type { JsonObject } from '../world/json.ts'
import type { Actor } from './actor.ts'
import { creationChanges, deletionChanges, updateChanges, writeEntry } from './entry.ts'

/** The action types for creating, updating and deleting each type of resource. */
const ACTION_TYPES = {
  invite: [AuditLogEvent.InviteCreate, AuditLogEvent.InviteUpdate, AuditLogEvent.InviteDelete],
  webhook: [AuditLogEvent.WebhookCreate, AuditLogEvent.WebhookUpdate, AuditLogEvent.WebhookDelete],
  emoji: [AuditLogEvent.EmojiCreate, AuditLogEvent.EmojiUpdate, AuditLogEvent.EmojiDelete],
  integration: [
    AuditLogEvent.IntegrationCreate,
    AuditLogEvent.IntegrationUpdate,
    AuditLogEvent.IntegrationDelete,
  ],
  stage: [
    AuditLogEvent.StageInstanceCreate,
    AuditLogEvent.StageInstanceUpdate,
    AuditLogEvent.StageInstanceDelete,
  ],
  sticker: [AuditLogEvent.StickerCreate, AuditLogEvent.StickerUpdate, AuditLogEvent.StickerDelete],
  event: [
    AuditLogEvent.GuildScheduledEventCreate,
    AuditLogEvent.GuildScheduledEventUpdate,
    AuditLogEvent.GuildScheduledEventDelete,
  ],
  sound: [
    AuditLogEvent.SoundboardSoundCreate,
    AuditLogEvent.SoundboardSoundUpdate,
    AuditLogEvent.SoundboardSoundDelete,
  ],
  rule: [
    AuditLogEvent.AutoModerationRuleCreate,
    AuditLogEvent.AutoModerationRuleUpdate,
    AuditLogEvent.AutoModerationRuleDelete,
  ],
  prompt: [
    AuditLogEvent.OnboardingPromptCreate,
    AuditLogEvent.OnboardingPromptUpdate,
    AuditLogEvent.OnboardingPromptDelete,
  ],
} as const

export type ResourceType = keyof typeof ACTION_TYPES

/** Types whose entries have no target id, or one that cannot be looked up. */
const WITHOUT_TARGET: readonly ResourceType[] = ['invite', 'sound']

interface Extra {
  readonly options?: JsonObject
  readonly reason?: string
}

export function createResource(
  actor: Actor,
  type: ResourceType,
  values: JsonObject,
  extra: Extra = {},
): string {
  const id = actor.world.newId()
  actor.guild.resources.set(id, { type, values })
  writeEntry(actor, {
    type: ACTION_TYPES[type][0],
    targetId: targetOf(type, id),
    changes: creationChanges(values),
    ...extra,
  })
  return id
}

export function updateResource(
  actor: Actor,
  type: ResourceType,
  id: string,
  values: JsonObject,
  extra: Extra = {},
): void {
  const before = actor.guild.resources.get(id)?.values ?? {}
  actor.guild.resources.set(id, { type, values: { ...before, ...values } })
  writeEntry(actor, {
    type: ACTION_TYPES[type][1],
    targetId: targetOf(type, id),
    changes: updateChanges(before, values),
    ...extra,
  })
}

export function deleteResource(actor: Actor, type: ResourceType, id: string, extra: Extra = {}): void {
  const before = actor.guild.resources.get(id)?.values ?? {}
  actor.guild.resources.delete(id)
  writeEntry(actor, {
    type: ACTION_TYPES[type][2],
    targetId: targetOf(type, id),
    changes: deletionChanges(before),
    ...extra,
  })
}

function targetOf(type: ResourceType, id: string): string | null {
  return WITHOUT_TARGET.includes(type) ? null : id
}
