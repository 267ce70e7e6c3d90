import { AuditLogEvent } from 'discord-api-types/v10'
import { record, type Scene } from './actor.ts'

/** An AutoMod rule as its acts name it. */
export interface Rule {
  readonly name: string
  /** The trigger's type, such as 1 for keywords. */
  readonly trigger: number
}

/** AutoMod blocks a message. The log names its author as the one who acted. */
export function blockMessage(scene: Scene, rule: Rule, offenderId: string, channelId: string): void {
  automod(scene, AuditLogEvent.AutoModerationBlockMessage, rule, offenderId, channelId)
}

export function flagMessage(scene: Scene, rule: Rule, offenderId: string, channelId: string): void {
  const reason = 'Message was flagged by AutoMod'
  automod(scene, AuditLogEvent.AutoModerationFlagToChannel, rule, offenderId, channelId, reason)
}

export function timeOut(scene: Scene, rule: Rule, offenderId: string, channelId: string): void {
  automod(scene, AuditLogEvent.AutoModerationUserCommunicationDisabled, rule, offenderId, channelId)
}

/** AutoMod quarantines a member for their profile: nobody acts, and it happens in no channel. */
export function quarantine(scene: Scene, rule: Rule, offenderId: string): void {
  record(scene, {
    type: AuditLogEvent.AutoModerationQuarantineUser,
    userId: null,
    targetId: offenderId,
    options: named(rule),
    reason: `Profile contained keyword that violated ${rule.name} rule`,
  })
}

function automod(
  scene: Scene,
  type: number,
  rule: Rule,
  offenderId: string,
  channelId: string,
  reason?: string,
): void {
  const options = { ...named(rule), channel_id: channelId }
  record(scene, { type, userId: offenderId, targetId: offenderId, options, reason })
}

function named({ name, trigger }: Rule) {
  return { auto_moderation_rule_name: name, auto_moderation_rule_trigger_type: String(trigger) }
}
