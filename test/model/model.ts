import { Random } from '../../sandbox/town/random.ts'
import type { Archive } from '../../src/core/archive.ts'
import { isWhole } from '../../src/core/coverage/gaps.ts'
import { WatchedArchive } from '../support/archive/watched-archive.ts'
import { countAt } from './model-discord.ts'
import { ModelWorld } from './model-world.ts'
import { brokenBy, brokenByAnswer } from './promises.ts'
import { Scenarios, type Step } from './scenarios.ts'

const MINUTE = 60_000

interface RunOptions {
  /** What its random choices come from. */
  readonly seed: number
  /** Which guild of the archive it is: another in each run. */
  readonly serial: number
  /** The numbers of its scenes; random ones by default. */
  readonly scenarios?: readonly number[]
}

/**
 * Lets the sync and the archive of one guild run through some random days, in which pages, events, faults, queries and
 * kills come in any order, and compares after each of them what is stored and what is called complete with Discord's log.
 * @returns the promises that were broken, a line each
 */
export async function runModel(plan: RunOptions, archive: Archive): Promise<string[]> {
  const broken = await new ModelRun(plan, archive).run(plan.scenarios)
  return broken.map((line) => `seed ${plan.seed}: ${line}`)
}

class ModelRun {
  readonly #random: Random
  readonly #archive: WatchedArchive
  readonly #world: ModelWorld
  readonly #scenes: Scenarios
  readonly #broken = new Set<string>()

  constructor({ seed, serial }: RunOptions, archive: Archive) {
    this.#random = new Random(seed)
    this.#archive = new WatchedArchive(archive)
    this.#world = new ModelWorld(this.#archive.archive, this.#random, serial)
    this.#scenes = new Scenarios(this.#world, this.#random)
  }

  async run(scenes?: readonly number[]): Promise<string[]> {
    await this.#play(this.#scenes.beginning())
    if (scenes) for (const scene of scenes) await this.#play(this.#scenes.at(scene))
    else for (let left = this.#random.whole(8, 30); left > 0; left--) await this.#play(this.#scenes.next())
    await this.#mend()
    this.#world.kill()
    return [...this.#broken]
  }

  async #play(moves: readonly Step[]): Promise<void> {
    for (const move of moves) {
      move()
      await this.#archive.settled()
      await this.#check()
    }
  }

  async #check(): Promise<void> {
    const { bot, clock, discord, answered, unsent } = this.#world
    const { guildId, entries } = discord
    if (discord.requests.length > 1) this.#report(['a page is requested while another is'])
    const { coverage, counts } = await this.#archive.contentOf(guildId)
    const truth = { now: clock.now(), log: entries, stored: counts, unsent }
    for (const each of answered.splice(0)) this.#report(brokenByAnswer(each, truth))
    if (bot) this.#report(brokenBy(bot.known(coverage, clock.now()), truth))
  }

  /** All is well again for three hours: then everything is stored, and known to be. */
  async #mend(): Promise<void> {
    const { clock, discord } = this.#world
    this.#world.endFaults()
    // Long enough for the longest back-off, and for a sweep after that.
    for (let hours = 0; hours < 3; hours++) {
      clock.advance(65 * MINUTE)
      await this.#answerAll()
    }
    const running = this.#world.bot?.runQuery(discord.guildId, clock.now())
    await this.#answerAll()
    const answer = await running
    if (answer?.outcome !== 'read') this.#report([`all is well, but the sync ends as ${answer?.outcome}`])
    if (!answer || !isWhole(answer.coverage, discord.guildId, undefined)) {
      this.#report(['all is well, but not all is known'])
    }
    const { counts: stored } = await this.#archive.contentOf(discord.guildId)
    const wrong = discord.entries.filter((written) => stored.get(written.id) !== countAt(written))
    this.#report(wrong.map(({ id }) => `in the end ${id} counts ${stored.get(id) ?? 0}`))
    if (stored.size !== discord.entries.length) this.#report(['in the end more is stored than there is'])
  }

  async #answerAll(): Promise<void> {
    const { requests } = this.#world.discord
    await this.#archive.settled()
    while (requests.length > 0) {
      requests.shift()?.answer()
      await this.#archive.settled()
    }
    await this.#check()
  }

  #report(lines: readonly string[]): void {
    for (const line of lines) this.#broken.add(line)
  }
}
