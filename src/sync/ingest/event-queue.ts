import type { ArchiveUpdate } from '../../core/archive.ts'
import type { Snowflake } from '../../core/snowflake.ts'

/** An event from the gateway that is not stored yet. */
export interface QueuedEvent {
  /** The number of the event among all events, from 1. */
  readonly sequence: number
  readonly update: ArchiveUpdate
}

/** About how many entries and names a batch has at most, because other writers wait for it. */
const BATCH = 500

/** How many events of one guild are in a batch before those of the next guild. */
const PER_GUILD = 50

/** Events that wait to be stored: each guild's in the order in which they came, and the guilds in rotation. */
export class EventQueue {
  readonly #byGuild = new Map<Snowflake, QueuedEvent[]>()
  #taken: readonly QueuedEvent[] = []
  #released = Promise.withResolvers<void>()
  #size = 0
  #added = 0

  /** How many events wait, without those that are taken. */
  get size(): number {
    return this.#size
  }

  /** The guilds whose events wait. */
  get guildIds(): Iterable<Snowflake> {
    return this.#byGuild.keys()
  }

  /** How many events were ever added, for `hasStored`. */
  get added(): number {
    return this.#added
  }

  /** The updates of a guild that are not stored yet, in no order. */
  unstored(guildId: Snowflake): ArchiveUpdate[] {
    const taken = this.#taken.filter(({ update }) => update.guildId === guildId)
    return [...taken, ...(this.#byGuild.get(guildId) ?? [])].map(({ update }) => update)
  }

  /** Whether a guild's events among the first so many are stored, or were dropped and are read again. */
  hasStored(guildId: Snowflake, first: number): boolean {
    const waiting = this.#byGuild.get(guildId)?.[0]
    return (
      (waiting === undefined || waiting.sequence > first) &&
      this.#taken.every(({ update, sequence }) => update.guildId !== guildId || sequence > first)
    )
  }

  /** Resolves when the events of a guild that were received before are stored, or were dropped and are read again. */
  async stored(guildId: Snowflake): Promise<void> {
    const received = this.#added
    while (!this.hasStored(guildId, received)) await this.#released.promise
  }

  add(update: ArchiveUpdate): void {
    const event = { sequence: ++this.#added, update }
    const events = this.#byGuild.get(update.guildId)
    if (events) events.push(event)
    else this.#byGuild.set(update.guildId, [event])
    this.#size++
  }

  /** Removes and returns as many events as are written at once. They do not count as stored until `release`. */
  take(): QueuedEvent[] {
    const batch: QueuedEvent[] = []
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
    this.#taken = [...this.#taken, ...batch]
    return batch
  }

  /** Puts events back before the later events of their guilds. Other guilds come first the next time. */
  putBack(events: readonly QueuedEvent[]): void {
    for (const [guildId, earlier] of Map.groupBy(events, ({ update }) => update.guildId)) {
      const later = this.#byGuild.get(guildId) ?? []
      this.#byGuild.delete(guildId)
      this.#byGuild.set(guildId, [...earlier, ...later])
    }
    this.#size += events.length
  }

  /** Each taken event is stored, dropped, or put back. */
  release(): void {
    this.#taken = []
    this.#released.resolve()
    this.#released = Promise.withResolvers()
  }

  /** Drops all events that wait. @returns their guilds */
  clear(): Snowflake[] {
    const guildIds = [...this.guildIds]
    this.#byGuild.clear()
    this.#size = 0
    return guildIds
  }
}

function weightOf(event: QueuedEvent | undefined): number {
  return 1 + (event?.update.entries.length ?? 0) + (event?.update.names?.length ?? 0)
}
