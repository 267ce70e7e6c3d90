import { PermissionFlagsBits } from 'discord-api-types/v10'
import type { Snowflake } from '../snowflake.ts'

/** What a member's permissions in a guild depend on. */
export interface MemberAccess {
  readonly guildId: Snowflake
  readonly memberId: Snowflake
  /** Undefined if not known. */
  readonly ownerId: Snowflake | undefined
  /** The member's roles without @everyone; undefined if not known. */
  readonly memberRoles: readonly Snowflake[] | undefined
  /** The permission bits of each known role, including @everyone, whose id is the guild's. */
  readonly permissions: ReadonlyMap<Snowflake, bigint | undefined>
}

const GRANTS = PermissionFlagsBits.ViewAuditLog | PermissionFlagsBits.Administrator

/** Whether a role with these permission bits lets its members view the audit log. */
export function grantsViewAuditLog(bits: bigint): boolean {
  return (bits & GRANTS) !== 0n
}

/**
 * Whether a member may view a guild's audit log; undefined if that does not follow from what is known.
 * https://docs.discord.com/developers/topics/permissions#permission-hierarchy
 */
export function mayViewAuditLog(access: MemberAccess): boolean | undefined {
  const { guildId, memberId, ownerId, memberRoles, permissions } = access
  if (memberId === ownerId) return true
  const granting = [guildId, ...(memberRoles ?? [])].map((id) => permissions.get(id))
  if (granting.some((bits) => bits !== undefined && grantsViewAuditLog(bits))) return true
  const isAllKnown = memberRoles !== undefined && ownerId !== undefined && !granting.includes(undefined)
  return isAllKnown ? false : undefined
}
