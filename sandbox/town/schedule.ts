import type { Deed } from './activities.ts'
import type { Random } from './random.ts'
import type { Town } from './town.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

export type Habits = readonly (readonly [deed: Deed, weight: number])[]

/** Someone with their habits. */
export interface Player {
  readonly actorId: string
  readonly habits: Habits
  /** The hour (UTC) around which they act; the evening for most. */
  readonly awake?: number
}

/** Who acts how often at a time. */
export type Casting = (town: Town, time: number) => readonly (readonly [player: Player, weight: number])[]

/** Something that will happen. */
export interface Planned {
  readonly time: number
  readonly actorId: string
  readonly deed: Deed
}

export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * What happens in a guild in a span of time, in order.
 * @param perDay how much is done on a usual day, by all together
 */
export function plan(
  town: Town,
  { from, to }: Span,
  perDay: number,
  random: Random,
  casting: Casting,
): Planned[] {
  const midnight = from - (from % DAY)
  const planned: Planned[] = []
  for (let day = 0; midnight + day * DAY <= to; day++) {
    const today = casting(town, midnight + day * DAY)
    const deeds = Math.round(perDay * (0.6 + random.next() * 0.8))
    for (let index = 0; index < deeds; index++) {
      const { actorId, habits, awake = 12 } = random.weighted(today)
      // People sleep: most happens in the twelve hours after they are up.
      const hour = (awake + (random.next() + random.next() - 0.7) * 14 + 24) % 24
      const time = midnight + day * DAY + hour * HOUR
      const deed = random.weighted(habits)
      if (time >= from && time < to) planned.push({ time, actorId, deed })
    }
  }
  return planned.sort((a, b) => a.time - b.time)
}
