import type { Random } from '../../sandbox/town/random.ts'
import type { Archive } from '../../src/core/archive.ts'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import { HostClock, ManualClock } from '../support/manual-clock.ts'
import { type Answer, ModelBot } from './model-bot.ts'
import { type Behaviour, countAt, guildIdAt, ModelDiscord, type ModelEntry } from './model-discord.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const BEHAVIOURS: readonly (readonly [Behaviour, number])[] = [
  ['well', 6],
  ['failing', 2],
  ['denying', 1],
  ['empty', 1],
]

/** A query that was answered, and the counts that Discord's log had when it was run. */
export interface AnsweredQuery {
  readonly answer: Answer
  readonly from: Snowflake
  readonly shown: ReadonlyMap<Snowflake, number>
}

/** One guild, its log at Discord, and its Custos, with everything that can happen to them. */
export class ModelWorld {
  readonly clock = new ManualClock()
  readonly discord: ModelDiscord
  /** Answers that are not checked yet. */
  readonly answered: AnsweredQuery[] = []
  /** Entries whose event did not come although the stream seemed live, as happens sometimes. */
  readonly unsent = new Set<Snowflake>()
  readonly #archive: Archive
  readonly #random: Random
  /** The clock of the bot's machine. */
  readonly #host = new HostClock(this.clock)
  #bot: ModelBot | undefined
  #hasSession = false
  /** Whether events stopped because a permission is gone, which the gateway has not reported. */
  #isSilenced = false
  /** Events that are still on their way. */
  #late: ModelEntry[] = []

  constructor(archive: Archive, random: Random, serial: number) {
    const { now } = this.clock
    this.#archive = archive
    this.#random = random
    this.discord = new ModelDiscord(guildIdAt(now() - 5 * DAY, serial), now, random)
  }

  /** The Custos that runs; undefined while none does. */
  get bot(): ModelBot | undefined {
    return this.#bot?.isKilled ? undefined : this.#bot
  }

  /** Whether events and queries reach Custos. */
  get isConnected(): boolean {
    return this.bot !== undefined && this.#hasSession
  }

  /** Entries were made, each at a moment up to so long ago, in milliseconds. */
  history(entries: number, ago: number): void {
    const now = this.clock.now()
    for (let count = 0; count < entries; count++) {
      const time = now - this.#random.whole(0, ago)
      this.discord.write(time, time)
    }
  }

  /** An older version read everything, and dated that by a host's clock that was ahead. */
  inheritCoverage(): void {
    const { guildId, entries } = this.discord
    const readAt = this.clock.now() + this.#random.whole(20 * DAY, 40 * DAY)
    const complete = [{ start: guildId, end: firstIdAt(readAt) }]
    const held = entries.map((written) => this.discord.entry(written))
    void this.#archive.record([{ guildId, entries: held, from: 'rest', complete, readAt, sweptAt: readAt }])
  }

  /** Custos starts, or has a new session. */
  resume(): void {
    const { bot } = this
    if (bot && this.#hasSession) return
    this.#hasSession = true
    this.#isSilenced = false
    this.unsent.clear()
    if (bot) bot.connect()
    else this.#start()
  }

  kill(): void {
    this.#bot?.kill()
    this.disconnect()
  }

  /** Custos is killed after so many writes. */
  killAfter(writes: number): void {
    this.#bot?.killAfter(writes)
  }

  /** The session ends: events until the next session never come. */
  disconnect(): void {
    this.#hasSession = false
    this.#late = []
  }

  moveHostClock(): void {
    this.#host.ahead = this.#random.chance(0.5) ? 0 : this.#random.whole(-2 * DAY, 3 * DAY)
  }

  /** Up to so many things are done. */
  act(most: number): void {
    for (let count = this.#random.whole(1, most); count > 0; count--) this.#send(this.discord.act())
  }

  /** An entry comes late into the log, with an id of up to so long ago, and with an event or without. */
  addLateEntry(ago: number): void {
    const written = this.discord.actLate(ago)
    if (this.#random.chance(0.5)) this.#send(written)
  }

  /** Events that were late come, the last first. */
  deliverLate(): void {
    for (const written of this.#late.reverse()) {
      this.#bot?.receive(written)
      this.unsent.delete(written.id)
    }
    this.#late = []
  }

  /** Discord answers up to so many requests. */
  answer(most: number): void {
    const { requests } = this.discord
    for (let count = this.#random.whole(1, most); count > 0; count--) requests.shift()?.answer()
  }

  changeBehaviour(mood: Behaviour = this.#random.weighted(BEHAVIOURS)): void {
    this.discord.behaviour = mood
  }

  /** The bot may no longer view the log, or may again; the gateway does not always report a loss. */
  togglePermission(): void {
    const { discord } = this
    discord.mayView = !discord.mayView
    if (!this.isConnected) return
    this.#isSilenced = !discord.mayView && this.#random.chance(0.4)
    if (this.#isSilenced) return
    this.#bot?.reportAccess(discord.mayView)
    this.unsent.clear()
  }

  runQuery(): void {
    if (!this.isConnected) return
    const askedAt = this.clock.now()
    const from = firstIdAt(askedAt - this.#random.pick([HOUR, DAY, 6 * DAY]))
    const shown = new Map(this.discord.entries.map((written) => [written.id, countAt(written)]))
    void this.#bot?.runQuery(from, askedAt).then((answer) => this.answered.push({ answer, from, shown }))
  }

  /** All is well from now on. */
  endFaults(): void {
    this.discord.behaviour = 'well'
    this.#bot?.killAfter(Number.POSITIVE_INFINITY)
    if (!this.discord.mayView) this.togglePermission()
    this.resume()
  }

  #start(): void {
    this.discord.requests.length = 0
    this.#bot = new ModelBot(this.discord, this.#archive, this.#host, this.clock.now)
  }

  /** Sends the event of an entry, unless it is lost or late, which Custos cannot know. */
  #send(written: ModelEntry | undefined): void {
    if (!written) return
    const isLost = this.#random.chance(0.05)
    const isLate = !isLost && this.#random.chance(0.1)
    if (!this.isConnected || this.#isSilenced) this.unsent.add(written.id)
    else if (!this.discord.mayView) return
    else if (!isLost && !isLate) this.#bot?.receive(written)
    else {
      this.unsent.add(written.id)
      if (isLate) this.#late.push(written)
    }
  }
}
