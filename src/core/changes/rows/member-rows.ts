import { GuildMemberFlags, InviteType, RoleFlags } from 'discord-api-types/v10'
import { InviteFlag, InviteTarget } from '../../audit-log/undocumented.ts'
import { type ChangeRows, image, list, nested, row } from '../change-row.ts'
import { rolePermissions } from '../permission-changes.ts'
import { colours, nameStyle, person, roleObject, roleTags } from '../readers/object-readers.ts'
import {
  asText,
  colour,
  entity,
  flags,
  limit,
  mention,
  number,
  oneOf,
  onOff,
  seconds,
  time,
  yesNo,
} from '../readers/readers.ts'
import { targetUsers } from '../readers/settings-readers.ts'
import { timeoutChange } from '../readers/timeout-change.ts'

const MEMBER_FLAGS: Readonly<Record<string, string>> = {
  DidRejoin: 'rejoined',
  IsGuest: 'guest',
  StartedHomeActions: 'started the server guide',
  CompletedHomeActions: 'completed the server guide',
  AutomodQuarantinedUsernameOrGuildNickname: 'name quarantined by AutoMod',
  AutomodQuarantinedBio: 'about me quarantined by AutoMod',
  AutoModQuarantinedGuildTag: 'server tag quarantined by AutoMod',
  DmSettingsUpsellAcknowledged: 'dismissed a tip on DM settings',
}

const INVITE_FLAGS: Readonly<Record<string, string>> = {
  IsGuestInvite: 'guest invite',
  IsViewed: 'viewed',
  IsEnhanced: 'enhanced',
  IsApplicationBypass: 'skips the application',
  HasTargetUsersJobStatus: 'for chosen people',
}

/** https://docs.discord.food/resources/guild#guild-member-object */
export const MEMBER_ROWS: ChangeRows = {
  nick: row('nickname', asText),
  bio: row('about me', asText),
  mute: row('muted', onOff),
  deaf: row('deafened', onOff),
  pending: row('has not accepted the rules yet', yesNo),
  bypasses_verification: row('bypasses verification', yesNo),
  communication_disabled_until: { label: 'timeout', decode: timeoutChange },
  unusual_dm_activity_until: row('unusual DM activity until', time),
  joined_at: row('joined', time),
  premium_since: row('boosting since', time),
  flags: row('flags', flags(GuildMemberFlags, MEMBER_FLAGS)),
  roles: list('roles', roleObject),
  permissions: { label: 'permissions', decode: rolePermissions },
  avatar_decoration_data: image('avatar decoration'),
  collectibles: nested('collectibles', { nameplate: image('nameplate') }),
  display_name_styles: row('style of the name', nameStyle),
}

/** https://docs.discord.food/resources/guild#role-object */
export const ROLE_ROWS: ChangeRows = {
  permissions: { label: 'permissions', decode: rolePermissions },
  color: row('colour', colour),
  colors: row('colours', colours),
  hoist: row('shown separately', onOff),
  mentionable: row('mentionable', onOff),
  position: row('position', number),
  unicode_emoji: row('emoji', asText),
  managed: row('managed by an integration', yesNo),
  flags: row('flags', flags(RoleFlags, { InPrompt: 'offered in onboarding' })),
  tags: row('belongs to', roleTags),
}

/** https://docs.discord.food/resources/invite#invite-object, with the fields that only its creator sees */
export const INVITE_ROWS: ChangeRows = {
  code: row('code', asText),
  type: row('type', oneOf(InviteType, { Guild: 'server', GroupDM: 'group DM' })),
  flags: row('flags', flags(InviteFlag, INVITE_FLAGS)),
  inviter_id: row('invited by', mention('user')),
  inviter: row('invited by', person),
  uses: row('uses', number),
  max_uses: row('uses allowed', limit),
  max_age: row('expires after', seconds('never')),
  created_at: row('created', time),
  expires_at: row('expires', time),
  temporary: row('temporary membership', onOff),
  role_ids: list('roles given', mention('role')),
  roles: list('roles given', roleObject),
  target_type: row(
    'invites to',
    oneOf(InviteTarget, {
      Stream: 'a stream',
      EmbeddedApplication: 'an activity',
      CreatorPage: 'the creator page',
      Lobby: 'a game lobby',
    }),
  ),
  target_user_id: row('invites to', mention('user')),
  target_user: row('invites to', person),
  target_application_id: row('application', entity()),
  target_users_job_status: row('list of invited people', targetUsers),
  guild_scheduled_event_id: row('event', entity('event')),
}
