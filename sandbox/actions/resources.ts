import { AuditLogEvent } from 'discord-api-types/v10'
import { changed, made, record, type Scene, unmade, type Values } from './actor.ts'

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

export type Sort = keyof typeof SORTS

/** Sorts of which Discord gives no target id, or none that anybody could look up. */
const WITHOUT_TARGET: readonly Sort[] = ['invite', 'sound']

interface Extra {
  readonly options?: Values
  readonly reason?: string
}

export function makeThing(scene: Scene, sort: Sort, values: Values, extra: Extra = {}): string {
  const id = scene.world.newId()
  scene.guild.things.set(id, { sort, values })
  record(scene, { type: SORTS[sort][0], targetId: target(sort, id), changes: made(values), ...extra })
  return id
}

export function changeThing(scene: Scene, sort: Sort, id: string, values: Values, extra: Extra = {}): void {
  const before = scene.guild.things.get(id)?.values ?? {}
  scene.guild.things.set(id, { sort, values: { ...before, ...values } })
  record(scene, {
    type: SORTS[sort][1],
    targetId: target(sort, id),
    changes: changed(before, values),
    ...extra,
  })
}

export function removeThing(scene: Scene, sort: Sort, id: string, extra: Extra = {}): void {
  const before = scene.guild.things.get(id)?.values ?? {}
  scene.guild.things.delete(id)
  record(scene, { type: SORTS[sort][2], targetId: target(sort, id), changes: unmade(before), ...extra })
}

function target(sort: Sort, id: string): string | null {
  return WITHOUT_TARGET.includes(sort) ? null : id
}
