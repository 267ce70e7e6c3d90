import type { GuildSync } from './guild/guild-sync.ts'

/** Guilds that wait to be read: those with a higher priority first, and among equals the one that has waited longest. */
export class ReadingOrder<Guild = GuildSync> {
  readonly #byPriority = new Map<number, Set<Guild>>()
  readonly #priorities = new Map<Guild, number>()

  get size(): number {
    return this.#priorities.size
  }

  /** @param priority a whole number: with few different ones, each operation has a constant cost */
  add(guild: Guild, priority: number): void {
    this.delete(guild)
    this.#priorities.set(guild, priority)
    const equals = this.#byPriority.get(priority)
    if (equals) equals.add(guild)
    else this.#byPriority.set(priority, new Set([guild]))
  }

  delete(guild: Guild): void {
    const priority = this.#priorities.get(guild)
    if (priority === undefined) return
    this.#priorities.delete(guild)
    const equals = this.#byPriority.get(priority)
    equals?.delete(guild)
    if (equals?.size === 0) this.#byPriority.delete(priority)
  }

  /** Removes and returns the next guild; undefined if none waits. */
  take(): Guild | undefined {
    const [next] = this.#byPriority.get(Math.max(...this.#byPriority.keys())) ?? []
    if (next) this.delete(next)
    return next
  }

  /** How many guilds come before one; undefined if it does not wait. */
  before(guild: Guild): number | undefined {
    const priority = this.#priorities.get(guild)
    if (priority === undefined) return undefined
    const earlier = [...this.#byPriority].filter(([other]) => other > priority)
    return earlier.reduce((sum, [, guilds]) => sum + guilds.size, 0)
  }
}
