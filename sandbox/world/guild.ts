import { type APIGuildMember, type APIRole, type APIUser, PermissionFlagsBits } from 'discord-api-types/v10'
import { AuditLog } from './audit-log.ts'
import type { Channel, Thread } from './channels.ts'

const EVERY_PERMISSION = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n)

/** A bit set in which no flag is set; typed as a number because each payload has its own enum. */
export const NO_FLAGS: number = 0

interface GuildInit {
  readonly id: string
  readonly name: string
  readonly ownerId: string
}

/** A resource of a guild that is no role, channel or member, such as a webhook. */
interface GuildResource {
  readonly type: string
  readonly values: Readonly<Record<string, unknown>>
}

/** A guild's state and its audit log. */
export class Guild {
  readonly id: string
  name: string
  ownerId: string
  verificationLevel = 1
  /** False during an outage of this guild. */
  available = true
  readonly log = new AuditLog()
  readonly roles = new Map<string, APIRole>()
  readonly channels = new Map<string, Channel>()
  readonly threads = new Map<string, Thread>()
  readonly members = new Map<string, APIGuildMember>()
  /** Whether GUILD_CREATE lists all members, as it does for bots with privileged intents. */
  listsMembers = false
  readonly bans = new Set<string>()
  /** Webhooks, emojis, AutoMod rules and so on, by id. */
  readonly resources = new Map<string, GuildResource>()

  constructor({ id, name, ownerId }: GuildInit) {
    this.id = id
    this.name = name
    this.ownerId = ownerId
    this.roles.set(id, newRole({ id, name: '@everyone', permissions: EVERYONE }))
  }

  addMember(user: APIUser, roles: readonly string[], joinedAt: number): APIGuildMember {
    const member: APIGuildMember = {
      user,
      nick: null,
      avatar: null,
      banner: null,
      roles: [...roles],
      joined_at: isoTime(joinedAt),
      premium_since: null,
      deaf: false,
      mute: false,
      pending: false,
      flags: NO_FLAGS,
      communication_disabled_until: null,
    }
    this.members.set(user.id, member)
    return member
  }

  /** A member's guild-wide permissions. Channel overwrites can narrow them, except View Audit Log. */
  permissionsOf(userId: string): bigint {
    if (userId === this.ownerId) return EVERY_PERMISSION
    const roles = [this.id, ...(this.members.get(userId)?.roles ?? [])]
    const granted = roles.reduce((all, id) => all | BigInt(this.roles.get(id)?.permissions ?? 0), 0n)
    return granted & PermissionFlagsBits.Administrator ? EVERY_PERMISSION : granted
  }

  may(userId: string, permission: bigint): boolean {
    return (this.permissionsOf(userId) & permission) === permission
  }
}

const EVERYONE =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands |
  PermissionFlagsBits.CreateInstantInvite |
  PermissionFlagsBits.ChangeNickname |
  PermissionFlagsBits.Connect |
  PermissionFlagsBits.Speak |
  PermissionFlagsBits.CreatePublicThreads

export function newRole(given: {
  id: string
  name: string
  permissions?: bigint
  color?: number
  position?: number
  managed?: boolean
}): APIRole {
  const { id, name, permissions = 0n, color = 0, position = 0, managed = false } = given
  return {
    id,
    name,
    permissions: String(permissions),
    color,
    colors: { primary_color: color, secondary_color: null, tertiary_color: null },
    position,
    hoist: position > 1,
    managed,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: NO_FLAGS,
  }
}

/** A time in Discord's format: `2026-11-24T02:30:00.000000+00:00`. */
export function isoTime(time: number): string {
  return new Date(time).toISOString().replace('Z', '000+00:00')
}
