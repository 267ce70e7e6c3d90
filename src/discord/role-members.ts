import { DiscordAPIError, type REST, Routes } from 'discord.js'
import type { RoleMembers } from '../../commands/place.ts'
import { isRecord } from '../core/entry.ts'
import type { Log } from '../core/log.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'
import { lacksPermission } from './refusal.ts'

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
    if (!lacksPermission(error)) throw error
    const looked = await Promise.all(candidates.map((id) => memberOf(means, guildId, id)))
    return { members: bearersAmong(looked, roleId), areAll: false }
  }
}

async function fromList(
  { rest, signal }: Means,
  guildId: Snowflake,
  roleId: Snowflake,
): Promise<RoleMembers> {
  const bearers: RoleMembers['members'][number][] = []
  let after: Snowflake = '0'
  for (let seen = 0; seen < MOST_MEMBERS; seen += PAGE_LIMIT) {
    const query = new URLSearchParams({ limit: String(PAGE_LIMIT), after })
    const page: unknown = await rest.get(Routes.guildMembers(guildId), { query, signal })
    const members = Array.isArray(page) ? page : []
    bearers.push(...bearersAmong(members, roleId))
    const last = members.flatMap(userOf).at(-1)
    if (members.length < PAGE_LIMIT || last === undefined) return { members: bearers, areAll: true }
    after = last.id
  }
  return { members: bearers, areAll: false }
}

/** One member as Discord gives it; undefined for one who has left. */
async function memberOf(
  { rest, log, signal }: Means,
  guildId: Snowflake,
  userId: Snowflake,
): Promise<unknown> {
  try {
    return await rest.get(Routes.guildMember(guildId, userId), { signal })
  } catch (error) {
    const hasLeft = error instanceof DiscordAPIError && error.status === 404
    if (!hasLeft) log.warn({ guild: guildId, user: userId, err: error }, 'A member could not be looked up.')
    return undefined
  }
}

function bearersAmong(members: readonly unknown[], roleId: Snowflake): RoleMembers['members'] {
  const bears = (member: unknown) =>
    isRecord(member) && Array.isArray(member.roles) && member.roles.includes(roleId)
  return members.filter(bears).flatMap(userOf)
}

function userOf(member: unknown): RoleMembers['members'] {
  const user = isRecord(member) && isRecord(member.user) ? member.user : {}
  return isSnowflake(user.id) ? [{ id: user.id, isBot: user.bot === true }] : []
}
