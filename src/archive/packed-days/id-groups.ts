import type { Tally } from '../../core/query/tally.ts'
import type { Counts, Ids } from './packed-columns.ts'

/** How full the table may be: if it were fuller, an id would often be far from its place. */
const MOST_FULL = 0.5

const FIRST_SIZE = 4096
const GROWTH = 2

/** The upper half of the numbers below zero, which are no ids. */
const NO_ID = -1
/** The lower half of -1, for an entry without an id, and of -2, for a target that is no id. */
const NOTHING = -1
const OTHER = -2

/** The places of a hash table. Each has an id in two halves, and what is counted of it; one without entries is free. */
class Places {
  readonly low: Int32Array
  readonly high: Int32Array
  readonly entries: Uint32Array
  readonly units: Float64Array

  /** @param size a power of two */
  constructor(size: number) {
    this.low = new Int32Array(size)
    this.high = new Int32Array(size)
    this.entries = new Uint32Array(size)
    this.units = new Float64Array(size)
  }

  /** Where an id is, or belongs: the first place with it, or that is free, from the one that its hash gives. */
  find(low: number, high: number): number {
    const { low: lows, high: highs, entries } = this
    const mask = entries.length - 1
    const hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)
    let place = (hash ^ (hash >>> 15)) & mask
    while (entries[place] !== 0 && (lows[place] !== low || highs[place] !== high)) place = (place + 1) & mask
    return place
  }
}

/** Counts entries and units by id. A `Map` of a million ids would take ten times as long as these typed arrays. */
export class IdGroups {
  #places = new Places(FIRST_SIZE)
  #size = 0

  /** How many ids there are. No id counts as one. */
  get size(): number {
    return this.#size
  }

  /** Adds entries, each with an id and a count, but not those whose target is no id. */
  add(ids: Ids, counts: Counts, isWanted?: (index: number) => boolean): void {
    let places = this.#places
    for (let index = 0; index < counts.length; index++) {
      if (isWanted && !isWanted(index)) continue
      const low = (ids[2 * index] ?? 0) | 0
      const high = (ids[2 * index + 1] ?? 0) | 0
      if (high === NO_ID && low === OTHER) continue
      const place = places.find(low, high)
      if (places.entries[place] === 0) {
        places.low[place] = low
        places.high[place] = high
        this.#size++
      }
      places.entries[place] = (places.entries[place] ?? 0) + 1
      places.units[place] = (places.units[place] ?? 0) + (counts[index] ?? 0)
      if (this.#size > places.entries.length * MOST_FULL) places = this.#grow()
    }
  }

  /** The first ids, most first; of equal ones no id, then the lowest. */
  top(most: 'entries' | 'units', howMany: number): Tally<string | null>[] {
    const { low, high, entries, units } = this.#places
    const values = most === 'entries' ? entries : units
    const compare = (a: number, b: number) =>
      (values[b] ?? 0) - (values[a] ?? 0) ||
      (entries[b] ?? 0) - (entries[a] ?? 0) ||
      (high[a] ?? 0) - (high[b] ?? 0) ||
      ((low[a] ?? 0) >>> 0) - ((low[b] ?? 0) >>> 0)
    const first: number[] = []
    for (let place = 0; place < entries.length; place++) {
      if (entries[place] === 0) continue
      const last = first[howMany - 1]
      if (last !== undefined && compare(place, last) > 0) continue
      const at = first.findIndex((other) => compare(place, other) < 0)
      first.splice(at === -1 ? first.length : at, 0, place)
      first.length = Math.min(first.length, howMany)
    }
    return first.map((place) => ({
      key: idFrom(low[place] ?? 0, high[place] ?? 0),
      entries: entries[place] ?? 0,
      units: units[place] ?? 0,
    }))
  }

  #grow(): Places {
    const { low, high, entries, units } = this.#places
    const places = new Places(entries.length * GROWTH)
    for (let old = 0; old < entries.length; old++) {
      if (entries[old] === 0) continue
      const place = places.find(low[old] ?? 0, high[old] ?? 0)
      places.low[place] = low[old] ?? 0
      places.high[place] = high[old] ?? 0
      places.entries[place] = entries[old] ?? 0
      places.units[place] = units[old] ?? 0
    }
    this.#places = places
    return places
  }
}

function idFrom(low: number, high: number): string | null {
  if (high === NO_ID && low === NOTHING) return null
  return String((BigInt(high) << 32n) | BigInt(low >>> 0))
}
