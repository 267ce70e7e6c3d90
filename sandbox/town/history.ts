import { defaultPopulation } from './default-population.ts'
import { Random } from './random.ts'
import { type Population, schedule } from './schedule.ts'
import type { Town } from './town.ts'

const DAY = 86_400_000

export interface HistoryOptions {
  readonly days: number
  /** How many acts there are on a usual day, in all. */
  readonly perDay: number
  readonly seed: number
  readonly population?: Population
}

/** Lets a guild have lived for some days: the same days for the same seed. Nobody hears of it now. */
export function simulateHistory(town: Town, options: HistoryOptions): void {
  const { days, perDay, seed, population = defaultPopulation } = options
  const random = new Random(seed)
  const { world } = town.discord
  const span = { from: world.now() - days * DAY, to: world.now() }
  for (const { time, userId: actorId, activity } of schedule(town, span, perDay, random, population)) {
    world.at(time, () => activity({ world, guild: town.guild, actorId }, town, random))
  }
}
