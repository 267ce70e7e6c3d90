import type { ArchiveUpdate } from '../../core/archive.ts'
import type { Snowflake } from '../../core/snowflake.ts'

/** An event of the gateway that is not stored yet. */
export interface HeldEvent {
  /** Which event of all it was, counted from 1. */
  readonly sequence: number
  readonly update: ArchiveUpdate
}

/** About how many entries and names a batch has at most, because other writers wait for it. */
const BATCH = 500

/** How many events of one guild are taken before the next guild's. */
const PER_GUILD = 50

/** Events that wait to be stored: each guild's in the order in which they came, and the guilds in rotation. */
export class HeldEvents {
  readonly #byGuild = new Map<Snowflake, HeldEvent[]>()
  #size = 0

  get size(): number {
    return this.#size
  }

  get guildIds(): Iterable<Snowflake> {
    return this.#byGuild.keys()
  }

  /** Whether none of the first so many events is held. */
  hasNoneOfFirst(count: number): boolean {
    return [...this.#byGuild.values()].every(([oldest]) => oldest === undefined || oldest.sequence > count)
  }

  add(event: HeldEvent): void {
    const { guildId } = event.update
    const events = this.#byGuild.get(guildId)
    if (events) events.push(event)
    else this.#byGuild.set(guildId, [event])
    this.#size++
  }

  /** Removes and returns as many events as are written at once. */
  takeBatch(): HeldEvent[] {
    const batch: HeldEvent[] = []
    let weight = 0
    while (weight < BATCH) {
      const [guild] = this.#byGuild
      if (!guild) break
      const [guildId, events] = guild
      let taken = 0
      while (taken < PER_GUILD && taken < events.length && weight < BATCH) {
        const event = events[taken++]
        if (event) batch.push(event)
        weight += weightOf(event)
      }
      this.#byGuild.delete(guildId)
      if (taken < events.length) this.#byGuild.set(guildId, events.slice(taken))
    }
    this.#size -= batch.length
    return batch
  }

  /** Puts a batch back before the later events of its guilds. Other guilds come first the next time. */
  putBack(events: readonly HeldEvent[]): void {
    for (const [guildId, earlier] of Map.groupBy(events, ({ update }) => update.guildId)) {
      const later = this.#byGuild.get(guildId) ?? []
      this.#byGuild.delete(guildId)
      this.#byGuild.set(guildId, [...earlier, ...later])
    }
    this.#size += events.length
  }

  /** Drops all events. @returns the guilds that had some */
  clear(): Snowflake[] {
    const guildIds = [...this.guildIds]
    this.#byGuild.clear()
    this.#size = 0
    return guildIds
  }
}

function weightOf(event: HeldEvent | undefined): number {
  return 1 + (event?.update.entries.length ?? 0) + (event?.update.names?.length ?? 0)
}
