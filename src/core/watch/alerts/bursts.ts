import { maxId, minId, type Snowflake, timeOf } from '../../snowflake.ts'
import { MINUTE } from '../../time/units.ts'
import type { Alert } from '../watch.ts'

/** What an alert counts of an entry: how many actions, and whose. */
export interface CountedAction {
  readonly id: Snowflake
  /** Actions with the same key are counted together; null for those of the whole server, or of nobody who is named. */
  readonly key: string | null
  readonly units: number
}

export type BurstRule = Pick<Alert, 'count' | 'within'>

/** Where a burst lies. */
export interface BurstRange {
  readonly key: string | null
  /** Its first and its last entry. */
  readonly from: Snowflake
  readonly to: Snowflake
}

/** So many actions in a short time that an alert warns of them, and those that follow without a pause. */
export interface Burst extends BurstRange {
  readonly entries: number
  readonly units: number
  /** The most units within the time of the rule: a rule with a higher count would not have warned. */
  readonly peak: number
}

/** Actions without a pause are one burst, however long it lasts. The shortest pause, in milliseconds. */
const SHORTEST_PAUSE = 10 * MINUTE

/** After how long without a matching action a burst is over, in milliseconds. */
export function pauseOf({ within }: Pick<BurstRule, 'within'>): number {
  return Math.max(within, SHORTEST_PAUSE)
}

/** The bursts among some actions, which come oldest first. */
export function burstsIn(actions: Iterable<CountedAction>, rule: BurstRule): Burst[] {
  const bursts = new Bursts(rule)
  for (const action of actions) bursts.add(action)
  return bursts.all
}

interface OpenBurst extends Burst {
  to: Snowflake
  entries: number
  units: number
  peak: number
}

/** The actions of one key. */
interface Series {
  /** The last action's. */
  time: number
  /** The actions of the last `within`, and before them those that no longer count. */
  recent: CountedAction[]
  /** Where in `recent` those that count begin, and their units. */
  begin: number
  units: number
  burst: OpenBurst | undefined
}

/** From how many actions that no longer count on they are dropped. */
const MOST_PASSED = 1000

/**
 * Finds bursts while actions are added, oldest first. A burst begins when the units within the time of the rule reach its
 * count, and ends when no action comes for a while.
 */
export class Bursts {
  readonly #rule: BurstRule
  readonly #series = new Map<string | null, Series>()
  readonly #all: OpenBurst[] = []

  constructor(rule: BurstRule) {
    this.#rule = rule
  }

  /** The bursts so far, in the order in which they began. */
  get all(): Burst[] {
    return this.#all
  }

  add(action: CountedAction): void {
    const series = this.#seriesOf(action)
    this.#count(series, action)
    const { burst, units } = series
    if (burst) {
      burst.to = action.id
      burst.entries++
      burst.units += action.units
      burst.peak = Math.max(burst.peak, units)
    } else if (units >= this.#rule.count) series.burst = this.#begin(series, action)
  }

  #begin({ recent, begin, units }: Series, { id, key }: CountedAction): OpenBurst {
    const from = recent[begin]?.id ?? id
    const burst = { key, from, to: id, entries: recent.length - begin, units, peak: units }
    this.#all.push(burst)
    return burst
  }

  /** The actions of the same key; new ones after a pause. */
  #seriesOf({ id, key }: CountedAction): Series {
    const time = timeOf(id)
    const known = this.#series.get(key)
    if (known && time - known.time <= pauseOf(this.#rule)) {
      known.time = time
      return known
    }
    const series: Series = { time, recent: [], begin: 0, units: 0, burst: undefined }
    this.#series.set(key, series)
    return series
  }

  /** Adds an action to those that count, and leaves out those that are too old. */
  #count(series: Series, action: CountedAction): void {
    const first = series.time - this.#rule.within
    series.recent.push(action)
    series.units += action.units
    for (;;) {
      const oldest = series.recent[series.begin]
      if (!oldest || timeOf(oldest.id) >= first) break
      series.units -= oldest.units
      series.begin++
    }
    if (series.begin < MOST_PASSED) return
    series.recent.splice(0, series.begin)
    series.begin = 0
  }
}

/** Whether an action belongs to a burst, or comes so soon before or after it that it does. */
export function belongsTo(
  burst: BurstRange,
  { id, key }: Pick<CountedAction, 'id' | 'key'>,
  rule: BurstRule,
): boolean {
  if (key !== burst.key) return false
  const time = timeOf(id)
  const pause = pauseOf(rule)
  return time >= timeOf(burst.from) - pause && time <= timeOf(burst.to) + pause
}

/** The range of two bursts that turned out to be one. */
export function joinRanges(one: BurstRange, other: BurstRange): BurstRange {
  return { key: one.key, from: minId(one.from, other.from), to: maxId(one.to, other.to) }
}
