import { GatewayDispatchEvents as Event, GatewayOpcodes as Op } from 'discord-api-types/v10'

/** A frame that no bot should be sent, and that Discord or a proxy in between has sent nonetheless or may send. */
export type OddFrame = { readonly name: string } & (
  | { readonly event: string; readonly data: unknown }
  /** Sent as it is, text or binary. */
  | { readonly raw: string | Uint8Array }
)

/** Whom the frames are for. They name the bot and a guild of its, so that they are not dropped as somebody else's. */
export interface OddFrameTarget {
  readonly guildId: string
  readonly botId: string
}

/**
 * Odd frames of every sort. None of them says something that is well-formed and false, so that a bot which survives
 * them knows as much after them as before.
 */
export function oddFrames(target: OddFrameTarget): OddFrame[] {
  return [
    ...Object.values(Event).flatMap((event) => oddDispatches(event, target)),
    ...oddParts(target).map(([event, name, data]) => ({ name: `${event} with ${name}`, event, data })),
    ...ODD_EVENTS.map((event) => ({ name: `an event called “${event}”`, event, data: { id: '1' } })),
    ...oddInteractions(target),
    ...ODD_PAYLOADS.map(([name, raw]) => ({ name, raw })),
  ]
}

/** Data of the wrong shape, for every event. */
function oddDispatches(event: Event, { guildId }: OddFrameTarget): OddFrame[] {
  // These are what another guild than the one that is named would be known by.
  const id = event === Event.GuildCreate || event === Event.GuildUpdate ? guildId : '1'
  const shapes: readonly (readonly [string, unknown])[] = [
    ['null', null],
    ['an empty text', ''],
    ['a text', 'data'],
    ['a number', 1],
    ['a list', []],
    ['a list of null', [null]],
    ['nothing in it', {}],
    ['a guild alone', { guild_id: guildId }],
    ['null in every field', { guild_id: guildId, id, ...nullFields }],
    [
      'text in every field',
      { guild_id: guildId, id, ...Object.fromEntries(FIELDS.map((key) => [key, 'odd'])) },
    ],
  ]
  return shapes.map(([name, data]) => ({ name: `${event} with ${name}`, event, data }))
}

/** Fields that events have. */
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

/** Events that are well-formed but for a part. */
function oddParts({ guildId, botId }: OddFrameTarget): (readonly [Event, string, unknown])[] {
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
      'roles of null permissions',
      { id: guildId, roles: [{ id: guildId, permissions: null }], channels: null, members: null },
    ],
    [
      Event.GuildCreate,
      'overwrites of null permissions',
      {
        id: guildId,
        channels: [{ ...channel, permission_overwrites: [{ id: guildId, type: 0, allow: null }] }],
      },
    ],
    [Event.GuildCreate, 'channels of no type', { id: guildId, channels: [{ id: '3', type: 'text' }] }],
    [Event.GuildCreate, 'an id that is none', { id: 'guild', roles: [], channels: [] }],
    [Event.GuildCreate, 'an id that is a number', { id: 12, roles: [], channels: [] }],
    [
      Event.GuildUpdate,
      'null flags',
      { id: guildId, system_channel_flags: null, roles: null, features: null },
    ],
    [
      Event.GuildUpdate,
      'roles of null permissions',
      { id: guildId, roles: [{ id: '4', permissions: null }] },
    ],
    [Event.GuildUpdate, 'an owner that is no id', { id: guildId, owner_id: { id: '2' } }],
    [Event.GuildDelete, 'an id that is none', { id: { id: guildId } }],
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
    [Event.GuildRoleDelete, 'an id that is none', { guild_id: guildId, role_id: 'role' }],
    [Event.GuildMemberAdd, 'a user that is null', { guild_id: guildId, user: null, roles: [] }],
    [Event.GuildMemberUpdate, 'roles that are null', { guild_id: guildId, user: { id: botId }, roles: null }],
    [
      Event.GuildMemberUpdate,
      'roles that are none',
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
      'overwrites of null permissions',
      { ...channel, permission_overwrites: [{ id: guildId, type: 0, allow: null, deny: null }] },
    ],
    [Event.ChannelUpdate, 'overwrites that are null', { ...channel, permission_overwrites: [null] }],
    [Event.ChannelUpdate, 'another type', { ...channel, type: 1e9 }],
    [Event.ChannelDelete, 'an id that is none', { ...channel, id: true }],
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
    [
      Event.GuildAuditLogEntryCreate,
      'an id that is none',
      { guild_id: guildId, id: '12e3', action_type: 20 },
    ],
    [
      Event.GuildAuditLogEntryCreate,
      'an id past 64 bits',
      { guild_id: guildId, id: '9'.repeat(20), action_type: 1 },
    ],
    [Event.GuildAuditLogEntryCreate, 'no action', { guild_id: guildId, id: '7', action_type: null }],
    [Event.GuildAuditLogEntryCreate, 'half an action', { guild_id: guildId, id: '7', action_type: 20.5 }],
  ]
}

/** Names that mean something to the machinery that events go through. */
const ODD_EVENTS = ['error', 'constructor', '__proto__', 'toString', 'removeListener', 'SOMETHING_NEW', '']

/** Interactions that lack a part, or have one of the wrong shape. Nobody waits for an answer to them. */
function oddInteractions({ guildId, botId }: OddFrameTarget): OddFrame[] {
  const whole = {
    id: '8',
    application_id: botId,
    type: 2,
    token: 'an-odd-interaction',
    version: 1,
    guild_id: guildId,
    channel: { id: '3', type: 0 },
    channel_id: '3',
    member: { user: { id: '2', username: 'somebody' }, roles: [], permissions: '128', flags: 0 },
    app_permissions: '0',
    entitlements: [],
    authorizing_integration_owners: {},
    attachment_size_limit: 10_485_760,
    data: { id: '9', name: 'audit', type: 1, options: [{ name: 'recent', type: 1 }] },
  }
  const [user] = [whole.member.user]
  const odd: readonly (readonly [string, object])[] = [
    ...Object.keys(whole).map((key) => [`null for ${key}`, { ...whole, [key]: null }] as const),
    ...['data', 'member', 'entitlements', 'token', 'type', 'id'].map(
      (key) =>
        [`no ${key}`, Object.fromEntries(Object.entries(whole).filter(([each]) => each !== key))] as const,
    ),
    ['a type that is unknown', { ...whole, type: 99 }],
    ['a member without a user', { ...whole, member: { ...whole.member, user: null } }],
    ['a member of null flags', { ...whole, member: { ...whole.member, flags: null }, data: null }],
    ['a user without an id', { ...whole, member: { user: { username: 'nobody' }, permissions: null } }],
    ['an id that is none', { ...whole, id: 'now' }],
    ['data in a list', { ...whole, data: [] }],
    ['a command without a name', { ...whole, data: { id: '9', type: 1, name: null } }],
    ['a command of an unknown type', { ...whole, data: { ...whole.data, type: 12 } }],
    ['a component without a message', { ...whole, type: 3, message: null, data: null }],
    ['a component of an unknown type', { ...whole, type: 3, data: { custom_id: 'x', component_type: 77 } }],
    ['a modal without fields', { ...whole, type: 5, data: { custom_id: 'x', components: null } }],
    ['a ping', { id: '8', type: 1, token: 'ping', application_id: botId }],
    ['a user outside of any guild', { ...whole, guild_id: undefined, member: undefined, user }],
  ]
  return odd.map(([name, data]) => ({
    name: `${Event.InteractionCreate} with ${name}`,
    event: Event.InteractionCreate,
    data,
  }))
}

const TEXT = new TextEncoder()

/** Whole frames. None of them ends the connection by itself. */
const ODD_PAYLOADS: readonly (readonly [string, string | Uint8Array])[] = [
  ['a text that is no JSON', 'Bad gateway'],
  ['an empty frame', ''],
  ['half a JSON', '{"op":0,"t":"READY","d":'],
  ['JSON that is null', 'null'],
  ['JSON that is a number', '10'],
  ['JSON that is a list', '[{"op":7}]'],
  ['a binary frame of garbage', new Uint8Array([0, 255, 1, 254, 0, 0, 255, 255])],
  ['a binary frame of JSON', TEXT.encode('{"op":1,"d":null}')],
  ['an unknown op', '{"op":99,"d":null}'],
  ['an op that is a text', '{"op":"7","d":null}'],
  ['no op', '{"t":"GUILD_DELETE","d":{"id":"1"}}'],
  ['a dispatch without a name', '{"op":0,"s":null,"d":{"id":"1"}}'],
  ['a dispatch whose name is a list', '{"op":0,"s":null,"t":["READY"],"d":null}'],
  ['a number that is a text', '{"op":0,"s":"many","t":"TYPING_START","d":{}}'],
  ['a number that is endless', '{"op":0,"s":1e400,"t":"TYPING_START","d":{}}'],
  ['a number below zero', '{"op":0,"s":-5,"t":"TYPING_START","d":{}}'],
  ['a number that is a fraction', '{"op":0,"s":1e15.5,"t":"TYPING_START","d":{}}'],
  [
    'data nested too deep',
    `{"op":0,"s":null,"t":"GUILD_CREATE","d":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  ],
  ['a frame of a megabyte', `{"op":0,"s":null,"t":"GUILD_UPDATE","d":"${'x'.repeat(1_000_000)}"}`],
  ...[null, '""', '"soon"', '[]', '{}', '{"heartbeat_interval":0}', '{"heartbeat_interval":1e400}'].map(
    (data) => [`a second HELLO with ${data}`, `{"op":${Op.Hello},"d":${data}}`] as const,
  ),
  ...[null, '"odd"', '[]', '{"seq":1}', '1e400'].flatMap((data) => [
    [`a heartbeat acknowledged with ${data}`, `{"op":${Op.HeartbeatAck},"d":${data}}`] as const,
    [`a heartbeat asked for with ${data}`, `{"op":${Op.Heartbeat},"d":${data}}`] as const,
  ]),
]
