import { GatewayDispatchEvents as Event } from 'discord-api-types/v10'
import type { OddFrameTarget } from './odd-frame.ts'

/** Events that are well-formed except for one part. */
export function partlyOddEvents({
  guildId,
  botId,
}: OddFrameTarget): (readonly [event: Event, name: string, data: unknown])[] {
  const user = { id: '2', username: 'somebody', discriminator: '0', global_name: null, avatar: null }
  const channel = { id: '3', guild_id: guildId, type: 0, name: null, position: 0 }
  return [
    [
      Event.Ready,
      'a guild that is null',
      { v: 10, session_id: 'odd', guilds: [null], user, application: {} },
    ],
    [Event.Ready, 'no user', { v: 10, session_id: 'odd', guilds: [], application: { id: botId, flags: 0 } }],
    [Event.Ready, 'no session', { v: 10, guilds: [], user: { ...user, id: botId }, application: null }],
    [Event.GuildCreate, 'null roles', { id: guildId, roles: [null], channels: [null], members: [null] }],
    [
      Event.GuildCreate,
      'roles with null permissions',
      { id: guildId, roles: [{ id: guildId, permissions: null }], channels: null, members: null },
    ],
    [
      Event.GuildCreate,
      'overwrites with null permissions',
      {
        id: guildId,
        channels: [{ ...channel, permission_overwrites: [{ id: guildId, type: 0, allow: null }] }],
      },
    ],
    [
      Event.GuildCreate,
      'channels with an invalid type',
      { id: guildId, channels: [{ id: '3', type: 'text' }] },
    ],
    [Event.GuildCreate, 'an invalid id', { id: 'guild', roles: [], channels: [] }],
    [Event.GuildCreate, 'an id that is a number', { id: 12, roles: [], channels: [] }],
    [
      Event.GuildUpdate,
      'null flags',
      { id: guildId, system_channel_flags: null, roles: null, features: null },
    ],
    [
      Event.GuildUpdate,
      'roles with null permissions',
      { id: guildId, roles: [{ id: '4', permissions: null }] },
    ],
    [Event.GuildUpdate, 'an owner that is not an id', { id: guildId, owner_id: { id: '2' } }],
    [Event.GuildDelete, 'an invalid id', { id: { id: guildId } }],
    [Event.GuildDelete, 'an id in a list', { id: [guildId] }],
    [Event.GuildRoleCreate, 'null permissions', { guild_id: guildId, role: { id: '4', permissions: null } }],
    [Event.GuildRoleUpdate, 'null permissions', { guild_id: guildId, role: { id: '4', permissions: null } }],
    [
      Event.GuildRoleUpdate,
      'permissions in words',
      { guild_id: guildId, role: { id: '4', permissions: 'all' } },
    ],
    [
      Event.GuildRoleUpdate,
      'permissions below zero',
      { guild_id: guildId, role: { id: '4', permissions: '-8' } },
    ],
    [Event.GuildRoleDelete, 'an invalid id', { guild_id: guildId, role_id: 'role' }],
    [Event.GuildMemberAdd, 'a user that is null', { guild_id: guildId, user: null, roles: [] }],
    [Event.GuildMemberUpdate, 'roles that are null', { guild_id: guildId, user: { id: botId }, roles: null }],
    [
      Event.GuildMemberUpdate,
      'a list of null as roles',
      { guild_id: guildId, user: { id: botId }, roles: [null] },
    ],
    [Event.GuildMemberUpdate, 'null flags', { guild_id: guildId, user, roles: [], flags: null }],
    [Event.GuildMemberRemove, 'a user without an id', { guild_id: guildId, user: { id: null } }],
    [Event.GuildMembersChunk, 'members that are null', { guild_id: guildId, members: [null], nonce: 1 }],
    [Event.GuildBanAdd, 'no user', { guild_id: guildId }],
    [Event.GuildBanRemove, 'no user', { guild_id: guildId }],
    [Event.GuildEmojisUpdate, 'an emoji that is null', { guild_id: guildId, emojis: [null] }],
    [Event.GuildStickersUpdate, 'a sticker that is null', { guild_id: guildId, stickers: [null] }],
    [
      Event.ChannelCreate,
      'overwrites with null permissions',
      { ...channel, permission_overwrites: [{ id: guildId, type: 0, allow: null, deny: null }] },
    ],
    [Event.ChannelUpdate, 'overwrites that are null', { ...channel, permission_overwrites: [null] }],
    [Event.ChannelUpdate, 'another type', { ...channel, type: 1e9 }],
    [Event.ChannelDelete, 'an invalid id', { ...channel, id: true }],
    [Event.ThreadCreate, 'no metadata', { ...channel, type: 11, parent_id: null, thread_metadata: null }],
    [Event.ThreadListSync, 'threads that are null', { guild_id: guildId, threads: [null], members: [null] }],
    [Event.ThreadMembersUpdate, 'a text channel', { guild_id: guildId, id: '3', added_members: [{}] }],
    [Event.ThreadMemberUpdate, 'no id', { guild_id: guildId, user_id: botId }],
    [Event.VoiceStateUpdate, 'no user', { guild_id: guildId, user_id: null, member: null }],
    [Event.AutoModerationRuleCreate, 'no actions', { guild_id: guildId, id: '5', actions: null }],
    [Event.EntitlementCreate, 'no id', { id: null, sku_id: null }],
    [Event.MessageCreate, 'no author', { id: '6', channel_id: '3', guild_id: guildId, author: null }],
    [Event.UserUpdate, 'no id', { username: null }],
    [Event.GuildAuditLogEntryCreate, 'no guild', { id: '7', action_type: 20 }],
    [Event.GuildAuditLogEntryCreate, 'no id', { guild_id: guildId, action_type: 72, options: null }],
    [Event.GuildAuditLogEntryCreate, 'an invalid id', { guild_id: guildId, id: '12e3', action_type: 20 }],
    [
      Event.GuildAuditLogEntryCreate,
      'an id past 64 bits',
      { guild_id: guildId, id: '9'.repeat(20), action_type: 1 },
    ],
    [Event.GuildAuditLogEntryCreate, 'no action', { guild_id: guildId, id: '7', action_type: null }],
    [Event.GuildAuditLogEntryCreate, 'half an action', { guild_id: guildId, id: '7', action_type: 20.5 }],
  ]
}
