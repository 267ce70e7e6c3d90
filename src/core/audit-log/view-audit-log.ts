import { PermissionFlagsBits } from 'discord-api-types/v10'
import type { Snowflake } from '../snowflake.ts'

/** What a member's permissions in a guild come from. */
export interface MemberAccess {
  readonly guildId: Snowflake
  readonly memberId: Snowflake
  /** Undefined where it is not known. */
  readonly ownerId: Snowflake | undefined
  /** The roles the member bears, without @everyone; undefined where they are not known. */
  readonly memberRoles: readonly Snowflake[] | undefined
  /** The permission bits of each role that is known, @everyone among them, whose id is the guild's. */
  readonly permissions: ReadonlyMap<Snowflake, bigint | undefined>
}

const GRANTS = PermissionFlagsBits.ViewAuditLog | PermissionFlagsBits.Administrator

/**
 * Whether a member may view a guild's audit log; undefined where what is known does not tell.
 * https://docs.discord.com/developers/topics/permissions#permission-hierarchy
 */
export function mayViewAuditLog(access: MemberAccess): boolean | undefined {
  const { guildId, memberId, ownerId, memberRoles, permissions } = access
  if (memberId === ownerId) return true
  const granting = [guildId, ...(memberRoles ?? [])].map((id) => permissions.get(id))
  if (granting.some((bits) => bits !== undefined && (bits & GRANTS) !== 0n)) return true
  const isAllKnown = memberRoles !== undefined && ownerId !== undefined && !granting.includes(undefined)
  return isAllKnown ? false : undefined
}
