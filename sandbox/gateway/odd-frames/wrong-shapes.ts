import { GatewayDispatchEvents as Event } from 'discord-api-types/v10'
import type { OddFrame, OddFrameTarget } from './odd-frame.ts'

/** An event with data of the wrong shape. */
export function wrongShapes(event: Event, { guildId }: OddFrameTarget): OddFrame[] {
  // In these two events, another id would name another guild.
  const id = event === Event.GuildCreate || event === Event.GuildUpdate ? guildId : '1'
  const shapes: readonly (readonly [string, unknown])[] = [
    ['null', null],
    ['empty text', ''],
    ['text', 'data'],
    ['a number', 1],
    ['a list', []],
    ['a list of null', [null]],
    ['an empty object', {}],
    ['only a guild id', { guild_id: guildId }],
    ['null in every field', { guild_id: guildId, id, ...nullFields }],
    [
      'text in every field',
      { guild_id: guildId, id, ...Object.fromEntries(FIELDS.map((key) => [key, 'odd'])) },
    ],
  ]
  return shapes.map(([name, data]) => ({ name: `${event} with ${name}`, event, data }))
}

/** The fields of all events together. */
const FIELDS = [
  'action',
  'activities',
  'added_members',
  'answer_id',
  'application',
  'application_id',
  'available_tags',
  'channel',
  'channel_id',
  'channels',
  'client_status',
  'code',
  'creator',
  'data',
  'emoji',
  'emojis',
  'entitlements',
  'entity_metadata',
  'flags',
  'guild',
  'guild_scheduled_events',
  'guilds',
  'ids',
  'integration',
  'inviter',
  'joined_at',
  'last_pin_timestamp',
  'member',
  'members',
  'message',
  'message_id',
  'name',
  'owner_id',
  'permission_overwrites',
  'permissions',
  'presences',
  'removed_member_ids',
  'resume_gateway_url',
  'role',
  'role_id',
  'roles',
  'session_id',
  'soundboard_sounds',
  'stage_instances',
  'stickers',
  'thread_metadata',
  'threads',
  'token',
  'trigger_metadata',
  'type',
  'user',
  'user_id',
  'username',
  'voice_states',
] as const

const nullFields = Object.fromEntries(FIELDS.map((key) => [key, null]))
