import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js'
import type { RoleMembers } from '../../commands/place.ts'
import type { Clock } from '../core/clock.ts'
import { isRecord } from '../core/entry.ts'
import type { Log } from '../core/log.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { UserError } from '../core/user-error.ts'
import type { ReadBudget } from '../sync/read-budget.ts'
import { BearersFound, userIdOf } from './bearers-found.ts'
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

/** What a reading is about: whose bearers, in which guild, among whom. */
interface Wanted {
  readonly guildId: Snowflake
  readonly roleId: Snowflake
  /** Who is looked up where Discord shows no list. */
  readonly candidates: readonly Snowflake[]
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
    const reading = this.#inTime((signal) => this.#read({ guildId, roleId, candidates, signal }))
    const result = this.#means.budget.first(reading).finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, result)
    return result
  }

  /** Does something with a signal that aborts when it takes too long. */
  async #inTime<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { clock, signal } = this.#means
    const late = new AbortController()
    const limited = AbortSignal.any([signal, late.signal])
    clock.sleep(PATIENCE, limited).then(
      () => late.abort(),
      () => {},
    )
    try {
      return await act(limited)
    } finally {
      late.abort()
    }
  }

  async #read(wanted: Wanted): Promise<RoleMembers> {
    const found = new BearersFound(wanted.roleId, await this.#count(wanted))
    const lacks = await this.#find(wanted, found)
    return { members: found.members, bearers: found.bearers, lacks: found.areAll ? undefined : lacks }
  }

  /**
   * How many bear the role by Discord's count, which needs no privileged intent; undefined where it did not say.
   * https://docs.discord.com/developers/resources/guild#get-guild-role-member-counts
   */
  async #count({ guildId, roleId, signal }: Wanted): Promise<number | undefined> {
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
  async #find(wanted: Wanted, found: BearersFound): Promise<RoleMembers['lacks']> {
    try {
      return await this.#fromList(wanted, found).catch((error: unknown) => {
        if (!lacksPermission(error)) throw error
        return this.#fromCandidates(wanted, found)
      })
    } catch (error) {
      this.#means.log.warn({ guild: wanted.guildId, err: error }, 'Not all members could be read.')
      // That nobody bears the role would be no more than a guess.
      if (found.members.length === 0) throw new UserError(NOT_ASKED)
      return 'time'
    }
  }

  /** Reads the member list page by page, until all who bear the role are found. */
  async #fromList({ guildId, signal }: Wanted, found: BearersFound): Promise<undefined> {
    let after: Snowflake = '0'
    while (!found.areAll) {
      const query = new URLSearchParams({ limit: String(PAGE_LIMIT), after })
      const page = await this.#get(Routes.guildMembers(guildId), signal, query)
      if (!Array.isArray(page)) throw new Error('Discord answered with something that is no list of members.')
      for (const member of page) found.see(member)
      const last = userIdOf(page.at(-1))
      if (page.length < PAGE_LIMIT || last === undefined) return
      after = last
    }
  }

  /** Looks up one candidate after the other, until all who bear the role are found. */
  async #fromCandidates({ guildId, candidates, signal }: Wanted, found: BearersFound): Promise<'list'> {
    for (const id of candidates) {
      if (found.areAll) break
      found.see(await this.#get(Routes.guildMember(guildId, id), signal).catch(unlessGone))
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

/** Nobody stands in the place of a member who has left. @throws what was thrown for any other reason */
function unlessGone(error: unknown): undefined {
  const { UnknownMember, UnknownUser } = RESTJSONErrorCodes
  const isGone =
    error instanceof DiscordAPIError && (error.code === UnknownMember || error.code === UnknownUser)
  if (!isGone) throw error
}
