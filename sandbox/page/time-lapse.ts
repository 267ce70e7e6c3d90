import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '../town/random.ts'
import { schedule } from '../town/schedule.ts'
import type { Playground } from './playground.ts'

const HOUR = 3_600_000

/** After so many deeds the sockets get their turn, so that the bot hears of things while they happen. */
const BREATH = 20

/** Lets time pass: the guild lives on meanwhile, and everyone hears of it. */
export class TimeLapse {
  readonly #stage: Playground
  readonly #random = new Random(11)
  #passes = false

  constructor(playground: Playground) {
    this.#stage = playground
  }

  get isRunning(): boolean {
    return this.#passes
  }

  async run(hours: number, onStep: () => void): Promise<void> {
    if (this.#passes) return
    this.#passes = true
    try {
      await this.#live(hours, onStep)
    } finally {
      this.#passes = false
    }
  }

  async #live(hours: number, onStep: () => void): Promise<void> {
    const { town, population, perDay, moveTo } = this.#stage
    const { guild, discord } = town
    const from = discord.world.now()
    const span = { from, to: from + hours * HOUR }
    for (const [index, { time, userId: actorId, activity }] of schedule(
      town,
      span,
      perDay,
      this.#random,
      population,
    ).entries()) {
      moveTo(time)
      if (guild.members.has(actorId)) activity({ world: discord.world, guild, actorId }, town, this.#random)
      if (index % BREATH > 0) continue
      onStep()
      await sleep(10)
    }
    moveTo(span.to)
  }
}
