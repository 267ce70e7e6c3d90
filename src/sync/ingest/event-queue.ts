import type { ArchiveUpdate } from '../../core/archive.ts'
import { countValues } from '../../core/json.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { EventLine, type QueuedEvent } from './event-line.ts'

/** The weight of a batch: about so many names or small entries, because other writers wait for it. */
const BATCH = 500

/** The part of a batch that is for guilds for which moderators wait, as long as others have events. */
const HURRIED = 0.8

/** How many values in an entry's payload weigh as much as a name. A small entry has fewer. */
const VALUES = 20

/** How many events of one guild are in a batch before those of the next guild. */
const PER_GUILD = 50

/** Events that wait to be stored: each guild's in the order in which they came, and the guilds in rotation. */
export class EventQueue {
  readonly #waiting = new Map<Snowflake, EventLine>()
  /** The guilds whose events are taken before those of others. */
  readonly #hurried = new Set<Snowflake>()
  readonly #taken = new Map<Snowflake, QueuedEvent[]>()
  #released = Promise.withResolvers<void>()
  #size = 0
  #added = 0

  /** How many events wait, without those that are taken. */
  get size(): number {
    return this.#size
  }

  /** How many events are not stored yet, and when the oldest came; undefined if there is none. */
  get unstoredEvents(): { readonly count: number; readonly oldestAt: number | undefined } {
    const taken = [...this.#taken.values()]
    const oldest = [...this.#waiting.values().map(({ first }) => first), ...taken.map(([first]) => first)]
    const times = oldest.flatMap((event) => event?.receivedAt ?? [])
    return {
      count: taken.reduce((sum, events) => sum + events.length, this.#size),
      oldestAt: times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b)),
    }
  }

  /** The guilds whose events wait. */
  get guildIds(): Iterable<Snowflake> {
    return this.#waiting.keys()
  }

  /** How many events with entries were ever added, for `hasStored`. */
  get added(): number {
    return this.#added
  }

  /** Whether each of a guild's events up to a number is stored, or was dropped and is read again. */
  hasStored(guildId: Snowflake, upTo: number): boolean {
    const oldest = [this.#taken.get(guildId)?.[0], this.#waiting.get(guildId)?.first]
    return oldest.every((event) => event === undefined || event.sequence > upTo)
  }

  /** A guild's events that are not stored yet, in the order in which they came. */
  *unstored(guildId: Snowflake): Generator<ArchiveUpdate> {
    for (const { update } of this.#taken.get(guildId) ?? []) yield update
    for (const { update } of this.#waiting.get(guildId) ?? []) yield update
  }

  /** Resolves when the events of a guild that came before are stored, or were dropped and are read again. */
  async stored(guildId: Snowflake): Promise<void> {
    const upTo = this.#added
    this.hurry(guildId)
    while (!this.hasStored(guildId, upTo)) await this.#released.promise
  }

  /** @param receivedAt when it came, by the host's elapsed time in milliseconds */
  add(update: ArchiveUpdate, receivedAt: number): void {
    // Nobody waits for an event that has only names.
    if (update.entries.length > 0) this.#added++
    const sequence = update.entries.length > 0 ? this.#added : this.#added + 1
    this.#lineOf(update.guildId).add({ sequence, update, receivedAt })
    this.#size++
  }

  /** Takes the events of a guild before those of others until none waits, because a moderator waits for them. */
  hurry(guildId: Snowflake): void {
    if (this.#waiting.has(guildId)) this.#hurried.add(guildId)
  }

  /** Removes and returns as many events as are written at once. They do not count as stored until `release`. */
  take(): QueuedEvent[] {
    const batch: QueuedEvent[] = []
    let weight = 0
    for (const [guildIds, most] of [
      [this.#hurried, HURRIED * BATCH],
      [this.#waiting.keys(), BATCH],
    ] as const) {
      for (const guildId of guildIds) {
        if (weight >= most) break
        const line = this.#lineOf(guildId)
        const taken = this.#takenOf(guildId)
        const first = batch.length
        while (batch.length - first < PER_GUILD && weight < most) {
          const event = line.take()
          if (!event) break
          batch.push(event)
          taken.push(event)
          weight += weightOf(event)
        }
        this.#moveToEnd(guildId, line)
      }
    }
    this.#size -= batch.length
    return batch
  }

  /** Puts events back before the later events of their guilds. Other guilds come first the next time. */
  putBack(events: readonly QueuedEvent[]): void {
    const back = new Set(events)
    for (const [guildId, earlier] of Map.groupBy(events, ({ update }) => update.guildId)) {
      const line = this.#lineOf(guildId)
      line.putBack(earlier)
      this.#moveToEnd(guildId, line)
      const taken = this.#takenOf(guildId).filter((event) => !back.has(event))
      this.#taken.set(guildId, taken)
    }
    this.#size += events.length
  }

  /** Each taken event is stored, dropped, or put back. */
  release(): void {
    this.#taken.clear()
    this.#wake()
  }

  /** Drops all events that wait. @returns their guilds */
  clear(): Snowflake[] {
    const guildIds = [...this.guildIds]
    this.#waiting.clear()
    this.#hurried.clear()
    this.#size = 0
    this.#wake()
    return guildIds
  }

  /** Has everybody who waits for events check whether those are stored. */
  #wake(): void {
    this.#released.resolve()
    this.#released = Promise.withResolvers()
  }

  /** Moves a guild to the end of the rotation, or out of it if none of its events waits. */
  #moveToEnd(guildId: Snowflake, line: EventLine): void {
    this.#waiting.delete(guildId)
    const wasHurried = this.#hurried.delete(guildId)
    if (line.first === undefined) return
    this.#waiting.set(guildId, line)
    if (wasHurried) this.#hurried.add(guildId)
  }

  #lineOf(guildId: Snowflake): EventLine {
    return getOrAdd(this.#waiting, guildId, () => new EventLine())
  }

  #takenOf(guildId: Snowflake): QueuedEvent[] {
    return getOrAdd<QueuedEvent[]>(this.#taken, guildId, () => [])
  }
}

function getOrAdd<Value>(map: Map<Snowflake, Value>, key: Snowflake, make: () => Value): Value {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}

function weightOf({ update: { entries, names = [] } }: QueuedEvent): number {
  return entries.reduce(
    (sum, { payload }) => sum + Math.ceil(countValues(payload) / VALUES),
    1 + names.length,
  )
}
