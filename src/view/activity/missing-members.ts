import type { RoleMembers } from '../../core/query/find-moderators.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { formatNumber } from '../../core/text/numbers.ts'

const NO_LIST =
  'Custos cannot see the member list of this server, so only members who have acted are listed. To list all, the ' +
  'operator can turn on **Server Members Intent** on the Bot page of the Custos application.'

/**
 * A line that says how many members of a role are listed, and why not all of them. Empty if all are.
 * @param retry what to do if there was no time to look up all of them
 */
export function missingMembers(
  roleId: Snowflake | undefined,
  found: RoleMembers | undefined,
  retry: string,
): string[] {
  if (roleId === undefined || found?.lacks === undefined) return []
  const { members, holders, lacks } = found
  const reason = lacks === 'list' ? NO_LIST : `Not every member could be looked up in time. ${retry}`
  if (holders === undefined) return [`⚠️ ${reason}`]
  const known = `${formatNumber(members.length)} of the ${formatNumber(holders)} members with <@&${roleId}>`
  return [`⚠️ ${known} are listed. ${reason}`]
}

/**
 * The line that says that it is not known who has a role.
 * @param retry what to do about it
 */
export function unknownMembers(roleId: Snowflake, retry: string): string {
  return `⚠️ Discord did not say who has <@&${roleId}>, so this is about all moderators. ${retry}`
}
