import {
  AutoModerationRuleEventType,
  AutoModerationRuleKeywordPresetType,
  GuildScheduledEventStatus,
  IntegrationExpireBehavior,
  StickerFormatType,
  StickerType,
  WebhookType,
} from 'discord-api-types/v10'
import { EventPlace, TriggerType } from '../../audit-log/undocumented.ts'
import { type ChangeRows, list, nested, row } from '../change-row.ts'
import { automodAction } from '../readers/automod-actions.ts'
import { named, person } from '../readers/object-readers.ts'
import {
  asText,
  code,
  days,
  mention,
  number,
  oneOf,
  onOff,
  percent,
  thing,
  time,
  timeInId,
  yesNo,
} from '../readers/readers.ts'
import { recurrence } from '../readers/recurrence.ts'
import { eventException } from '../readers/settings-readers.ts'
import { privacy } from './shared-rows.ts'

const [role, channel] = [mention('role'), mention('channel')]

/** What sets off an AutoMod rule, by words a moderator knows. */
export const automodTrigger = oneOf(TriggerType, {
  Keyword: 'keywords',
  KeywordPreset: 'word lists',
  MemberProfile: 'member profiles',
  HarmfulLink: 'harmful links',
  GuildPolicy: 'server rules',
})

/**
 * The type of an integration. Only one has a name that is not the service's own.
 * https://docs.discord.food/resources/integration#integration-type
 */
export const integrationType = oneOf(
  { GuildSubscription: 'guild_subscription' },
  { GuildSubscription: 'server subscription' },
)

/** Discord sends the user as an object or as an id. */
const ADDED_BY: ChangeRows = { user: row('added by', person), user_id: row('added by', person) }

/** https://docs.discord.food/resources/webhook#webhook-object */
export const WEBHOOK_ROWS: ChangeRows = {
  type: row('type', oneOf(WebhookType)),
  source_guild: row('follows the server', named),
  source_channel: row('follows the channel', named),
  user: row('made by', person),
  user_id: row('made by', person),
}

/** https://docs.discord.food/resources/emoji#emoji-object */
export const EMOJI_ROWS: ChangeRows = {
  roles: list('roles', role),
  available: row('available', onOff),
  animated: row('animated', yesNo),
  managed: row('managed by an integration', yesNo),
  require_colons: row('written with colons', yesNo),
  ...ADDED_BY,
}

/** https://docs.discord.food/resources/sticker#sticker-object */
export const STICKER_ROWS: ChangeRows = {
  tags: row('related emoji', asText),
  type: row('type', oneOf(StickerType, { Guild: 'server' })),
  format_type: row(
    'format',
    oneOf(StickerFormatType, { PNG: 'PNG', APNG: 'APNG', GIF: 'GIF', Lottie: 'Lottie' }),
  ),
  asset: row('asset', asText),
  available: row('available', onOff),
  sort_value: row('place in its pack', number),
  pack_id: row('pack', code),
  ...ADDED_BY,
}

/** https://docs.discord.food/resources/soundboard#soundboard-sound-object */
export const SOUND_ROWS: ChangeRows = {
  sound_id: row('sound', thing('sound')),
  volume: row('volume', percent),
  emoji_id: row('emoji', thing('emoji')),
  emoji_name: row('emoji', asText),
  available: row('available', onOff),
  ...ADDED_BY,
}

/** https://docs.discord.food/resources/integration#integration-object */
export const INTEGRATION_ROWS: ChangeRows = {
  type: row('type', integrationType),
  enabled: row('enabled', onOff),
  account: row('account', named),
  application: row('application', named),
  scopes: list('scopes', oneOf({ commands: 'applications.commands' }, { commands: 'slash commands' })),
  role_id: row('role of subscribers', role),
  enable_emoticons: row('emoticons', onOff),
  expire_behavior: row(
    'when it expires',
    oneOf(IntegrationExpireBehavior, { RemoveRole: 'remove the role' }),
  ),
  expire_grace_period: row('grace period', days),
  syncing: row('syncing', yesNo),
  synced_at: row('synced', time),
  subscriber_count: row('subscribers', number),
  revoked: row('revoked', yesNo),
  role_connections_metadata: list('what linked roles can ask for', named),
  ...ADDED_BY,
}

/** https://docs.discord.food/resources/guild-scheduled-event#guild-scheduled-event-object */
export const EVENT_ROWS: ChangeRows = {
  privacy_level: privacy,
  status: row('status', oneOf(GuildScheduledEventStatus, { Canceled: 'cancelled' })),
  entity_type: row(
    'where',
    oneOf(EventPlace, {
      StageInstance: 'stage',
      External: 'elsewhere',
      PrimeTime: 'a place Discord calls “prime time”',
    }),
  ),
  entity_id: row('entity', thing()),
  entity_metadata: nested('place', {
    location: row('location', asText),
    speaker_ids: list('speakers', mention('user')),
  }),
  location: row('location', asText),
  scheduled_start_time: row('starts', time),
  scheduled_end_time: row('ends', time),
  auto_start: row('starts by itself', onOff),
  recurrence_rule: row('repeats', recurrence),
  guild_scheduled_event_exceptions: list('dates that differ', eventException),
  creator_id: row('made by', person),
  creator: row('made by', person),
  user_count: row('interested', number),
  sku_ids: list('tickets', code),
}

/**
 * One date of an event.
 * https://docs.discord.food/resources/guild-scheduled-event#guild-scheduled-event-exception-object
 */
export const EVENT_EXCEPTION_ROWS: ChangeRows = {
  event_id: row('event', thing('event')),
  event_exception_id: row('original date', timeInId),
  is_canceled: row('cancelled', yesNo),
  scheduled_start_time: row('starts', time),
  scheduled_end_time: row('ends', time),
}

/** What an AutoMod rule looks for; `$add_…` and `$remove_…` name these lists too. */
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
  exempt_roles: list('exempt roles', role),
  exempt_channels: list('exempt channels', channel),
  creator_id: row('made by', person),
}
