import { setTimeout as sleep } from 'node:timers/promises'
import { plan } from '../town/schedule.ts'
import { Random } from '../town/random.ts'
import type { Stage } from './playground.ts'

const HOUR = 3_600_000

/** After so many deeds the sockets get their turn, so that the bot hears of things while they happen. */
const BREATH = 20

/** Lets time pass: the guild lives on meanwhile, and everyone hears of it. */
export class Passing {
  readonly #stage: Stage
  readonly #random = new Random(11)
  #passes = false

  constructor(stage: Stage) {
    this.#stage = stage
  }

  get passes(): boolean {
    return this.#passes
  }

  async pass(hours: number, onStep: () => void): Promise<void> {
    if (this.#passes) return
    this.#passes = true
    try {
      await this.#live(hours, onStep)
    } finally {
      this.#passes = false
    }
  }

  async #live(hours: number, onStep: () => void): Promise<void> {
    const { town, casting, perDay, moveTo } = this.#stage
    const { guild, discord } = town
    const from = discord.world.now()
    const span = { from, to: from + hours * HOUR }
    for (const [index, { time, actorId, deed }] of plan(
      town,
      span,
      perDay,
      this.#random,
      casting,
    ).entries()) {
      moveTo(time)
      if (guild.members.has(actorId)) deed({ world: discord.world, guild, actorId }, town, this.#random)
      if (index % BREATH > 0) continue
      onStep()
      await sleep(10)
    }
    moveTo(span.to)
  }
}
