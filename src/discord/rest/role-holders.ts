import type { REST } from 'discord.js'
import type { Clock } from '../../core/clock.ts'
import { UserError } from '../../core/errors.ts'
import { inTime } from '../../core/in-time.ts'
import type { Log } from '../../core/log.ts'
import type { RoleMembers } from '../../core/query/find-moderators.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { ReadBudget } from '../../sync/budget/read-budget.ts'
import { RoleReading } from './role-reading.ts'

/** How long an answer waits for members, in milliseconds. After that it uses those found so far. */
const ANSWER_TIMEOUT = 5000

/** How long a reading may take, in milliseconds. */
const READING_TIMEOUT = 120_000

/** How long the result of a reading that was too slow for an answer is stored for the next one, in milliseconds. */
const RESULT_LIFETIME = 120_000

interface Deps {
  readonly rest: REST
  readonly budget: ReadBudget
  /** The host's clock. Only elapsed time is used. */
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Finds the members with a role. Answers that need the same role share one reading, which outlasts a slow answer. */
export class RoleHolders {
  readonly #deps: Deps
  readonly #readings = new Map<string, RoleReading>()
  /** Readings that were too slow for an answer. */
  readonly #slow = new WeakSet<RoleReading>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /**
   * The members with a role, and how many there are.
   * @param candidates the members to look up if Discord does not give the member list
   * @throws UserError when Discord did not answer
   */
  async of(guildId: Snowflake, roleId: Snowflake, candidates: readonly Snowflake[]): Promise<RoleMembers> {
    const key = `${guildId} ${roleId}`
    const reading = this.#readings.get(key) ?? this.#begin(key, { guildId, roleId, candidates })
    const lacks = await this.#wait(reading)
    const { members, holders } = reading
    // It is not known whether anyone has the role.
    if (lacks === 'time' && members.length === 0) throw new UserError(UNAVAILABLE)
    return { members, holders, lacks }
  }

  #begin(key: string, target: ConstructorParameters<typeof RoleReading>[1]): RoleReading {
    const { clock, signal } = this.#deps
    const ended = new AbortController()
    const limited = AbortSignal.any([signal, ended.signal])
    const reading = new RoleReading({ ...this.#deps, signal: limited }, target)
    this.#readings.set(key, reading)
    clock.sleep(READING_TIMEOUT, limited).then(
      () => ended.abort(),
      () => {},
    )
    void reading.over.then(async () => {
      ended.abort()
      if (this.#slow.has(reading)) await clock.sleep(RESULT_LIFETIME, signal).catch(() => {})
      this.#readings.delete(key)
    })
    return reading
  }

  /** Waits for a reading as long as an answer can. */
  #wait(reading: RoleReading): Promise<RoleMembers['lacks']> {
    const { clock, signal } = this.#deps
    return inTime(
      { clock, timeout: ANSWER_TIMEOUT, signal },
      () => reading.over,
      () => {
        this.#slow.add(reading)
        return 'time' as const
      },
    )
  }
}

const UNAVAILABLE = 'Discord did not say who has this role. Try again later.'
