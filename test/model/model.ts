import { setImmediate as turn } from 'node:timers/promises'
import { Random } from '../../sandbox/random.ts'
import type { Archive } from '../../src/core/archive.ts'
import { isWhole } from '../../src/core/coverage.ts'
import { compareIds, firstIdAt, type Snowflake, timeOf } from '../../src/core/snowflake.ts'
import { hasFailed } from '../../src/core/standing.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { type Answer, ModelBot } from './model-bot.ts'
import { guildIdAt, ModelDiscord, type Mood, type Written } from './model-discord.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How late an entry may come to be found by the next answer; one that comes later is found by a sweep. */
const OVERLAP = 15 * MINUTE

const MOODS: readonly (readonly [Mood, number])[] = [
  ['well', 6],
  ['failing', 2],
  ['refusing', 1],
  ['empty', 1],
]

/**
 * Lets the sync and the archive of one guild live through some random days, in which readings, events, faults,
 * questions and kills come in any order, and compares what is held and what is called complete with Discord's log.
 * @returns what was not as it should be, a line each
 */
export async function live(seed: number, archive: Archive): Promise<string[]> {
  return new Life(seed, archive).run()
}

class Life {
  readonly #seed: number
  readonly #archive: Archive
  readonly #random: Random
  readonly #clock = new ManualClock()
  readonly #discord: ModelDiscord
  readonly #complaints: string[] = []
  /** How far the clock of the bot's machine is ahead of Discord's. */
  #hostAhead = 0
  #isConnected = true
  /** Whether an event was lost or late on an unbroken stream, as happens at times: only a reading finds its entry. */
  #hasLost = false
  /** Events that are still on their way. */
  #late: Written[] = []
  #bot: ModelBot

  constructor(seed: number, archive: Archive) {
    this.#seed = seed
    this.#archive = archive
    this.#random = new Random(seed)
    const now = this.#clock.now
    this.#discord = new ModelDiscord(guildIdAt(now() - 5 * DAY, seed), now, this.#random)
    for (let count = this.#random.whole(0, 30); count > 0; count--) this.#discord.actLate(4 * DAY)
    if (this.#random.chance(0.2)) this.#hostAhead = this.#random.whole(-2 * DAY, 3 * DAY)
    this.#bot = this.#start()
  }

  async run(): Promise<string[]> {
    for (let steps = this.#random.whole(10, 40); steps > 0; steps--) {
      this.#step()
      await this.#settle()
    }
    await this.#mend()
    return this.#complaints
  }

  #step(): void {
    const random = this.#random
    random.weighted<() => void>([
      [() => this.#act(), 8],
      [() => this.#answerSome(), 12],
      [() => this.#clock.advance(random.whole(0, 5000)), 3],
      [() => this.#clock.advance(random.whole(0, 20 * MINUTE)), 3],
      [() => this.#clock.advance(random.whole(0, 3 * HOUR)), 2],
      [() => this.#clock.advance(random.whole(0, DAY)), 0.5],
      [() => void this.#ask(), 4],
      [() => this.#comeLate(10 * MINUTE), 1],
      [() => this.#comeLate(20 * HOUR), 0.5],
      [() => this.#deliverLate(), 2],
      [() => this.#reconnect(), 1],
      [() => this.#restart(), 1],
      [() => this.#turnMood(), 2],
      [() => this.#turnPermission(), 0.7],
    ])()
  }

  #act(): void {
    for (let count = this.#random.whole(1, 6); count > 0; count--) this.#tell(this.#discord.act())
  }

  /** An entry comes late into the log, with an id of before, and with an event or without. */
  #comeLate(ago: number): void {
    const written = this.#discord.actLate(ago)
    if (this.#random.chance(0.5)) this.#tell(written)
    else this.#hasLost = true
  }

  #tell(written: Written | undefined): void {
    if (!written || !this.#isConnected || !this.#discord.mayView) return
    const random = this.#random
    const isLost = random.chance(0.05)
    const isLate = !isLost && random.chance(0.1)
    this.#hasLost ||= isLost || isLate
    if (isLate) this.#late.push(written)
    else if (!isLost) this.#bot.hear(written)
  }

  #deliverLate(): void {
    for (const written of this.#late.reverse()) this.#bot.hear(written)
    this.#late = []
  }

  #answerSome(): void {
    const { requests } = this.#discord
    for (let count = this.#random.whole(1, 3); count > 0 && requests.length > 0; count--) {
      const index = this.#random.chance(0.7) ? 0 : this.#random.whole(0, requests.length - 1)
      requests.splice(index, 1)[0]?.answer()
    }
  }

  /** The stream breaks, and a fresh session begins some time later: what comes meanwhile is never told. */
  #reconnect(): void {
    this.#isConnected = !this.#isConnected
    this.#late = []
    if (this.#isConnected) this.#bot.connect()
  }

  #restart(): void {
    this.#bot.kill()
    this.#discord.requests.length = 0
    this.#late = []
    this.#isConnected = true
    if (this.#random.chance(0.2)) this.#hostAhead = this.#random.whole(-2 * DAY, 3 * DAY)
    this.#bot = this.#start()
  }

  #start(): ModelBot {
    const { now, sleep } = this.#clock
    const host = { now: () => now() + this.#hostAhead, sleep }
    return new ModelBot(this.#discord, this.#archive, host, now)
  }

  #turnMood(): void {
    this.#discord.mood = this.#random.weighted(MOODS)
  }

  #turnPermission(): void {
    this.#discord.mayView = !this.#discord.mayView
    if (this.#discord.mayView || this.#random.chance(0.6)) this.#bot.notice(this.#discord.mayView)
  }

  async #ask(): Promise<void> {
    const askedAt = this.#clock.now()
    const from = firstIdAt(askedAt - this.#random.pick([HOUR, DAY, 6 * DAY]))
    const visible = this.#discord.entries.map((entry) => ({ ...entry }))
    const isConnected = this.#isConnected
    const answer = await this.#bot.ask(from, askedAt)
    // Nobody could have asked over a gateway that was down.
    if (isConnected) await this.#check(answer, from, visible)
  }

  /** What an answer calls complete holds all that Discord's log showed when it was asked. */
  async #check({ reading, coverage }: Answer, from: Snowflake, visible: readonly Written[]): Promise<void> {
    const { askedAt, readAt } = coverage
    if (reading === 'live' && this.#hasLost) return
    const shownAt = reading === 'read' || reading === 'live' ? askedAt + 1 : (readAt ?? 0)
    const held = await this.#held()
    for (const { id, visibleAt, count } of visible) {
      const isLate = visibleAt - timeOf(id) > OVERLAP
      if (compareIds(id, from) < 0 || visibleAt >= shownAt || isLate) continue
      const isCalledComplete = coverage.ranges.some(
        ({ start, end }) => compareIds(start, id) <= 0 && compareIds(id, end) <= 0,
      )
      if (isCalledComplete && !held.has(id))
        this.#complain(`${reading}: ${id} is missing from what is complete`)
      const isFresh = reading === 'read' && askedAt - timeOf(id) < OVERLAP
      if (isFresh && isCalledComplete && (held.get(id) ?? 0) < count) {
        this.#complain(`read: ${id} counts ${held.get(id)} instead of ${count}`)
      }
    }
    if (coverage.ranges.some(({ end }) => timeOf(end) > this.#clock.now() + MINUTE)) {
      this.#complain('what is called complete lies ahead of Discord’s time')
    }
    if (hasFailed(reading) && isWhole(coverage, from, undefined) && askedAt - (readAt ?? 0) > MINUTE) {
      this.#complain(`${reading}: the window is called complete to its end`)
    }
  }

  /** All is well again for three hours: then everything is held, and known to be. */
  async #mend(): Promise<void> {
    const discord = this.#discord
    discord.mood = 'well'
    if (!discord.mayView) {
      discord.mayView = true
      this.#bot.notice(true)
    }
    if (!this.#isConnected) this.#reconnect()
    // Long enough for what is put off after a failure, and for a sweep after that.
    for (let hours = 0; hours < 3; hours++) {
      this.#clock.advance(65 * MINUTE)
      await this.#answerAll()
    }
    const asking = this.#bot.ask(discord.guildId, this.#clock.now())
    await this.#answerAll()
    const { reading, coverage } = await asking
    if (reading !== 'read') this.#complain(`all is well, but the reading ends as ${reading}`)
    if (!isWhole(coverage, discord.guildId, undefined)) this.#complain('all is well, but not all is known')
    const held = await this.#held()
    for (const { id, count } of discord.entries) {
      if (held.get(id) !== count)
        this.#complain(`in the end ${id} counts ${held.get(id)} instead of ${count}`)
    }
    if (held.size !== discord.entries.length) this.#complain('in the end more is held than there is')
    this.#bot.kill()
  }

  async #answerAll(): Promise<void> {
    await this.#settle()
    while (this.#discord.requests.length > 0) {
      this.#discord.requests.shift()?.answer()
      await this.#settle()
    }
  }

  async #held(): Promise<Map<Snowflake, number>> {
    const slice = { order: 'oldest', limit: 100_000 } as const
    const entries = await this.#archive.list(this.#discord.guildId, {}, slice)
    return new Map(entries.map(({ id, count }) => [id, count ?? 1]))
  }

  /** Lets the bot do all that it can do without Discord and without time. */
  async #settle(): Promise<void> {
    let quiet = 0
    while (quiet < 2) {
      await turn()
      quiet = this.#bot.isQuiet ? quiet + 1 : 0
    }
  }

  #complain(what: string): void {
    this.#complaints.push(`seed ${this.#seed}: ${what}`)
  }
}
