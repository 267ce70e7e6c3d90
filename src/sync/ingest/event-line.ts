import type { ArchiveUpdate } from '../../core/archive.ts'

/** An event from the gateway that is not stored yet. */
export interface QueuedEvent {
  /** The number of the event among those with entries, from 1; of one without entries, that of the next. */
  readonly sequence: number
  readonly update: ArchiveUpdate
  /** When it came, by the host's elapsed time in milliseconds. */
  readonly receivedAt: number
}

/** The events of one guild that wait, oldest first. Each is added, taken and put back at a constant cost. */
export class EventLine {
  /** The oldest, in reverse. */
  readonly #oldest: QueuedEvent[] = []
  #newest: QueuedEvent[] = []

  get first(): QueuedEvent | undefined {
    return this.#oldest.at(-1) ?? this.#newest[0]
  }

  add(event: QueuedEvent): void {
    this.#newest.push(event)
  }

  /** Removes and returns the first event. */
  take(): QueuedEvent | undefined {
    if (this.#oldest.length === 0) {
      const newest = this.#newest
      this.#newest = []
      for (let event = newest.pop(); event !== undefined; event = newest.pop()) this.#oldest.push(event)
    }
    return this.#oldest.pop()
  }

  /** Puts events back before all others. */
  putBack(events: readonly QueuedEvent[]): void {
    for (const event of events.toReversed()) this.#oldest.push(event)
  }

  *[Symbol.iterator](): Generator<QueuedEvent> {
    yield* this.#oldest.toReversed()
    yield* this.#newest
  }
}
