import { ChannelType, OverwriteType, PermissionFlagsBits } from 'discord.js'
import { recordsIn } from '../../../core/json.ts'
import type { Snowflake } from '../../../core/snowflake.ts'

type Payload = Readonly<Record<string, unknown>>

/** The name of a permission in discord-api-types. */
type PermissionName = keyof typeof PermissionFlagsBits

/** What decides what a member may do in a channel, as Discord sent it. */
interface Access {
  readonly guildId: Snowflake
  /** The roles of the guild. */
  readonly roles: unknown
  readonly member: Payload
  /** The id of the member. */
  readonly userId: Snowflake
  /** The channel; that of a thread. */
  readonly channel: Payload
}

/**
 * A member's permissions in a channel: those of their roles, changed by the overwrite for @everyone, then by those for
 * their roles, then by the member's own. Administrators have all.
 * https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export function permissionsIn({ guildId, roles, member, userId, channel }: Access): bigint {
  const held: readonly unknown[] = [guildId, ...(Array.isArray(member.roles) ? member.roles : [])]
  const base = union(
    recordsIn(roles).filter(({ id }) => held.includes(id)),
    'permissions',
  )
  if (base & PermissionFlagsBits.Administrator) return ~0n
  const overwrites = recordsIn(channel.permission_overwrites)
  const ofRoles = overwrites.filter(({ type }) => type === OverwriteType.Role)
  const steps = [
    ofRoles.filter(({ id }) => id === guildId),
    ofRoles.filter(({ id }) => id !== guildId && held.includes(id)),
    overwrites.filter(({ type, id }) => type === OverwriteType.Member && id === userId),
  ]
  return steps.reduce((all, step) => (all & ~union(step, 'deny')) | union(step, 'allow'), base)
}

const VOICE: readonly unknown[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice]

const THREADS: readonly unknown[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]

export function isThread({ type }: Payload): boolean {
  return THREADS.includes(type)
}

/**
 * The permissions that posting takes, the most important first.
 * https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags
 * @param place the channel or thread
 */
export function neededIn(place: Payload, { hasFiles }: { readonly hasFiles: boolean }): PermissionName[] {
  const thread = isThread(place)
  return [
    'ViewChannel',
    ...(VOICE.includes(place.type) ? (['Connect'] as const) : []),
    thread ? 'SendMessagesInThreads' : 'SendMessages',
    ...(thread && isLocked(place) ? (['ManageThreads'] as const) : []),
    'EmbedLinks',
    ...(hasFiles ? (['AttachFiles'] as const) : []),
  ]
}

/** Those of some permissions that are missing. Who cannot view a channel can do nothing there. */
export function missingFrom(permissions: bigint, needed: readonly PermissionName[]): PermissionName[] {
  return needed.filter((name) => (permissions & PermissionFlagsBits[name]) === 0n)
}

function isLocked({ thread_metadata }: Payload): boolean {
  return recordsIn([thread_metadata]).some(({ locked }) => locked === true)
}

function union(payloads: readonly Payload[], key: string): bigint {
  return payloads.reduce((all, payload) => all | bitsOf(payload[key]), 0n)
}

function bitsOf(value: unknown): bigint {
  return typeof value === 'string' && /^\d+$/.test(value) ? BigInt(value) : 0n
}
