import { FairQueue } from '../core/fair-queue.ts'
import type { Snowflake } from '../core/snowflake.ts'

/** Does a few pieces of work at a time; while more wait, guilds take turns. */
export class Turns {
  readonly #waiting = new FairQueue<Snowflake, () => void>()
  #free: number

  /** @param atOnce how many pieces of work are done at the same time */
  constructor(atOnce: number) {
    this.#free = atOnce
  }

  /** Does a piece of work when it is its turn. @throws what the work throws */
  async run<Result>(guildId: Snowflake, work: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve) => this.#waiting.add(guildId, resolve))
    try {
      return await work()
    } finally {
      const next = this.#waiting.take()
      if (next) next()
      else this.#free++
    }
  }
}
