import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '../town/random.ts'
import { schedule } from '../town/schedule.ts'
import { HOUR } from '../world/units.ts'
import type { Playground } from './playground.ts'

/** After how many activities other tasks run, so that the bot receives events while time passes. */
const BATCH = 20

/** Moves time forward while the guild's members act and events are sent. */
export class TimeLapse {
  readonly #playground: Playground
  readonly #random = new Random(11)
  #isRunning = false

  constructor(playground: Playground) {
    this.#playground = playground
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  /**
   * Moves time forward by some hours. Does nothing while it is already moving.
   * @param onProgress called now and then while it runs
   */
  async run(hours: number, onProgress: () => void): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    try {
      await this.#simulate(hours, onProgress)
    } finally {
      this.#isRunning = false
    }
  }

  async #simulate(hours: number, onProgress: () => void): Promise<void> {
    const { town, population, perDay, setTime } = this.#playground
    const { guild, discord } = town
    const { world } = discord
    const span = { from: world.now(), to: world.now() + hours * HOUR }
    const scheduled = schedule(town, span, perDay, this.#random, population)
    for (const [index, { time, userId, activity }] of scheduled.entries()) {
      setTime(time)
      if (guild.members.has(userId)) activity({ world, guild, actorId: userId }, town, this.#random)
      if (index % BATCH > 0) continue
      onProgress()
      await sleep(10)
    }
    setTime(span.to)
  }
}
