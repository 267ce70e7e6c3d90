import type { Snowflake } from '../../../core/snowflake.ts'

/** An operation that needs connections: whose it is, and when it began. */
export interface Turn {
  /** Undefined for an operation of no single guild, which has a place of its own in the line. */
  readonly guildId: Snowflake | undefined
  /** Operations are numbered in the order they begin. */
  readonly number: number
  /** Aborts when nobody waits for the operation any more. */
  readonly signal: AbortSignal | undefined
}

interface Waiter {
  readonly turn: Turn
}

/**
 * Those who wait for a connection. The guilds take turns, so that one with many operations delays no other by more than
 * one statement. Within a guild, the operation that began first goes first, so that it ends first.
 */
export class WaitingLine<Each extends Waiter> {
  /** By guild. The guild whose turn is next comes first. */
  readonly #places = new Map<Snowflake | Each, Each[]>()

  add(waiter: Each): void {
    const key = placeOf(waiter)
    const waiting = this.#places.get(key) ?? []
    const later = waiting.findLastIndex(({ turn }) => turn.number <= waiter.turn.number)
    waiting.splice(later + 1, 0, waiter)
    this.#places.set(key, waiting)
  }

  remove(waiter: Each): void {
    const key = placeOf(waiter)
    const waiting = this.#places.get(key) ?? []
    const index = waiting.indexOf(waiter)
    if (index >= 0) waiting.splice(index, 1)
    if (waiting.length === 0) this.#places.delete(key)
  }

  /** Removes and returns the next in line, of the guilds that may have a turn now. */
  next(mayHaveTurn: (turn: Turn) => boolean): Each | undefined {
    for (const [key, waiting] of this.#places) {
      const [first] = waiting
      if (!first || !mayHaveTurn(first.turn)) continue
      waiting.shift()
      // Every other guild comes before its next turn.
      this.#places.delete(key)
      if (waiting.length > 0) this.#places.set(key, waiting)
      return first
    }
    return undefined
  }

  /** Removes and returns all. */
  clear(): Each[] {
    const all = [...this.#places.values()].flat()
    this.#places.clear()
    return all
  }
}

function placeOf<Each extends Waiter>(waiter: Each): Snowflake | Each {
  return waiter.turn.guildId ?? waiter
}
