import { type REST, Routes } from 'discord.js'
import type { Clock } from '../../core/clock.ts'
import { inTime } from '../../core/in-time.ts'
import { isRecord, recordsIn } from '../../core/json.ts'
import type { Log } from '../../core/log.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import { MINUTE, SECOND } from '../../core/time/units.ts'
import type { RolePermissions } from '../../core/watch/alerts/dangerous-permissions.ts'
import type { ReadBudget } from '../../sync/budget/read-budget.ts'
import { isUnknownMember } from './errors.ts'

/** How long what was read is used, in milliseconds. What a role permits may have been changed to be misused at once. */
const ROLES_LIFETIME = 5 * SECOND
const MEMBER_LIFETIME = MINUTE

/** How long a read may take, in milliseconds: an alert waits for it. */
const TIMEOUT = 3 * SECOND

interface Deps {
  readonly rest: REST
  readonly budget: Pick<ReadBudget, 'run'>
  /** The host's clock. Only elapsed time is used. */
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Reads from Discord which roles guilds and members have. What is needed again soon is read once. */
export class GuildRoles {
  readonly #deps: Deps
  /** By path. */
  readonly #read = new Map<string, { readonly until: number; readonly response: Promise<unknown> }>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** What each role of a guild permits. @throws if Discord does not say */
  async permissionsIn(guildId: Snowflake): Promise<RolePermissions> {
    const roles = await this.#get(guildId, Routes.guildRoles(guildId), ROLES_LIFETIME)
    if (!Array.isArray(roles)) throw new Error('Discord’s response is not a list of roles.')
    return new Map(
      recordsIn(roles).flatMap(({ id, permissions }) =>
        isSnowflake(id) && typeof permissions === 'string' && /^\d+$/.test(permissions)
          ? [[id, BigInt(permissions)]]
          : [],
      ),
    )
  }

  /** The roles of a user in a guild; none if they are not in it. @throws if Discord does not say */
  async rolesOf(guildId: Snowflake, userId: Snowflake): Promise<readonly Snowflake[]> {
    try {
      const member = await this.#get(guildId, Routes.guildMember(guildId, userId), MEMBER_LIFETIME)
      const roles = isRecord(member) ? member.roles : undefined
      if (!Array.isArray(roles)) throw new Error('Discord’s response is not a member.')
      return roles.filter(isSnowflake)
    } catch (error) {
      if (isUnknownMember(error)) return []
      throw error
    }
  }

  #get(guildId: Snowflake, path: `/${string}`, lifetime: number): Promise<unknown> {
    const { budget, clock, log, rest, signal } = this.#deps
    this.#dropOld()
    const known = this.#read.get(path)
    if (known) return known.response
    const response = inTime(
      { clock, timeout: TIMEOUT, signal },
      (over) => budget.run(guildId, 'answer', () => rest.get(path, { signal: over })),
      () => {
        throw new Error('Discord did not respond in time.')
      },
    )
    this.#read.set(path, { until: clock.elapsed() + lifetime, response })
    // What failed is read again by the next that needs it.
    response.catch((error: unknown) => {
      if (isUnknownMember(error)) return
      this.#read.delete(path)
      if (!signal.aborted) log.warn({ guild: guildId, err: error }, 'Reading roles failed.')
    })
    return response
  }

  #dropOld(): void {
    const now = this.#deps.clock.elapsed()
    for (const [path, { until }] of this.#read) if (until <= now) this.#read.delete(path)
  }
}
