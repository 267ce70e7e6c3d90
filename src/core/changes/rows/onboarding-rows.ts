import { GuildOnboardingMode, GuildOnboardingPromptType } from 'discord-api-types/v10'
import { type ChangeRows, image, type ListedObject, list, nested, objects, row } from '../change-row.ts'
import { emoji, titled } from '../readers/object-readers.ts'
import { asText, code, entity, mention, noYes, oneOf, onOff, time, yesNo } from '../readers/readers.ts'
import { connection, formField, formFieldType } from '../readers/settings-readers.ts'

const [user, role, channel] = [mention('user'), mention('role'), mention('channel')]

/** https://docs.discord.food/resources/guild#member-verification-form-field-structure */
const FORM_FIELDS: ListedObject = {
  by: 'label',
  name: 'label',
  rows: {
    field_type: row('kind', formFieldType),
    description: row('description', asText),
    placeholder: row('placeholder', asText),
    values: list('', asText),
    choices: list('', asText),
    required: row('required', onOff),
  },
}

/** https://docs.discord.food/resources/guild#member-verification-object */
export const VERIFICATION_ROWS: ChangeRows = {
  version: row('version', time),
  form_fields: objects('rules and questions', formField, FORM_FIELDS),
  verification_enabled: row('verification', onOff),
  manual_approval_enabled: row('approval by a moderator', onOff),
}

const EMOJI: ChangeRows = {
  emoji: row('emoji', emoji),
  emoji_id: row('emoji', entity('emoji')),
  emoji_name: row('emoji', asText),
  emoji_animated: row('emoji animated', yesNo),
}

/** https://docs.discord.food/resources/guild#onboarding-prompt-option-structure */
const ANSWERS: ListedObject = {
  by: 'id',
  name: 'title',
  rows: {
    ...EMOJI,
    title: row('title', asText),
    description: row('description', asText),
    role_ids: list('roles', role),
    channel_ids: list('channels', channel),
  },
}

/** https://docs.discord.food/resources/guild#onboarding-prompt-structure */
export const PROMPT_ROWS: ChangeRows = {
  title: row('title', asText),
  type: row('type', oneOf(GuildOnboardingPromptType)),
  options: objects('answers', titled, ANSWERS),
  single_select: row('one answer only', onOff),
  required: row('required', onOff),
  in_onboarding: row('asked in onboarding', onOff),
  disabled: row('disabled', onOff),
}

/** https://docs.discord.food/resources/guild#onboarding-object */
export const ONBOARDING_ROWS: ChangeRows = {
  enabled: row('enabled', onOff),
  mode: row(
    'mode',
    oneOf(GuildOnboardingMode, { OnboardingDefault: 'default', OnboardingAdvanced: 'advanced' }),
  ),
  default_channel_ids: list('default channels', channel),
  prompts: objects('questions', titled, { by: 'id', name: 'title', rows: PROMPT_ROWS }),
  below_requirements: row('meets the requirements of onboarding', noYes),
  connections: list('accounts to connect', connection),
  enable_default_channels: row('default channels', onOff),
  enable_onboarding_prompts: row('questions', onOff),
}

/** https://docs.discord.food/resources/guild#new-member-action-structure */
const GUIDE_ITEMS: ListedObject = {
  by: 'channel_id',
  name: 'title',
  rows: {
    ...EMOJI,
    title: row('title', asText),
    description: row('description', asText),
    action_type: row('done by', oneOf({ View: 0, Chat: 1 }, { View: 'visiting', Chat: 'writing' })),
    icon: image('icon'),
  },
}

/** The server guide. https://docs.discord.food/resources/guild#new-member-welcome-object */
export const HOME_SETTINGS_ROWS: ChangeRows = {
  enabled: row('enabled', onOff),
  welcome_message: nested('welcome message', {
    message: row('welcome message', asText),
    author_ids: list('welcomed by', user),
  }),
  new_member_actions: objects('to do for new members', titled, GUIDE_ITEMS),
  resource_channels: objects('resources', titled, GUIDE_ITEMS),
}

/** A featured item of the server guide: a message or a forum post. */
export const FEATURED_ROWS: ChangeRows = {
  entity_type: row('item', oneOf({ message: 'message', post: 'forum_post' })),
  entity_id: row('item', code),
}
