import { usualCasting } from './default-population.ts'
import { type Casting, plan } from './schedule.ts'
import { Random } from './random.ts'
import type { Town } from './town.ts'

const DAY = 86_400_000

export interface HistoryOptions {
  readonly days: number
  /** How many acts there are on a usual day, in all. */
  readonly perDay: number
  readonly seed: number
  readonly casting?: Casting
}

/** Lets a guild have lived for some days: the same days for the same seed. Nobody hears of it now. */
export function liveThrough(town: Town, options: HistoryOptions): void {
  const { days, perDay, seed, casting = usualCasting } = options
  const random = new Random(seed)
  const { world } = town.discord
  const span = { from: world.now() - days * DAY, to: world.now() }
  for (const { time, actorId, deed } of plan(town, span, perDay, random, casting)) {
    world.at(time, () => deed({ world, guild: town.guild, actorId }, town, random))
  }
}
