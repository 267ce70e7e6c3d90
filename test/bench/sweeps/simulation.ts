import type { Archive } from '../../../src/core/archive.ts'
import { idAfter, type Snowflake } from '../../../src/core/snowflake.ts'
import { memoryArchive } from '../../support/archive/memory-archive.ts'
import { WatchedArchive } from '../../support/archive/watched-archive.ts'
import { leastPerHour } from './expected.ts'
import { followStart, type Start } from './follow-start.ts'
import { leanArchive } from './lean-archive.ts'
import type { Growth, LeanLog } from './lean-log.ts'
import { LogSource } from './log-source.ts'
import { Requests } from './requests.ts'
import { type Answer, SimulatedBot } from './simulated-bot.ts'
import { Timeline } from './timeline.ts'
import { World, type WorldOptions } from './world.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** How many servers a shard has at most. https://docs.discord.com/developers/events/gateway#sharding */
export const PER_SHARD = 2500

/** How often a shard can connect, in milliseconds, if the bot may connect one at a time. */
const IDENTIFY = 5 * SECOND

/** A count that the archive does not have after this long, in milliseconds, is behind. */
const BEHIND = 70 * MINUTE

export interface SimulationOptions extends WorldOptions {
  readonly readsPerMinute: number
  /** How many requests the bot may make in a second; 47 by default. */
  readonly requestsPerSecond?: number
  /** Whether the archive is SQLite in memory, and not in maps. */
  readonly sqlite: boolean
}

export interface Rest {
  readonly requests: Requests
  readonly hours: number
  /** The fewest requests an hour. */
  readonly least: number
  /** How many counts had grown, and how many of them the archive did not have 70 minutes later. */
  readonly grown: number
  readonly behind: number
}

/** A bot in many servers over days. */
export class Simulation {
  readonly #options: SimulationOptions
  readonly #archive: Archive
  readonly #timeline: Timeline
  readonly #world: World
  readonly #source: LogSource
  readonly #shards: readonly (readonly Snowflake[])[]
  #bot: SimulatedBot

  private constructor(options: SimulationOptions, archive: WatchedArchive) {
    this.#options = options
    this.#archive = archive.archive
    this.#timeline = new Timeline(() => archive.settled())
    this.#world = new World(this.#timeline, options)
    this.#source = new LogSource(this.#world, this.#timeline)
    const count = Math.ceil(options.guilds / PER_SHARD)
    const ids = [...this.#world.logs.keys()]
    this.#shards = Array.from({ length: count }, (_, shard) => ids.filter((_, nth) => nth % count === shard))
    this.#bot = this.#newBot()
    void this.#world.run((entry) => this.#bot.receive(entry))
  }

  static async open(options: SimulationOptions): Promise<Simulation> {
    const real = await memoryArchive()
    return new Simulation(options, new WatchedArchive(options.sqlite ? real : leanArchive(real)))
  }

  /** Starts the bot with the archive as it is. */
  start(): Promise<Start> {
    const connect = async () => {
      for (const shard of this.#shards) {
        this.#bot.connect(shard)
        await this.#timeline.sleep(IDENTIFY)
      }
    }
    void connect()
    return this.#follow([...this.#world.logs.values()])
  }

  /** Starts the bot again after so many milliseconds. */
  async restart(down: number): Promise<Start> {
    this.#bot.stop()
    await this.#timeline.pass(down)
    this.#bot = this.#newBot()
    return this.start()
  }

  /** One shard loses its session for half a minute, and starts a new one. */
  async reidentify(): Promise<Start> {
    const [shard = []] = this.#shards
    this.#bot.disconnect(shard)
    await this.#timeline.pass(30 * SECOND)
    this.#bot.connect(shard)
    return this.#follow(shard.flatMap((guildId) => this.#world.logs.get(guildId) ?? []))
  }

  /** Hours in which nothing is asked. */
  async rest(hours: number): Promise<Rest> {
    const requests = this.#count()
    let [least, grown, behind] = [0, 0, 0]
    for (let hour = 0; hour < hours; hour++) {
      await this.#timeline.pass(HOUR)
      least += leastPerHour(this.#world.logs.values(), this.#timeline.now()) / hours
      const until = this.#timeline.now() - BEHIND
      const due = this.#world.growths.filter(({ at }) => at > until - HOUR && at <= until)
      grown += due.length
      for (const growth of due) if (await this.#isBehind(growth)) behind++
    }
    return { requests, hours, least, grown, behind }
  }

  /** An hour in which moderators ask, half of them in busy servers. */
  async asked(
    howMany: number,
  ): Promise<{ readonly requests: Requests; readonly answers: readonly Answer[] }> {
    const requests = this.#count()
    const answers: Answer[] = []
    const logs = [...this.#world.logs.values()]
    const busy = logs.filter(({ profile }) => profile.name !== 'quiet')
    for (let nth = 0; nth < howMany; nth++) {
      const from = nth % 2 === 0 ? busy : logs
      const log = from[Math.floor((nth / howMany) * from.length)]
      if (log) void this.#bot.ask(log.guildId).then((answer) => answers.push(answer))
      await this.#timeline.pass(HOUR / howMany)
    }
    return { requests, answers }
  }

  #follow(logs: readonly LeanLog[]): Promise<Start> {
    const { readsPerMinute } = this.#options
    return followStart({
      bot: this.#bot,
      timeline: this.#timeline,
      logs,
      requests: this.#count(),
      readsPerMinute,
    })
  }

  /** Whether the archive does not have a count that has grown. */
  async #isBehind({ log, id, count }: Growth): Promise<boolean> {
    const slice = { order: 'newest', limit: 1 } as const
    const [stored] = await this.#archive.list(log.guildId, { from: id, to: idAfter(id) }, slice)
    return (stored?.count ?? 0) < count
  }

  /** Counts requests from now on. */
  #count(): Requests {
    const requests = new Requests(this.#timeline.now)
    this.#source.requests = requests
    return requests
  }

  #newBot(): SimulatedBot {
    const { readsPerMinute, requestsPerSecond = 47 } = this.#options
    return new SimulatedBot({
      archive: this.#archive,
      source: this.#source,
      timeline: this.#timeline,
      readsPerMinute,
      requestsPerSecond,
    })
  }
}
