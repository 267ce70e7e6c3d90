import { backoff } from '../../core/backoff.ts'
import type { Clock } from '../../core/clock.ts'
import { LogLimited, LogUnavailable, type Unavailability } from '../audit-log-source.ts'

/** The wait after the second denial in a row, in milliseconds. It doubles with each further one. */
const SECOND_DENIAL = 2000

/** The longest wait after a denial, in milliseconds. */
const LONGEST = 300_000

/**
 * Failures that count towards Discord's limit: after 10,000 of them in ten minutes, a bot is banned for a while.
 * https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
 */
const COUNTED: readonly Unavailability[] = ['forbidden', 'unauthorized', 'blocked']

interface Denials {
  readonly error: LogUnavailable
  readonly times: number
  /** By the host's elapsed time. */
  readonly until: number
}

interface Clocks {
  /** Discord's time. */
  readonly clock: Clock
  /** The host's time. */
  readonly host: Clock
}

/** A rate limit of Discord for one guild or for all: no request is made until it ends. */
export class Limit {
  readonly #clock: Clock
  #current: { readonly error: LogLimited; readonly since: number } | undefined

  /** @param clock Discord's time */
  constructor(clock: Clock) {
    this.#clock = clock
  }

  set(error: LogLimited): void {
    this.#current = { error, since: this.#clock.now() }
  }

  /** The limit, while it lasts. A clock that is set back does not prolong it. */
  get current(): LogLimited | undefined {
    const now = this.#clock.now()
    const current = this.#current
    if (current && current.since <= now && now < current.error.until) return current.error
    this.#current = undefined
    return undefined
  }
}

/** Whether a guild's log may be requested, judging by Discord's last responses. */
export class Access {
  readonly #host: Clock
  readonly #limit: Limit
  #denials: Denials | undefined
  #absent: LogUnavailable | undefined

  constructor({ clock, host }: Clocks) {
    this.#host = host
    this.#limit = new Limit(clock)
  }

  /** @throws LogUnavailable when the log may not be requested now */
  check(): void {
    const limit = this.#limit.current
    if (limit) throw limit
    if (this.#absent) throw this.#absent
    if (this.#denials && this.#host.elapsed() < this.#denials.until) throw this.#denials.error
  }

  /** When the guild's own limit ends, by Discord's time in milliseconds since the Unix epoch; undefined without one. */
  get limitedUntil(): number | undefined {
    return this.#limit.current?.until
  }

  /** How often in a row Discord denied the log. */
  get denials(): number {
    return this.#denials?.times ?? 0
  }

  /** Discord sent a page. */
  granted(): void {
    this.#denials = undefined
  }

  /**
   * The log could not be read. After the first denial it may be requested again at once: the moderator who sees the error
   * fixes the permission and runs the command again.
   * @param denialsBefore how many denials there were when the request was made: those of requests made at once are one
   */
  failed(error: LogUnavailable, denialsBefore = this.denials): void {
    if (error instanceof LogLimited) {
      if (!error.isForAll) this.#limit.set(error)
    } else if (error.reason === 'absent') this.#absent = error
    else if (COUNTED.includes(error.reason) && denialsBefore === this.denials) {
      const times = denialsBefore + 1
      const wait = times === 1 ? 0 : backoff(times - 1, { first: SECOND_DENIAL, longest: LONGEST })
      this.#denials = { error, times, until: this.#host.elapsed() + wait }
    }
  }

  /** The bot was removed from the guild. */
  removed(): void {
    this.#absent = new LogUnavailable('absent', 'The bot was removed from the server.')
  }

  /** The bot is in the guild, and may have been given the permission. A limit stays in force. */
  reopen(): void {
    this.#denials = undefined
    this.#absent = undefined
  }
}
