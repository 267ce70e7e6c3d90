import type { Clock } from '../../core/clock.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { MINUTE } from '../../core/time/units.ts'
import { Agenda } from '../agenda.ts'

/** How long after an entry its count is read again, and how often at most in a guild, in milliseconds. */
const AFTER = MINUTE
const INTERVAL = 5 * MINUTE

interface Deps {
  /** The host's clock. Only elapsed time is used. */
  readonly host: Clock
  /** Has the counts of a guild read again. */
  readonly recount: (guildId: Snowflake) => void
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/**
 * Has counts read again that feeds show and that may have grown, in the background: Discord sends no event for that. It goes
 * on for as long as they grow.
 */
export class Recounts {
  readonly #deps: Deps
  readonly #agenda: Agenda<Snowflake>
  /** When the counts of a guild were last read again, by elapsed time; only of the last minutes. */
  readonly #readAt = new Map<Snowflake, number>()

  constructor(deps: Deps) {
    this.#deps = deps
    this.#agenda = new Agenda(deps.host, deps.signal, (guildId) => this.#recount(guildId))
  }

  /** An entry whose count can grow has come, or has grown. */
  soon(guildId: Snowflake): void {
    const readAt = this.#readAt.get(guildId)
    const pause = readAt === undefined ? 0 : readAt + INTERVAL - this.#deps.host.elapsed()
    this.#agenda.set(guildId, Math.max(AFTER, pause))
  }

  #recount(guildId: Snowflake): void {
    const now = this.#deps.host.elapsed()
    for (const [other, at] of this.#readAt) if (now - at >= INTERVAL) this.#readAt.delete(other)
    this.#readAt.set(guildId, now)
    this.#deps.recount(guildId)
  }
}
