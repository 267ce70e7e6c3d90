import { Random } from '../../sandbox/town/random.ts'
import type { Archive } from '../../src/core/archive.ts'
import { isComplete } from '../../src/core/coverage/gaps.ts'
import { WatchedArchive } from '../support/archive/watched-archive.ts'
import { countAt } from './model-discord.ts'
import { ModelWorld } from './model-world.ts'
import { brokenBy, brokenByAnswer } from './promises.ts'
import { Scenarios, type Step } from './scenarios.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/**
 * The steps in which the last day passes. Together they are long enough for the longest back-off, and for everything to be
 * read again after that. The hours of a day without faults are alike, so most of them pass in a few steps.
 */
const LAST_DAY = [65 * MINUTE, 65 * MINUTE, 65 * MINUTE, 8 * HOUR, 8 * HOUR, 8 * HOUR, 65 * MINUTE]

interface RunOptions {
  /** The seed of its random choices. */
  readonly seed: number
  /** The number of its guild in the archive, different in each run. */
  readonly serial: number
  /** The numbers of its scenarios; random ones by default. */
  readonly scenarios?: readonly number[]
}

/**
 * Runs the sync and the archive of one guild for some random days, in which pages, events, faults, queries and kills come
 * in any order. After each step it compares what is stored and what is called complete with Discord's log.
 * @returns the promises that were broken, a line each
 */
export async function runModel(options: RunOptions, archive: Archive): Promise<string[]> {
  const broken = await new ModelRun(options, archive).run(options.scenarios)
  return broken.map((line) => `seed ${options.seed}: ${line}`)
}

class ModelRun {
  readonly #random: Random
  readonly #archive: WatchedArchive
  readonly #world: ModelWorld
  readonly #scenarios: Scenarios
  readonly #broken = new Set<string>()

  constructor({ seed, serial }: RunOptions, archive: Archive) {
    this.#random = new Random(seed)
    this.#archive = new WatchedArchive(archive)
    this.#world = new ModelWorld(this.#archive.archive, this.#random, serial)
    this.#scenarios = new Scenarios(this.#world, this.#random)
  }

  async run(scenarios?: readonly number[]): Promise<string[]> {
    await this.#play(this.#scenarios.beginning())
    if (scenarios) for (const scenario of scenarios) await this.#play(this.#scenarios.at(scenario))
    else for (let left = this.#random.whole(8, 30); left > 0; left--) await this.#play(this.#scenarios.next())
    await this.#endFaults()
    this.#world.kill()
    return [...this.#broken]
  }

  async #play(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      step()
      await this.#archive.settled()
      await this.#check()
    }
  }

  async #check(): Promise<void> {
    const { bot, clock, discord, answered, lost, unsent } = this.#world
    const { guildId, entries } = discord
    if (discord.requests.filter(({ isNarrowed }) => !isNarrowed).length > 1) {
      this.#report(['a page is requested while another request is pending'])
    }
    const { coverage, counts } = await this.#archive.contentOf(guildId)
    const truth = { now: clock.now(), log: entries, stored: counts, unsent: unsent.union(lost) }
    for (const each of answered.splice(0)) this.#report(brokenByAnswer(each, truth))
    if (!bot) return
    // Only answers wait until events are stored.
    const known = { ...truth, unsent: truth.unsent.union(bot.unstored) }
    this.#report(brokenBy(bot.known(coverage, clock.now()), known))
  }

  /** Ends all faults, lets a day pass, and checks that everything is stored and called complete. */
  async #endFaults(): Promise<void> {
    const { clock, discord } = this.#world
    this.#world.endFaults()
    for (const step of LAST_DAY) {
      clock.advance(step)
      await this.#answerAll()
    }
    const running = this.#world.bot?.runQuery({ from: discord.guildId }, clock.now())
    await this.#answerAll()
    const answer = await running
    if (answer?.outcome !== 'read') this.#report([`without faults, the sync ended as ${answer?.outcome}`])
    if (!answer || !isComplete(answer.coverage, discord.guildId, undefined)) {
      this.#report(['without faults, not all is called complete'])
    }
    const { counts: stored } = await this.#archive.contentOf(discord.guildId)
    const wrong = discord.entries.filter((entry) => stored.get(entry.id) !== countAt(entry))
    this.#report(wrong.map(({ id }) => `in the end the count of ${id} is ${stored.get(id) ?? 0}`))
    if (stored.size !== discord.entries.length)
      this.#report(['in the end entries are stored that Discord does not have'])
  }

  async #answerAll(): Promise<void> {
    const { requests } = this.#world.discord
    await this.#archive.settled()
    while (requests.length > 0) {
      requests.shift()?.answer()
      await this.#archive.settled()
      if (requests.length > 0) continue
      // More can be waiting for a permit.
      this.#world.clock.advance(SECOND)
      await this.#archive.settled()
    }
    await this.#check()
  }

  #report(lines: readonly string[]): void {
    for (const line of lines) this.#broken.add(line)
  }
}
