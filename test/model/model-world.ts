import type { Random } from '../../sandbox/town/random.ts'
import type { Archive } from '../../src/core/archive.ts'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import type { Need } from '../../src/sync/answer/need.ts'
import { HostClock, ManualClock } from '../support/manual-clock.ts'
import { type Answer, ModelBot } from './model-bot.ts'
import {
  type Behaviour,
  countAt,
  DELETE,
  guildIdAt,
  ModelDiscord,
  type ModelEntry,
  newestOf,
} from './model-discord.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const BEHAVIOURS: readonly (readonly [Behaviour, number])[] = [
  ['normal', 6],
  ['failing', 2],
  ['failingNarrowed', 1],
  ['failingWhole', 1],
  ['denying', 1],
  ['empty', 1],
]

/** A query that was answered, and the counts in Discord's log when it was run. */
export interface AnsweredQuery {
  readonly answer: Answer
  readonly need: Need
  readonly shown: ReadonlyMap<Snowflake, number>
  /** The entries on the newest page when it was run. */
  readonly newest: ReadonlySet<Snowflake>
}

/** A guild, its log at Discord and its bot, with everything that can happen to them. */
export class ModelWorld {
  readonly clock = new ManualClock()
  readonly discord: ModelDiscord
  /** Answers that are not checked yet. */
  readonly answered: AnsweredQuery[] = []
  /** Entries whose events did not come: while the bot was away, or not yet. */
  readonly unsent = new Set<Snowflake>()
  /** Entries whose events were lost, or came late, although the stream seemed unbroken. Only a sweep surely finds them. */
  readonly lost = new Set<Snowflake>()
  readonly #archive: Archive
  readonly #random: Random
  /** The clock of the bot's host. */
  readonly #host = new HostClock(this.clock)
  /** How many requests the bot makes in a second: often so few that answers do not wait for theirs. */
  readonly #perSecond: number
  #bot: ModelBot | undefined
  #hasSession = false
  /** Whether no events come because the permission is missing, which the gateway has not reported. */
  #isSilentlyDenied = false
  /** Events that are delayed. */
  #late: ModelEntry[] = []

  constructor(archive: Archive, random: Random, serial: number) {
    const { now } = this.clock
    this.#archive = archive
    this.#random = random
    this.#perSecond = random.pick([1, 2, 5, 100_000])
    this.discord = new ModelDiscord(guildIdAt(now() - 5 * DAY, serial), now, random)
  }

  /** The bot; undefined while it is not running. */
  get bot(): ModelBot | undefined {
    return this.#bot?.isKilled ? undefined : this.#bot
  }

  /** Whether the bot receives events and queries. */
  get isConnected(): boolean {
    return this.bot !== undefined && this.#hasSession
  }

  /** Adds entries from random times within the last `ago` milliseconds. */
  history(entries: number, ago: number): void {
    const now = this.clock.now()
    for (let count = 0; count < entries; count++) {
      const time = now - this.#random.whole(0, ago)
      this.discord.write(time, time)
    }
  }

  /** Adds coverage that an older version recorded by a host's clock that was ahead. */
  inheritCoverage(): void {
    const { guildId, entries } = this.discord
    const readAt = this.clock.now() + this.#random.whole(20 * DAY, 40 * DAY)
    const complete = [{ start: guildId, end: firstIdAt(readAt) }]
    const stored = entries.map((entry) => this.discord.entry(entry))
    void this.#archive.record([{ guildId, entries: stored, from: 'rest', complete, readAt, sweptAt: readAt }])
  }

  /** Starts the bot, or gives it a new session. */
  resume(): void {
    const { bot } = this
    if (bot && this.#hasSession) return
    this.disconnect()
    this.#hasSession = true
    this.#isSilentlyDenied = false
    this.unsent.clear()
    if (bot) bot.connect()
    else this.#start()
  }

  kill(): void {
    this.#bot?.kill()
    this.disconnect()
  }

  /** Kills the bot after a number of writes. */
  killAfter(writes: number): void {
    this.#bot?.killAfter(writes)
  }

  /** Ends the session. Events until the next session are lost. */
  disconnect(): void {
    this.#hasSession = false
    for (const { id } of this.#late) this.lost.add(id)
    this.#late = []
  }

  moveHostClock(): void {
    this.#host.ahead = this.#random.chance(0.5) ? 0 : this.#random.whole(-2 * DAY, 3 * DAY)
  }

  /** Moderators take 1 to `most` actions. */
  act(most: number): void {
    for (let count = this.#random.whole(1, most); count > 0; count--) this.#send(this.discord.act())
  }

  /** 1 to `most` actions are merged into earlier entries, without an event. */
  grow(most: number): void {
    for (let count = this.#random.whole(1, most); count > 0; count--) this.discord.grow()
  }

  /** An entry appears late in the log: its id is from within the last `ago` milliseconds. It may have no event. */
  addLateEntry(ago: number): void {
    const entry = this.discord.actLate(ago)
    if (this.#random.chance(0.5)) this.#send(entry)
  }

  /** Delivers the delayed events, newest first. */
  deliverLate(): void {
    for (const entry of this.#late.reverse()) {
      this.#bot?.receive(entry)
      // The bot can be killed before it has stored the event.
      this.lost.add(entry.id)
    }
    this.#late = []
  }

  /** Discord answers 1 to `most` requests. */
  answer(most: number): void {
    const { requests } = this.discord
    for (let count = this.#random.whole(1, most); count > 0; count--) {
      // Those that are made at the same time are answered in any order.
      const index = this.#random.chance(0.5) ? 0 : this.#random.whole(0, Math.max(0, requests.length - 1))
      requests.splice(index, 1)[0]?.answer()
    }
  }

  toggleStoring(): void {
    this.#bot?.toggleStoring()
  }

  changeBehaviour(behaviour: Behaviour = this.#random.weighted(BEHAVIOURS)): void {
    this.discord.behaviour = behaviour
  }

  /** Takes or gives back View Audit Log. The gateway does not always report that it was taken. */
  togglePermission(): void {
    const { discord } = this
    discord.mayView = !discord.mayView
    if (!this.isConnected) return
    this.#isSilentlyDenied = !discord.mayView && this.#random.chance(0.4)
    if (this.#isSilentlyDenied) return
    this.#bot?.reportAccess(discord.mayView)
    this.unsent.clear()
    for (const { id } of this.#late) this.unsent.add(id)
  }

  runQuery(): void {
    if (!this.isConnected) return
    const askedAt = this.clock.now()
    const need = {
      from: firstIdAt(askedAt - this.#random.pick([HOUR, DAY, 6 * DAY])),
      ...this.#random.pick([{}, {}, { to: firstIdAt(askedAt - this.#random.whole(0, 30 * MINUTE)) }]),
      ...this.#random.pick([{}, {}, { kinds: { anyOf: [DELETE] } }, { kinds: { noneOf: [DELETE] } }]),
    }
    const shown = new Map(this.discord.entries.map((entry) => [entry.id, countAt(entry)]))
    const newest = newestOf(this.discord.entries)
    void this.#bot
      ?.runQuery(need, askedAt)
      .then((answer) => this.answered.push({ answer, need, shown, newest }))
  }

  /** Ends all faults. */
  endFaults(): void {
    this.discord.behaviour = 'normal'
    this.#bot?.killAfter(Number.POSITIVE_INFINITY)
    this.#bot?.store()
    if (!this.discord.mayView) this.togglePermission()
    this.resume()
  }

  #start(): void {
    this.discord.requests.length = 0
    this.#bot = new ModelBot(this.discord, this.#archive, this.#host, this.clock.now, this.#perSecond)
  }

  /** Sends the event of an entry, unless it is lost or delayed. The bot cannot notice that. */
  #send(entry: ModelEntry | undefined): void {
    if (!entry) return
    const isLost = this.#random.chance(0.05)
    const isLate = !isLost && this.#random.chance(0.1)
    if (!this.isConnected) this.unsent.add(entry.id)
    else if (isLost || this.#isSilentlyDenied) this.lost.add(entry.id)
    else if (!this.discord.mayView) return
    else if (isLate) {
      this.unsent.add(entry.id)
      this.#late.push(entry)
    } else this.#bot?.receive(entry)
  }
}
