import { DiscordAPIError, type REST, Routes } from 'discord.js'
import type { RoleMembers } from '../../commands/place.ts'
import { isRecord } from '../core/entry.ts'
import type { Log } from '../core/log.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'
import { isRefusal } from './refusal.ts'

interface Means {
  readonly rest: REST
  readonly log: Log
  readonly signal: AbortSignal
}

/** The most members Discord gives at once. */
const PAGE_LIMIT = 1000

/** How many members are looked at before the rest counts as too many to tell. */
const MOST_MEMBERS = 20_000

/**
 * Who has a role. Discord gives its member list only to bots with the privileged Server Members intent; without it
 * each candidate is looked up by itself, which any bot may do.
 * https://docs.discord.com/developers/resources/guild#list-guild-members
 */
export async function roleMembers(
  means: Means,
  guildId: Snowflake,
  roleId: Snowflake,
  candidates: readonly Snowflake[],
): Promise<RoleMembers> {
  try {
    return await fromList(means, guildId, roleId)
  } catch (error) {
    if (!isRefusal(error)) throw error
    const looked = await Promise.all(candidates.map((id) => hasRole(means, guildId, roleId, id)))
    return { ids: candidates.filter((_, index) => looked[index]), areAll: false }
  }
}

async function fromList(
  { rest, signal }: Means,
  guildId: Snowflake,
  roleId: Snowflake,
): Promise<RoleMembers> {
  const ids: Snowflake[] = []
  let after: Snowflake = '0'
  for (let seen = 0; seen < MOST_MEMBERS; seen += PAGE_LIMIT) {
    const query = new URLSearchParams({ limit: String(PAGE_LIMIT), after })
    const page = await rest.get(Routes.guildMembers(guildId), { query, signal })
    const members = Array.isArray(page) ? page.filter(isRecord) : []
    ids.push(...members.filter((member) => bears(member, roleId)).flatMap(idOf))
    const last = members.flatMap(idOf).at(-1)
    if (members.length < PAGE_LIMIT || last === undefined) return { ids, areAll: true }
    after = last
  }
  return { ids, areAll: false }
}

async function hasRole(
  { rest, log, signal }: Means,
  guildId: Snowflake,
  roleId: Snowflake,
  userId: Snowflake,
): Promise<boolean> {
  try {
    const member = await rest.get(Routes.guildMember(guildId, userId), { signal })
    return isRecord(member) && bears(member, roleId)
  } catch (error) {
    const hasLeft = error instanceof DiscordAPIError && error.status === 404
    if (!hasLeft) log.warn({ guild: guildId, user: userId, err: error }, 'A member could not be looked up.')
    return false
  }
}

function bears({ roles }: Readonly<Record<string, unknown>>, roleId: Snowflake): boolean {
  return Array.isArray(roles) && roles.includes(roleId)
}

function idOf({ user }: Readonly<Record<string, unknown>>): Snowflake[] {
  return isRecord(user) && isSnowflake(user.id) ? [user.id] : []
}
