import { AutoModerationRuleEventType, AutoModerationRuleKeywordPresetType } from 'discord-api-types/v10'
import { TriggerType } from '../../audit-log/undocumented.ts'
import { type ChangeRows, list, nested, row } from '../change-row.ts'
import { automodAction } from '../readers/automod-actions.ts'
import { person } from '../readers/object-readers.ts'
import { asText, mention, number, oneOf, onOff } from '../readers/readers.ts'

/** The trigger of an AutoMod rule, as moderators call it. */
export const automodTrigger = oneOf(TriggerType, {
  Keyword: 'keywords',
  KeywordPreset: 'word lists',
  MemberProfile: 'member profiles',
  HarmfulLink: 'harmful links',
  GuildPolicy: 'server rules',
})

/** What an AutoMod rule looks for. The keys `$add_…` and `$remove_…` name these lists as well. */
const TRIGGER_METADATA: ChangeRows = {
  keyword_filter: list('keywords', asText),
  regex_patterns: list('patterns', asText),
  allow_list: list('allowed words', asText),
  presets: list('word lists', oneOf(AutoModerationRuleKeywordPresetType)),
  mention_total_limit: row('mentions allowed', number),
  mention_raid_protection_enabled: row('mention raid protection', onOff),
}

/** https://docs.discord.food/resources/auto-moderation#automod-rule-object */
export const AUTOMOD_RULE_ROWS: ChangeRows = {
  ...TRIGGER_METADATA,
  trigger_metadata: nested('trigger', TRIGGER_METADATA),
  enabled: row('enabled', onOff),
  event_type: row(
    'checks',
    oneOf(AutoModerationRuleEventType, {
      MessageSend: 'messages',
      MemberUpdate: 'members who join or change their profile',
    }),
  ),
  trigger_type: row('trigger', automodTrigger),
  actions: list('actions', automodAction),
  exempt_roles: list('exempt roles', mention('role')),
  exempt_channels: list('exempt channels', mention('channel')),
  creator_id: row('made by', person),
}
