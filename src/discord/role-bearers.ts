import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js'
import type { RoleMembers } from '../../commands/place.ts'
import type { Clock } from '../core/clock.ts'
import { isRecord } from '../core/entry.ts'
import type { Log } from '../core/log.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'
import { UserError } from '../core/user-error.ts'
import type { ReadBudget } from '../sync/read-budget.ts'
import { lacksPermission } from './refusal.ts'

/** The most members Discord gives at once. */
const PAGE_LIMIT = 1000

/** For how long members are read, in milliseconds; then the answer goes by those found so far. */
const PATIENCE = 5000

interface Means {
  readonly rest: REST
  /** What may be asked of Discord: members are read within it. */
  readonly budget: ReadBudget
  /** What waiting is measured by. */
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** A reading of who bears a role, as far as it has come. */
interface Reading {
  readonly guildId: Snowflake
  readonly roleId: Snowflake
  readonly found: Map<Snowflake, RoleMembers['members'][number]>
  /** How many bear the role by Discord's count. */
  readonly bearers: number | undefined
  /** Aborts when there is no more time. */
  readonly signal: AbortSignal
}

/** Tells who bears a role. Those who ask at the same time share one reading. */
export class RoleBearers {
  readonly #means: Means
  readonly #underWay = new Map<string, Promise<RoleMembers>>()

  constructor(means: Means) {
    this.#means = means
  }

  /**
   * Who bears a role, and how many do. Discord gives its member list only to bots with the privileged Server Members
   * intent; without it each candidate is looked up, which any bot may do.
   * https://docs.discord.com/developers/resources/guild#list-guild-members
   * @throws UserError when Discord could not be asked
   */
  of(guildId: Snowflake, roleId: Snowflake, candidates: readonly Snowflake[]): Promise<RoleMembers> {
    const key = `${guildId} ${roleId}`
    const underWay = this.#underWay.get(key)
    if (underWay) return underWay
    const reading = this.#means.budget
      .first(this.#read(guildId, roleId, candidates))
      .finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, reading)
    return reading
  }

  async #read(guildId: Snowflake, roleId: Snowflake, candidates: readonly Snowflake[]): Promise<RoleMembers> {
    const late = new AbortController()
    const signal = AbortSignal.any([this.#means.signal, late.signal])
    this.#means.clock.sleep(PATIENCE, signal).then(
      () => late.abort(),
      () => {},
    )
    try {
      const bearers = await this.#count(guildId, roleId, signal)
      const reading: Reading = { guildId, roleId, found: new Map(), bearers, signal }
      const lacks = isWhole(reading) ? undefined : await this.#find(reading, candidates)
      return { members: [...reading.found.values()], bearers, lacks: isWhole(reading) ? undefined : lacks }
    } finally {
      late.abort()
    }
  }

  /**
   * How many bear a role by Discord's count, which needs no privileged intent; undefined where it did not say.
   * https://docs.discord.com/developers/resources/guild#get-guild-role-member-counts
   */
  async #count(guildId: Snowflake, roleId: Snowflake, signal: AbortSignal): Promise<number | undefined> {
    try {
      const counts = await this.#get(`/guilds/${guildId}/roles/member-counts`, signal)
      const count = isRecord(counts) ? counts[roleId] : undefined
      return typeof count === 'number' ? count : undefined
    } catch (error) {
      this.#means.log.debug({ guild: guildId, err: error }, 'Discord did not say how many bear a role.')
      return undefined
    }
  }

  /** Finds those who bear the role. Gives why there may be more of them. */
  async #find(reading: Reading, candidates: readonly Snowflake[]): Promise<RoleMembers['lacks']> {
    const { guildId, found } = reading
    try {
      return await this.#fromList(reading).catch((error: unknown) => {
        if (!lacksPermission(error)) throw error
        return this.#fromCandidates(reading, candidates)
      })
    } catch (error) {
      this.#means.log.warn({ guild: guildId, err: error }, 'Not all members could be read.')
      // That nobody bears the role would be no more than a guess.
      if (found.size === 0 && !isWhole(reading)) throw new UserError(NOT_ASKED)
      return 'time'
    }
  }

  /** Reads the member list page by page, until all who bear the role are found. */
  async #fromList(reading: Reading): Promise<undefined> {
    const { guildId, signal } = reading
    let after: Snowflake = '0'
    while (!isWhole(reading)) {
      const query = new URLSearchParams({ limit: String(PAGE_LIMIT), after })
      const page = await this.#get(Routes.guildMembers(guildId), signal, query)
      if (!Array.isArray(page)) throw new Error('Discord answered with something that is no list of members.')
      for (const member of page) keepBearer(reading, member)
      const last = page.flatMap(userOf).at(-1)
      if (page.length < PAGE_LIMIT || last === undefined) return
      after = last.id
    }
  }

  /** Looks up one candidate after the other, a few at a time, until all who bear the role are found. */
  async #fromCandidates(reading: Reading, candidates: readonly Snowflake[]): Promise<'list'> {
    const { guildId, signal } = reading
    for (const id of candidates) {
      if (isWhole(reading)) break
      keepBearer(reading, await this.#get(Routes.guildMember(guildId, id), signal).catch(unlessGone))
    }
    return 'list'
  }

  async #get(route: `/${string}`, signal: AbortSignal, query?: URLSearchParams): Promise<unknown> {
    const { rest, budget } = this.#means
    await budget.take(signal)
    return rest.get(route, { signal, ...(query && { query }) })
  }
}

const NOT_ASKED = 'Discord could not be asked who has this role. Ask again in a minute.'

/** Whether all who bear the role are found, by Discord's own count. */
function isWhole({ found, bearers }: Reading): boolean {
  return bearers !== undefined && found.size >= bearers
}

function keepBearer({ found, roleId }: Reading, member: unknown): void {
  if (!isRecord(member) || !Array.isArray(member.roles) || !member.roles.includes(roleId)) return
  for (const user of userOf(member)) found.set(user.id, user)
}

function userOf(member: unknown): RoleMembers['members'] {
  const user = isRecord(member) && isRecord(member.user) ? member.user : {}
  return isSnowflake(user.id) ? [{ id: user.id, isBot: user.bot === true }] : []
}

/** Nobody stands in the place of a member who has left. @throws what was thrown for any other reason */
function unlessGone(error: unknown): undefined {
  const { UnknownMember, UnknownUser } = RESTJSONErrorCodes
  const isGone =
    error instanceof DiscordAPIError && (error.code === UnknownMember || error.code === UnknownUser)
  if (!isGone) throw error
}
