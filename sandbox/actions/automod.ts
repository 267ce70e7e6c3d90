import { AuditLogEvent } from 'discord-api-types/v10'
import type { Actor } from './actor.ts'
import { writeEntry } from './entry.ts'

/** An AutoMod rule as entries name it. */
export interface Rule {
  readonly name: string
  /** The trigger type, such as 1 for keywords. */
  readonly trigger: number
}

/** AutoMod blocks a message. The entry names the message's author as its executor. */
export function blockMessage(actor: Actor, rule: Rule, offenderId: string, channelId: string): void {
  automod(actor, AuditLogEvent.AutoModerationBlockMessage, rule, offenderId, channelId)
}

export function flagMessage(actor: Actor, rule: Rule, offenderId: string, channelId: string): void {
  const reason = 'Message was flagged by AutoMod'
  automod(actor, AuditLogEvent.AutoModerationFlagToChannel, rule, offenderId, channelId, reason)
}

export function timeOut(actor: Actor, rule: Rule, offenderId: string, channelId: string): void {
  automod(actor, AuditLogEvent.AutoModerationUserCommunicationDisabled, rule, offenderId, channelId)
}

/** AutoMod quarantines a member for their profile. The entry has no executor and no channel. */
export function quarantine(actor: Actor, rule: Rule, offenderId: string): void {
  writeEntry(actor, {
    type: AuditLogEvent.AutoModerationQuarantineUser,
    userId: null,
    targetId: offenderId,
    options: named(rule),
    reason: `Profile contained keyword that violated ${rule.name} rule`,
  })
}

function automod(
  actor: Actor,
  type: number,
  rule: Rule,
  offenderId: string,
  channelId: string,
  reason?: string,
): void {
  const options = { ...named(rule), channel_id: channelId }
  writeEntry(actor, { type, userId: offenderId, targetId: offenderId, options, reason })
}

function named({ name, trigger }: Rule) {
  return { auto_moderation_rule_name: name, auto_moderation_rule_trigger_type: String(trigger) }
}
