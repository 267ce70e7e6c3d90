import type { Activity } from './activities.ts'
import type { Random } from './random.ts'
import type { Town } from './town.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

export type WeightedActivities = readonly (readonly [deed: Activity, weight: number])[]

/** Someone with their habits. */
export interface Resident {
  readonly userId: string
  readonly activities: WeightedActivities
  /** The hour (UTC) around which they act; the evening for most. */
  readonly wakesAt?: number
}

/** Who acts how often at a time. */
export type Population = (
  town: Town,
  time: number,
) => readonly (readonly [player: Resident, weight: number])[]

/** Something that will happen. */
export interface ScheduledActivity {
  readonly time: number
  readonly userId: string
  readonly activity: Activity
}

export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * What happens in a guild in a span of time, in order.
 * @param perDay how much is done on a usual day, by all together
 */
export function schedule(
  town: Town,
  { from, to }: Span,
  perDay: number,
  random: Random,
  population: Population,
): ScheduledActivity[] {
  const midnight = from - (from % DAY)
  const planned: ScheduledActivity[] = []
  for (let day = 0; midnight + day * DAY <= to; day++) {
    const today = population(town, midnight + day * DAY)
    const deeds = Math.round(perDay * (0.6 + random.next() * 0.8))
    for (let index = 0; index < deeds; index++) {
      const { userId: actorId, activities, wakesAt: awake = 12 } = random.weighted(today)
      // People sleep: most happens in the twelve hours after they are up.
      const hour = (awake + (random.next() + random.next() - 0.7) * 14 + 24) % 24
      const time = midnight + day * DAY + hour * HOUR
      const activity = random.weighted(activities)
      if (time >= from && time < to) planned.push({ time, userId: actorId, activity })
    }
  }
  return planned.sort((a, b) => a.time - b.time)
}
