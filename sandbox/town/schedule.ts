import { DAY, HOUR } from '../world/units.ts'
import type { Activity } from './activities.ts'
import type { Random } from './random.ts'
import type { Town } from './town.ts'

export type WeightedActivities = readonly (readonly [activity: Activity, weight: number])[]

/** A member who does things in the simulated guild. */
export interface Resident {
  readonly userId: string
  readonly activities: WeightedActivities
  /** The hour (UTC) they get up at; 12 by default. */
  readonly wakesAt?: number
}

/** Who is active at a time, and how much compared to the others. */
export type Population = (
  town: Town,
  time: number,
) => readonly (readonly [resident: Resident, weight: number])[]

interface ScheduledActivity {
  readonly time: number
  readonly userId: string
  readonly activity: Activity
}

/** Milliseconds since the Unix epoch. */
export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * Chooses who does what in a span of time.
 * @param perDay the average number of activities per day, of all residents together
 * @returns the activities in order of time
 */
export function schedule(
  town: Town,
  { from, to }: Span,
  perDay: number,
  random: Random,
  population: Population,
): ScheduledActivity[] {
  const midnight = from - (from % DAY)
  const scheduled: ScheduledActivity[] = []
  for (let day = 0; midnight + day * DAY <= to; day++) {
    const residents = population(town, midnight + day * DAY)
    const count = Math.round(perDay * (0.6 + random.next() * 0.8))
    for (let index = 0; index < count; index++) {
      const { userId, activities, wakesAt = 12 } = random.weighted(residents)
      // Most activities are in the twelve hours after a resident gets up.
      const hour = (wakesAt + (random.next() + random.next() - 0.7) * 14 + 24) % 24
      const time = midnight + day * DAY + hour * HOUR
      const activity = random.weighted(activities)
      if (time >= from && time < to) scheduled.push({ time, userId, activity })
    }
  }
  return scheduled.sort((a, b) => a.time - b.time)
}
