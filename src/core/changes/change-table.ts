import { type ChangeRow, type ChangeRows, row, rowIn } from './change-row.ts'
import { asText, days, entity, timeInId } from './readers/readers.ts'
import { AUTOMOD_RULE_ROWS, automodTrigger } from './rows/automod-rows.ts'
import { CHANNEL_ROWS, OVERWRITE_ROWS, THREAD_ROWS } from './rows/channel-rows.ts'
import { EVENT_EXCEPTION_ROWS, EVENT_ROWS, STAGE_ROWS } from './rows/event-rows.ts'
import { EMOJI_ROWS, SOUND_ROWS, STICKER_ROWS } from './rows/expression-rows.ts'
import { GUILD_PROFILE_ROWS, GUILD_ROWS } from './rows/guild-rows.ts'
import { INTEGRATION_ROWS, integrationType, WEBHOOK_ROWS } from './rows/integration-rows.ts'
import { INVITE_ROWS, MEMBER_ROWS, ROLE_ROWS } from './rows/member-rows.ts'
import {
  FEATURED_ROWS,
  HOME_SETTINGS_ROWS,
  ONBOARDING_ROWS,
  PROMPT_ROWS,
  VERIFICATION_ROWS,
} from './rows/onboarding-rows.ts'
import { SHARED_ROWS } from './rows/shared-rows.ts'

/**
 * The keys of each object that an action changes (see `Action.object`). What a key means depends on the object. The
 * keys are the fields of Discord's objects, including those that only the unofficial documentation names.
 *
 * To add a key: add a row for it to the object in `rows/`, with a label and one of the readers in `readers/`, and an
 * example to `test/view/entry/every-key.ts`.
 * https://docs.discord.com/developers/resources/audit-log#audit-log-change-object
 * https://docs.discord.food/resources/audit-log#audit-log-change-object
 */
export const OBJECT_ROWS: Readonly<Record<string, ChangeRows>> = {
  guild: GUILD_ROWS,
  guild_migrate_pin: GUILD_ROWS,
  guild_migrate_bypass_slowmode: GUILD_ROWS,
  guild_profile: GUILD_PROFILE_ROWS,
  guild_member_verification: VERIFICATION_ROWS,
  guild_home_feature: FEATURED_ROWS,
  guild_home_remove: FEATURED_ROWS,
  home_settings: HOME_SETTINGS_ROWS,
  onboarding: ONBOARDING_ROWS,
  onboarding_prompt: PROMPT_ROWS,

  channel: CHANNEL_ROWS,
  channel_overwrite: OVERWRITE_ROWS,
  thread: THREAD_ROWS,
  stage_instance: STAGE_ROWS,
  voice_channel_status: CHANNEL_ROWS,

  member: MEMBER_ROWS,
  role: ROLE_ROWS,
  invite: INVITE_ROWS,

  webhook: WEBHOOK_ROWS,
  emoji: EMOJI_ROWS,
  sticker: STICKER_ROWS,
  soundboard_sound: SOUND_ROWS,
  integration: INTEGRATION_ROWS,
  guild_scheduled_event: EVENT_ROWS,
  guild_scheduled_event_exception: EVENT_EXCEPTION_ROWS,
  auto_moderation_rule: AUTOMOD_RULE_ROWS,
}

/** The row of a key of an object; undefined for an unknown key, whose value is shown as it was sent. */
export function changeRow(object: string, key: string): ChangeRow | undefined {
  const own = Object.hasOwn(OBJECT_ROWS, object) ? OBJECT_ROWS[object] : undefined
  return (own && rowIn(own, key)) ?? rowIn(SHARED_ROWS, key)
}

/** The options of an entry, except those whose meaning depends on the rest of the entry (see `extrasOf`). */
export const OPTION_ROWS: ChangeRows = {
  delete_member_days: row('inactive for', days),
  role_name: row('role', asText),
  application_id: row('application', entity()),
  auto_moderation_rule_name: row('rule', asText),
  auto_moderation_rule_trigger_type: row('trigger', automodTrigger),
  event_exception_id: row('original date', timeInId),
  integration_type: row('by way of', integrationType),
  status: row('status', asText),
}
