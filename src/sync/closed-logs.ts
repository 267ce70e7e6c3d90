import type { Clock } from '../core/clock.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { LogLimited, type LogUnavailable } from './audit-log-source.ts'

interface Closure {
  readonly error: LogUnavailable
  readonly since: number
  /** In milliseconds since the Unix epoch. */
  readonly until: number
}

/** Which logs Discord does not give for a known time, so that none is asked for before. */
export class ClosedLogs {
  readonly #clock: Clock
  readonly #closures = new Map<Snowflake | 'all', Closure>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Throws why a guild's log is closed, while it is. A clock that was put back does not keep it closed for longer. */
  check(guildId: Snowflake): void {
    const closure = this.#of(guildId)
    if (closure) throw closure.error
  }

  /** When a guild's log can be read again, in milliseconds since the Unix epoch; undefined where that is not known. */
  until(guildId: Snowflake): number | undefined {
    const until = this.#of(guildId)?.until
    return until === Number.POSITIVE_INFINITY ? undefined : until
  }

  /** Remembers what Discord has just said. */
  note(guildId: Snowflake, error: LogUnavailable): void {
    const since = this.#clock.now()
    if (error instanceof LogLimited) {
      this.#closures.set(error.isForAll ? 'all' : guildId, { error, since, until: error.until })
    } else if (error.why === 'absent') {
      this.#closures.set(guildId, { error, since, until: Number.POSITIVE_INFINITY })
    }
  }

  /** The bot is in a guild again. A limit stands nonetheless. */
  reopen(guildId: Snowflake): void {
    if (this.#closures.get(guildId)?.until === Number.POSITIVE_INFINITY) this.#closures.delete(guildId)
  }

  /** The bot is no longer in a guild. */
  forget(guildId: Snowflake): void {
    this.#closures.delete(guildId)
  }

  /** How many guilds anything is remembered of, by themselves. */
  get size(): number {
    return this.#closures.size - (this.#closures.has('all') ? 1 : 0)
  }

  #of(guildId: Snowflake): Closure | undefined {
    const now = this.#clock.now()
    for (const key of ['all', guildId]) {
      const closure = this.#closures.get(key)
      if (closure && closure.since <= now && now < closure.until) return closure
      this.#closures.delete(key)
    }
    return undefined
  }
}
