import { DAY } from '../world/units.ts'
import { defaultPopulation } from './default-population.ts'
import { Random } from './random.ts'
import { type Population, schedule } from './schedule.ts'
import type { Town } from './town.ts'

export interface HistoryOptions {
  readonly days: number
  /** The average number of actions per day, of all members together. */
  readonly perDay: number
  readonly seed: number
  readonly population?: Population
}

/** Fills a guild's log with past days, the same for the same seed. No events are sent. */
export function simulateHistory(town: Town, options: HistoryOptions): void {
  const { days, perDay, seed, population = defaultPopulation } = options
  const random = new Random(seed)
  const { world } = town.discord
  const span = { from: world.now() - days * DAY, to: world.now() }
  for (const { time, userId, activity } of schedule(town, span, perDay, random, population)) {
    world.at(time, () => activity({ world, guild: town.guild, actorId: userId }, town, random))
  }
}
