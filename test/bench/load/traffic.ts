import { setTimeout as sleep } from 'node:timers/promises'
import type { Discord } from '../../../sandbox/discord.ts'
import { AUDIT_LOG } from '../../../sandbox/rest/faults.ts'

/** For how long no log was read when the bot has nothing left to read, in milliseconds. */
const QUIET = 2500

/** The requests for audit logs that a sandbox Discord has answered. */
export class Traffic {
  /** How many there were, whatever the answer. */
  reads = 0
  /** How many of them were limited. */
  limited = 0
  /** When the pages of each guild were sent, by its id, without those of a single action. */
  readonly #pages = new Map<string, number[]>()
  #lastAt = 0

  constructor(discord: Discord) {
    discord.onResponse = ({ path, query, status }) => {
      const guildId = AUDIT_LOG.exec(path)?.[1]
      if (guildId === undefined) return
      this.reads++
      this.#lastAt = performance.now()
      if (status === 429) this.limited++
      // A request for a single entry only asks where the log begins, and one for an action reads counts again.
      if (status !== 200 || query.limit === '1' || query.action_type !== undefined) return
      const pages = this.#pages.get(guildId) ?? []
      pages.push(this.#lastAt)
      this.#pages.set(guildId, pages)
    }
  }

  /** When a guild's nth page was sent, by `performance.now()`; undefined if it was not. */
  pageSentAt(guildId: string, nth: number): number | undefined {
    return this.#pages.get(guildId)?.[nth - 1]
  }

  /** Resolves when the logs of that many guilds were read, and no log is being read any more. */
  async quiet(guilds: number): Promise<void> {
    while (this.#pages.size < guilds || performance.now() - this.#lastAt < QUIET) await sleep(50)
  }
}
