import { AuditLogEvent, PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import type { Entry } from '../../audit-log/entry.ts'
import { Kind } from '../../audit-log/kind.ts'
import { readBits } from '../../audit-log/named-bits.ts'
import { recordsIn } from '../../json.ts'
import { isSnowflake, type Snowflake } from '../../snowflake.ts'

/** The permissions with which a member can do great damage to a server. */
const DANGEROUS =
  Bits.Administrator |
  Bits.ManageGuild |
  Bits.ManageRoles |
  Bits.ManageChannels |
  Bits.BanMembers |
  Bits.KickMembers |
  Bits.ManageWebhooks |
  Bits.MentionEveryone

/** The permission bits of the roles of a guild. */
export type RolePermissions = ReadonlyMap<Snowflake, bigint>

/** The kinds of action that can give a dangerous permission. */
export const GIVING_PERMISSIONS: readonly number[] = [
  AuditLogEvent.ChannelOverwriteCreate,
  AuditLogEvent.ChannelOverwriteUpdate,
  AuditLogEvent.MemberRoleUpdate,
  Kind.OwnRoleUpdate,
  AuditLogEvent.RoleCreate,
  AuditLogEvent.RoleUpdate,
]

/**
 * Whether an action gives a dangerous permission: to a role, to a role or member in a channel, or by a role to a member.
 * @param roles what each role permits now. The log does not say what it permitted then
 */
export function givesDanger(entry: Entry, roles: RolePermissions): boolean {
  switch (entry.kind) {
    case AuditLogEvent.RoleCreate:
    case AuditLogEvent.RoleUpdate:
      return isDangerous(bitsSet(entry, 'permissions'))
    case AuditLogEvent.ChannelOverwriteCreate:
    case AuditLogEvent.ChannelOverwriteUpdate:
      return isDangerous(bitsSet(entry, 'allow'))
    case AuditLogEvent.MemberRoleUpdate:
    case Kind.OwnRoleUpdate:
      return rolesAdded(entry).some((id) => isDangerous(roles.get(id) ?? 0n))
    default:
      return false
  }
}

/** Whether an action gives roles to a member: only then do the permissions of the roles matter. */
export function givesRoles(entry: Entry): boolean {
  return rolesAdded(entry).length > 0
}

function isDangerous(bits: bigint): boolean {
  return (bits & DANGEROUS) !== 0n
}

/** The bits of a change that were not set before. */
function bitsSet({ changes }: Entry, key: string): bigint {
  const change = changes.find((each) => each.key === key)
  const before = readBits(change?.old_value ?? 0) ?? 0n
  return (readBits(change?.new_value ?? 0) ?? 0n) & ~before
}

function rolesAdded({ changes }: Entry): Snowflake[] {
  return changes
    .filter(({ key }) => key === '$add')
    .flatMap(({ new_value }) => recordsIn(new_value).map(({ id }) => id))
    .filter(isSnowflake)
}
