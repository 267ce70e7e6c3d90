import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js'
import type { RoleMembers } from '../../command/context.ts'
import { isRecord } from '../../core/json.ts'
import type { Log } from '../../core/log.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import type { ReadBudget } from '../../sync/read-budget.ts'
import { lacksPermission } from './errors.ts'

/** The most members Discord gives at once. */
const PAGE_LIMIT = 1000

interface Deps {
  readonly rest: REST
  /** What may be asked of Discord: members are read within it. */
  readonly budget: ReadBudget
  readonly log: Log
  /** Aborts when the reading is to end, finished or not. */
  readonly signal: AbortSignal
}

/** Whose holders are wanted, in which guild. */
interface Wanted {
  readonly guildId: Snowflake
  readonly roleId: Snowflake
  /** Who is looked up where Discord shows no list. */
  readonly candidates: readonly Snowflake[]
}

/**
 * One reading of who has a role. Discord gives its member list only to bots with the privileged Server Members
 * intent; without it each candidate is looked up, which any bot may do.
 * https://docs.discord.com/developers/resources/guild#list-guild-members
 */
export class RoleReading {
  /** Resolves when it is over, with why there may be more who have the role. */
  readonly over: Promise<RoleMembers['lacks']>
  readonly #deps: Deps
  readonly #wanted: Wanted
  readonly #found = new Map<Snowflake, RoleMembers['members'][number]>()
  #holders: number | undefined

  constructor(deps: Deps, wanted: Wanted) {
    this.#deps = deps
    this.#wanted = wanted
    this.over = this.#read()
  }

  /** Those found so far. */
  get members(): RoleMembers['members'] {
    return [...this.#found.values()]
  }

  /** How many have the role by Discord's count; undefined where it has not said. */
  get holders(): number | undefined {
    return this.#holders
  }

  get #hasAll(): boolean {
    return this.#holders !== undefined && this.#found.size >= this.#holders
  }

  async #read(): Promise<RoleMembers['lacks']> {
    this.#holders = await this.#count()
    try {
      const lacks = await this.#fromList().catch((error: unknown) => {
        if (!lacksPermission(error)) throw error
        return this.#fromCandidates()
      })
      return this.#hasAll ? undefined : lacks
    } catch (error) {
      this.#deps.log.warn({ guild: this.#wanted.guildId, err: error }, 'Not all members could be read.')
      return 'time'
    }
  }

  /**
   * How many have the role, which needs no privileged intent; undefined where Discord did not say.
   * https://docs.discord.com/developers/resources/guild#get-guild-role-member-counts
   */
  async #count(): Promise<number | undefined> {
    const { guildId, roleId } = this.#wanted
    try {
      const counts = await this.#get(`/guilds/${guildId}/roles/member-counts`)
      const count = isRecord(counts) ? counts[roleId] : undefined
      return typeof count === 'number' ? count : undefined
    } catch (error) {
      this.#deps.log.debug({ guild: guildId, err: error }, 'Discord did not say how many have a role.')
      return undefined
    }
  }

  /** Reads the member list page by page, until all who have the role are found. */
  async #fromList(): Promise<undefined> {
    const route = Routes.guildMembers(this.#wanted.guildId)
    let after: Snowflake = '0'
    while (!this.#hasAll) {
      const page = await this.#get(route, new URLSearchParams({ limit: String(PAGE_LIMIT), after }))
      if (!Array.isArray(page)) throw new Error('Discord answered with something that is no list of members.')
      for (const member of page) this.#see(member)
      const last = userIdOf(page.at(-1))
      if (page.length < PAGE_LIMIT || last === undefined) return
      after = last
    }
  }

  /** Looks up one candidate after the other, until all who have the role are found. */
  async #fromCandidates(): Promise<'list'> {
    const { guildId, candidates } = this.#wanted
    for (const id of candidates) {
      if (this.#hasAll) break
      this.#see(await this.#get(Routes.guildMember(guildId, id)).catch(unlessGone))
    }
    return 'list'
  }

  async #get(route: `/${string}`, query?: URLSearchParams): Promise<unknown> {
    const { rest, budget, signal } = this.#deps
    await budget.take(signal)
    return rest.get(route, { signal, ...(query && { query }) })
  }

  /** Looks at a member as Discord gives it. */
  #see(member: unknown): void {
    const { roleId } = this.#wanted
    if (!isRecord(member) || !Array.isArray(member.roles) || !member.roles.includes(roleId)) return
    const id = userIdOf(member)
    const isBot = isRecord(member.user) && member.user.bot === true
    if (id !== undefined) this.#found.set(id, { id, isBot })
  }
}

function userIdOf(member: unknown): Snowflake | undefined {
  const user = isRecord(member) && isRecord(member.user) ? member.user : {}
  return isSnowflake(user.id) ? user.id : undefined
}

/** Nobody stands in the place of a member who has left. @throws what was thrown for any other reason */
function unlessGone(error: unknown): undefined {
  const { UnknownMember, UnknownUser } = RESTJSONErrorCodes
  const isGone =
    error instanceof DiscordAPIError && (error.code === UnknownMember || error.code === UnknownUser)
  if (!isGone) throw error
}
