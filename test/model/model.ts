import { Random } from '../../sandbox/town/random.ts'
import type { Archive } from '../../src/core/archive.ts'
import { isWhole } from '../../src/core/coverage/gaps.ts'
import { WatchedArchive } from '../support/watched-archive.ts'
import { countAt } from './model-discord.ts'
import { ModelWorld } from './model-world.ts'
import { brokenBy, brokenByAnswer } from './promises.ts'
import { type Move, Scenes } from './scenes.ts'

const MINUTE = 60_000

/**
 * Lets the sync and the archive of one guild live through some random days, in which readings, events, faults,
 * questions and kills come in any order, and after each of them compares what is held and what is called complete with
 * Discord's log.
 * @returns what was not as it should be, a line each
 */
export async function live(seed: number, archive: Archive): Promise<string[]> {
  const complaints = await new Life(seed, archive).run()
  return complaints.map((complaint) => `seed ${seed}: ${complaint}`)
}

class Life {
  readonly #random: Random
  readonly #archive: WatchedArchive
  readonly #world: ModelWorld
  readonly #scenes: Scenes
  readonly #complaints = new Set<string>()

  constructor(seed: number, archive: Archive) {
    this.#random = new Random(seed)
    this.#archive = new WatchedArchive(archive)
    this.#world = new ModelWorld(this.#archive.archive, this.#random, seed)
    this.#scenes = new Scenes(this.#world, this.#random)
  }

  async run(): Promise<string[]> {
    await this.#play(this.#scenes.beginning())
    for (let scenes = this.#random.whole(8, 30); scenes > 0; scenes--) await this.#play(this.#scenes.next())
    await this.#mend()
    this.#world.kill()
    return [...this.#complaints]
  }

  async #play(moves: readonly Move[]): Promise<void> {
    for (const move of moves) {
      move()
      await this.#archive.settled()
      await this.#check()
    }
  }

  async #check(): Promise<void> {
    const { bot, clock, discord, answered, untold } = this.#world
    const { guildId, entries } = discord
    if (discord.requests.length > 1) this.#complain(['a page is asked for while another is'])
    const { coverage, counts } = await this.#archive.keptOf(guildId)
    const truth = { now: clock.now(), log: entries, held: counts, untold }
    for (const each of answered.splice(0)) this.#complain(brokenByAnswer(each, truth))
    if (bot) this.#complain(brokenBy(bot.known(coverage, clock.now()), truth))
  }

  /** All is well again for three hours: then everything is held, and known to be. */
  async #mend(): Promise<void> {
    const { clock, discord } = this.#world
    this.#world.mend()
    // Long enough for what is put off after a failure, and for a sweep after that.
    for (let hours = 0; hours < 3; hours++) {
      clock.advance(65 * MINUTE)
      await this.#answerAll()
    }
    const asking = this.#world.bot?.ask(discord.guildId, clock.now())
    await this.#answerAll()
    const answer = await asking
    if (answer?.reading !== 'read')
      this.#complain([`all is well, but the reading ends as ${answer?.reading}`])
    if (!answer || !isWhole(answer.coverage, discord.guildId, undefined)) {
      this.#complain(['all is well, but not all is known'])
    }
    const { counts: held } = await this.#archive.keptOf(discord.guildId)
    const wrong = discord.entries.filter((written) => held.get(written.id) !== countAt(written))
    this.#complain(wrong.map(({ id }) => `in the end ${id} counts ${held.get(id) ?? 0}`))
    if (held.size !== discord.entries.length) this.#complain(['in the end more is held than there is'])
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

  #complain(lines: readonly string[]): void {
    for (const line of lines) this.#complaints.add(line)
  }
}
