import type { ArchiveUpdate } from '../core/archive.ts'
import type { Snowflake } from '../core/snowflake.ts'

/** What an event told, and the how manieth it was. */
export interface HeldEvent {
  readonly nth: number
  readonly learnt: ArchiveUpdate
}

/** How many entries and names are about as much as is written at once: other writers wait for it. */
const PART = 500

/** How many events of one guild are taken before it is the next guild's turn. */
const TURN = 50

/** Events that wait to be written: each guild's in the order in which they came, and the guilds in turn. */
export class HeldEvents {
  readonly #byGuild = new Map<Snowflake, HeldEvent[]>()
  #size = 0

  get size(): number {
    return this.#size
  }

  get guildIds(): Iterable<Snowflake> {
    return this.#byGuild.keys()
  }

  /** Whether no event that was among the first so many is held. */
  lacksFirst(count: number): boolean {
    return [...this.#byGuild.values()].every(([oldest]) => oldest === undefined || oldest.nth > count)
  }

  add(event: HeldEvent): void {
    const { guildId } = event.learnt
    const events = this.#byGuild.get(guildId)
    if (events) events.push(event)
    else this.#byGuild.set(guildId, [event])
    this.#size++
  }

  /** Takes as many as are written at once, of several guilds where several have some. */
  take(): HeldEvent[] {
    const part: HeldEvent[] = []
    let weight = 0
    while (weight < PART) {
      const [guild] = this.#byGuild
      if (!guild) break
      const [guildId, events] = guild
      let page = 0
      while (page < TURN && page < events.length && weight < PART) {
        const event = events[page++]
        if (event) part.push(event)
        weight += weightOf(event)
      }
      this.#byGuild.delete(guildId)
      if (page < events.length) this.#byGuild.set(guildId, events.slice(page))
    }
    this.#size -= part.length
    return part
  }

  /** Puts back what was taken last, before what came since. The other guilds come first the next time. */
  putBack(events: readonly HeldEvent[]): void {
    for (const [guildId, earlier] of Map.groupBy(events, ({ learnt: update }) => update.guildId)) {
      const later = this.#byGuild.get(guildId) ?? []
      this.#byGuild.delete(guildId)
      this.#byGuild.set(guildId, [...earlier, ...later])
    }
    this.#size += events.length
  }

  /** Forgets all of them. @returns the guilds that they were of */
  clear(): Snowflake[] {
    const guildIds = [...this.guildIds]
    this.#byGuild.clear()
    this.#size = 0
    return guildIds
  }
}

function weightOf(event: HeldEvent | undefined): number {
  return 1 + (event?.learnt.entries.length ?? 0) + (event?.learnt.names?.length ?? 0)
}
