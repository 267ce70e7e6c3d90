import { type REST, Routes } from 'discord.js'
import { isRecord } from '../../core/json.ts'
import type { Log } from '../../core/log.ts'
import type { RoleMembers } from '../../core/query/find-moderators.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import type { ReadBudget } from '../../sync/budget/read-budget.ts'
import { isForbidden, isUnknownMember } from './errors.ts'

/** The most members that Discord returns per page. */
const PAGE_LIMIT = 1000

interface Deps {
  readonly rest: REST
  /** Limits the requests to Discord. */
  readonly budget: ReadBudget
  readonly log: Log
  /** Aborts when the reading has to end. */
  readonly signal: AbortSignal
}

interface Target {
  readonly guildId: Snowflake
  readonly roleId: Snowflake
  /** The members to look up if Discord does not give the member list. */
  readonly candidates: readonly Snowflake[]
}

/**
 * Reads which members have a role. Discord gives the member list only to bots with the privileged Server Members intent.
 * Without it, each candidate is looked up, which any bot may do.
 * https://docs.discord.com/developers/resources/guild#list-guild-members
 */
export class RoleReading {
  /** Resolves when it is over, with the reason why members may be missing. */
  readonly over: Promise<RoleMembers['lacks']>
  readonly #deps: Deps
  readonly #target: Target
  readonly #found = new Map<Snowflake, RoleMembers['members'][number]>()
  #holders: number | undefined

  constructor(deps: Deps, target: Target) {
    this.#deps = deps
    this.#target = target
    this.over = this.#read()
  }

  /** The members found so far. */
  get members(): RoleMembers['members'] {
    return [...this.#found.values()]
  }

  /** How many members have the role by Discord's count; undefined if it is not known. */
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
        if (!isForbidden(error)) throw error
        return this.#fromCandidates()
      })
      return this.#hasAll ? undefined : lacks
    } catch (error) {
      this.#deps.log.warn(
        { guild: this.#target.guildId, err: error },
        'Reading the members with a role failed.',
      )
      return 'time'
    }
  }

  /**
   * How many members have the role, which needs no privileged intent; undefined if Discord does not say.
   * https://docs.discord.com/developers/resources/guild#get-guild-role-member-counts
   */
  async #count(): Promise<number | undefined> {
    const { guildId, roleId } = this.#target
    try {
      const counts = await this.#get(`/guilds/${guildId}/roles/member-counts`)
      const count = isRecord(counts) ? counts[roleId] : undefined
      return typeof count === 'number' ? count : undefined
    } catch (error) {
      this.#deps.log.debug({ guild: guildId, err: error }, 'Counting the members with a role failed.')
      return undefined
    }
  }

  /** Reads the member list page by page, until all members with the role are found. */
  async #fromList(): Promise<undefined> {
    const route = Routes.guildMembers(this.#target.guildId)
    let after: Snowflake = '0'
    while (!this.#hasAll) {
      const page = await this.#get(route, new URLSearchParams({ limit: String(PAGE_LIMIT), after }))
      if (!Array.isArray(page)) throw new Error('Discord’s response is not a list of members.')
      for (const member of page) this.#check(member)
      const last = userIdOf(page.at(-1))
      if (page.length < PAGE_LIMIT || last === undefined) return
      after = last
    }
  }

  /** Looks up one candidate after another, until all members with the role are found. */
  async #fromCandidates(): Promise<'list'> {
    const { guildId, candidates } = this.#target
    for (const id of candidates) {
      if (this.#hasAll) break
      const member = await this.#get(Routes.guildMember(guildId, id)).catch((error: unknown) => {
        if (!isUnknownMember(error)) throw error
      })
      this.#check(member)
    }
    return 'list'
  }

  async #get(route: `/${string}`, query?: URLSearchParams): Promise<unknown> {
    const { rest, budget, signal } = this.#deps
    // It can take many requests, and goes on after the answer.
    return budget.run(this.#target.guildId, 'background', () => {
      signal.throwIfAborted()
      return rest.get(route, { signal, ...(query && { query }) })
    })
  }

  /** Adds a member if they have the role. */
  #check(member: unknown): void {
    const { roleId } = this.#target
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
