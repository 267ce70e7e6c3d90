import { AuditLogEvent } from 'discord-api-types/v10'
import { actionOf } from '../audit-log/action.ts'
import { isEntityType } from '../audit-log/actions/row.ts'
import type { Entry } from '../audit-log/entry.ts'
import { isForMember } from '../changes/permission-changes.ts'
import { isRecord } from '../json.ts'
import { isSnowflake, type Snowflake } from '../snowflake.ts'
import type { EntityType, NameObservation } from './named-entity.ts'

/** The key of the name of each object. Objects that are not listed have no name, even with a key such as `name`. */
const NAME_KEYS: Readonly<Record<string, string>> = {
  channel: 'name',
  thread: 'name',
  role: 'name',
  invite: 'code',
  webhook: 'name',
  emoji: 'name',
  sticker: 'name',
  soundboard_sound: 'name',
  integration: 'name',
  stage_instance: 'topic',
  guild_scheduled_event: 'name',
  auto_moderation_rule: 'name',
  onboarding_prompt: 'title',
}

/**
 * The action types that delete or remove the target itself. Other deletions delete something of it, such as messages.
 */
const REMOVING: ReadonlySet<number> = new Set([
  AuditLogEvent.ChannelDelete,
  AuditLogEvent.MemberKick,
  AuditLogEvent.MemberBanAdd,
  AuditLogEvent.RoleDelete,
  AuditLogEvent.WebhookDelete,
  AuditLogEvent.EmojiDelete,
  AuditLogEvent.IntegrationDelete,
  AuditLogEvent.StageInstanceDelete,
  AuditLogEvent.StickerDelete,
  AuditLogEvent.GuildScheduledEventDelete,
  AuditLogEvent.ThreadDelete,
  AuditLogEvent.SoundboardSoundDelete,
  AuditLogEvent.AutoModerationRuleDelete,
  AuditLogEvent.OnboardingPromptDelete,
])

/**
 * The name of the target in an entry's changes. For a target that no longer exists, there may be no other source.
 */
export function nameOfTarget({ changes, kind }: Entry): string | undefined {
  const nameKey = NAME_KEYS[actionOf(kind).object]
  const change = changes.find(({ key }) => key === nameKey)
  const name = change?.new_value ?? change?.old_value
  return typeof name === 'string' && name !== '' ? name : undefined
}

/** The names in an entry, and whether the entities were present or are gone. */
export function namesInEntry(entry: Entry): NameObservation[] {
  const at = entry.id
  const observe = (sent: unknown, type: EntityType): NameObservation[] =>
    isRecord(sent) && isSnowflake(sent.id) && typeof sent.name === 'string' && sent.name !== ''
      ? [{ id: sent.id, type, name: sent.name, at, presence: 'present' }]
      : []
  const { object } = actionOf(entry.kind)
  const { id, type, role_name: name } = entry.options
  const isOfRole = object === 'channel_overwrite' && id !== entry.guildId && !isForMember(type)
  const listed = entry.changes.flatMap(({ key, new_value }) => {
    const isOfTags = object === 'channel' && key === 'available_tags'
    const type = key === '$add' || key === '$remove' ? 'role' : isOfTags ? 'tag' : undefined
    return type && Array.isArray(new_value) ? new_value.flatMap((item) => observe(item, type)) : []
  })
  const overwritten = isOfRole ? observe({ id, name }, 'role') : []
  return [...targetIn(entry, at), ...listed, ...overwritten]
}

function targetIn(entry: Entry, at: Snowflake): NameObservation[] {
  const { targetId: id, kind } = entry
  const { target } = actionOf(kind)
  if (!isSnowflake(id) || !isEntityType(target)) return []
  // In other actions on a guild, such as on its onboarding, the name may be that of a part of it.
  if (target === 'guild' && kind !== AuditLogEvent.GuildUpdate) return []
  const name = nameOfTarget(entry) ?? null
  const isGone = REMOVING.has(kind)
  return name === null && !isGone
    ? []
    : [{ id, type: target, name, at, presence: isGone ? 'gone' : 'present' }]
}
