import { AuditLogEvent } from 'discord-api-types/v10'
import {
  type Actor,
  creationChanges,
  deletionChanges,
  updateChanges,
  type Values,
  writeEntry,
} from './actor.ts'

/** Sorts of things that are made, changed and removed, with the action types of the three. */
const SORTS = {
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

export type ResourceType = keyof typeof SORTS

/** Sorts of which Discord gives no target id, or none that anybody could look up. */
const WITHOUT_TARGET: readonly ResourceType[] = ['invite', 'sound']

interface Extra {
  readonly options?: Values
  readonly reason?: string
}

export function createResource(actor: Actor, sort: ResourceType, values: Values, extra: Extra = {}): string {
  const id = actor.world.newId()
  actor.guild.resources.set(id, { type: sort, values })
  writeEntry(actor, {
    type: SORTS[sort][0],
    targetId: target(sort, id),
    changes: creationChanges(values),
    ...extra,
  })
  return id
}

export function updateResource(
  actor: Actor,
  sort: ResourceType,
  id: string,
  values: Values,
  extra: Extra = {},
): void {
  const before = actor.guild.resources.get(id)?.values ?? {}
  actor.guild.resources.set(id, { type: sort, values: { ...before, ...values } })
  writeEntry(actor, {
    type: SORTS[sort][1],
    targetId: target(sort, id),
    changes: updateChanges(before, values),
    ...extra,
  })
}

export function deleteResource(actor: Actor, sort: ResourceType, id: string, extra: Extra = {}): void {
  const before = actor.guild.resources.get(id)?.values ?? {}
  actor.guild.resources.delete(id)
  writeEntry(actor, {
    type: SORTS[sort][2],
    targetId: target(sort, id),
    changes: deletionChanges(before),
    ...extra,
  })
}

function target(sort: ResourceType, id: string): string | null {
  return WITHOUT_TARGET.includes(sort) ? null : id
}
