import type { REST } from 'discord.js'
import type { RoleMembers } from '../../command/context.ts'
import type { Clock } from '../../core/clock.ts'
import { UserError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { ReadBudget } from '../../sync/read-budget.ts'
import { RoleReading } from './role-reading.ts'

/** For how long an answer waits for members, in milliseconds; then it goes by those found so far. */
const PATIENCE = 5000

/** For how long members are read in all, in milliseconds. */
const LONGEST = 120_000

/** For how long what an answer did not wait for is kept for those who ask again, in milliseconds. */
const KEPT = 120_000

interface Deps {
  readonly rest: REST
  readonly budget: ReadBudget
  /** What waiting is measured by. */
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Tells who has a role. Those who ask while it is read share one reading, which goes on when an answer cannot wait. */
export class RoleHolders {
  readonly #deps: Deps
  readonly #readings = new Map<string, RoleReading>()
  /** Readings that an answer did not wait for. */
  readonly #overdue = new WeakSet<RoleReading>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /**
   * Who has a role, and how many do.
   * @param candidates who is looked up where Discord does not show its member list
   * @throws UserError when Discord could not be asked
   */
  async of(guildId: Snowflake, roleId: Snowflake, candidates: readonly Snowflake[]): Promise<RoleMembers> {
    const key = `${guildId} ${roleId}`
    const reading = this.#readings.get(key) ?? this.#begin(key, { guildId, roleId, candidates })
    const lacks = await this.#deps.budget.prioritize(this.#within(PATIENCE, reading))
    const { members, holders } = reading
    // That nobody has the role would be no more than a guess.
    if (lacks === 'time' && members.length === 0) throw new UserError(NOT_ASKED)
    return { members, holders, lacks }
  }

  #begin(key: string, wanted: ConstructorParameters<typeof RoleReading>[1]): RoleReading {
    const { clock, signal } = this.#deps
    const ended = new AbortController()
    const limited = AbortSignal.any([signal, ended.signal])
    const reading = new RoleReading({ ...this.#deps, signal: limited }, wanted)
    this.#readings.set(key, reading)
    clock.sleep(LONGEST, limited).then(
      () => ended.abort(),
      () => {},
    )
    reading.over.then(async () => {
      ended.abort()
      if (this.#overdue.has(reading)) await clock.sleep(KEPT, signal).catch(() => {})
      this.#readings.delete(key)
    })
    return reading
  }

  /** Waits for a reading, and no longer than so many milliseconds. */
  async #within(milliseconds: number, reading: RoleReading): Promise<RoleMembers['lacks']> {
    const { clock, signal } = this.#deps
    const waited = new AbortController()
    const late = clock.sleep(milliseconds, AbortSignal.any([signal, waited.signal])).then(
      () => {
        this.#overdue.add(reading)
        return 'time' as const
      },
      () => reading.over,
    )
    const lacks = await Promise.race([reading.over, late])
    waited.abort()
    return lacks
  }
}

const NOT_ASKED = 'Discord could not be asked who has this role. Ask again later.'
