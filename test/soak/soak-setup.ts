import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'
import { Discord } from '../../sandbox/discord.ts'
import { AUDIT_LOG, type FaultRule, type RestFault } from '../../sandbox/rest/faults.ts'
import { simulateHistory } from '../../sandbox/town/history.ts'
import { Random } from '../../sandbox/town/random.ts'
import { createTown, type Town } from '../../sandbox/town/town.ts'
import type { Guild } from '../../sandbox/world/guild.ts'
import type { WorldEvent } from '../../sandbox/world/world-event.ts'
import { readConfig } from '../../src/config.ts'
import { type Running, start } from '../../src/start.ts'
import { READ } from '../support/log-messages.ts'
import { HostClock, ManualClock } from '../support/manual-clock.ts'
import { RecordedLog } from '../support/recorded-log.ts'
import type { OpenDatabase, SoakDatabase } from './database.ts'
import { liftLimits } from './limits.ts'
import { addNeighbour } from './neighbour.ts'
import { openSqlite } from './sqlite-database.ts'
import { addLogChannels, type LogChannels } from './watches/log-channels.ts'
import { SoakWatches } from './watches/soak-watches.ts'

const TOKEN = 'a-token-that-nobody-may-see'
const HOUR = 3_600_000

/** How long the bot waits for a response before it gives up, in milliseconds. */
const RESPONSE_TIMEOUT = 20_000

/** How long the soak waits for anything before it gives up, in milliseconds of real time. */
const LONGEST_WAIT = 60_000

/** The pause between two checks of a condition, in milliseconds of real time. */
const POLL_INTERVAL = 10

/** After how many checks the clock starts to advance, and how many checks there are between two advances. */
const CHECKS_BEFORE = 30
const CHECKS_PER_STEP = 10

/** How many checks the clock stands still for as long as the bot makes requests. */
const MOST_CHECKS_WHILE_BUSY = 20

/**
 * How far the clock advances at first, in milliseconds: longer than any pause between two logins. Each step is twice as
 * long as the last, up to the longest: some of what is waited for happens once a day.
 */
const FIRST_STEP = 5 * 60_000
const LONGEST_STEP = HOUR

/** In which steps the clock goes on as a clock does, in milliseconds. */
const PASSING = 50

/** How long the bot must make no request to count as idle, in milliseconds of real time. */
const IDLE_AFTER = 20

/** A Discord with two guilds, a bot in both, and switches for faults. */
export class SoakSetup {
  readonly random: Random
  readonly clock: ManualClock
  /** The clock of the bot's machine. */
  readonly host: HostClock
  readonly log = new RecordedLog()
  readonly database: SoakDatabase
  readonly discord: Discord
  readonly town: Town
  readonly guilds: readonly Guild[]
  /** Where Custos posts. */
  readonly channels: ReadonlyMap<Guild, LogChannels>
  readonly watches: SoakWatches
  /** The fault of every read of the log, while there is one. */
  readFault: RestFault | undefined
  /** The fault of only the next read. */
  nextReadFault: RestFault | undefined
  /** Which requests for posts fail, while some do. */
  postFault: FaultRule | undefined
  /** Whether an event is withheld from the bot. */
  withholds: ((event: WorldEvent) => boolean) | undefined
  /** Texts that were erased: nothing that the archive's database stores may contain them. */
  readonly erased: string[] = []
  readonly #seed: number
  #running: Running | undefined
  #lastRequestAt = 0
  #ignoredAt = Number.NEGATIVE_INFINITY
  #starts = 0

  private constructor(discord: Discord, clock: ManualClock, seed: number, database: SoakDatabase) {
    this.database = database
    this.#seed = seed
    this.discord = discord
    this.clock = clock
    this.host = new HostClock(clock)
    this.random = new Random(seed)
    this.town = createTown(discord, TOKEN)
    simulateHistory(this.town, { days: 3, perDay: 40, seed })
    this.guilds = [this.town.guild, addNeighbour(this.town)]
    this.channels = addLogChannels(this.town, this.guilds)
    this.watches = new SoakWatches(this)
    liftLimits(discord.rateLimits)
    discord.onRestCall = () => {
      this.#lastRequestAt = performance.now()
    }
    discord.fault = (method, path, query) =>
      AUDIT_LOG.test(path) ? this.#takeReadFault() : this.postFault?.(method, path, query)
    discord.gateway.losesEvent = (event) => this.withholds?.(event) ?? false
  }

  static async start(seed: number, openDatabase: OpenDatabase = openSqlite): Promise<SoakSetup> {
    const clock = new ManualClock()
    const discord = await Discord.start({
      clock,
      mergeWindow: new Random(seed).pick([HOUR / 12, HOUR, 6 * HOUR]),
    })
    const setup = new SoakSetup(discord, clock, seed, await openDatabase())
    await setup.startBot()
    await setup.#logged(READ, setup.guilds.length)
    await setup.asTimePasses(() => setup.watches.setAll())
    return setup
  }

  async startBot(): Promise<void> {
    const config = readConfig({
      DISCORD_TOKEN: TOKEN,
      DISCORD_API: this.discord.api,
      DATABASE_URL: this.database.url,
      READS_PER_MINUTE: '1500',
      // Longer than the whole soak, so that nothing may be deleted.
      RETENTION_DAYS: '45',
    })
    const onFatal = (error: Error) => this.log.error({ err: error }, error.message)
    this.#running = await start(config, this.log, this.host, { onFatal })
    await this.#logged('Commands registered.', ++this.#starts)
  }

  async stopBot(): Promise<void> {
    let step = 'nothing yet'
    const stopping = this.#running?.stop((next) => {
      step = next
    })
    const late = sleep(LONGEST_WAIT, 'late', { ref: false })
    if ((await Promise.race([stopping, late])) === 'late') this.#giveUp(`stops: it waits for ${step}`)
  }

  /**
   * Resolves once a condition is true. If that takes long, the clock advances, because after a failure the bot waits for
   * its clock.
   * @param what ends the sentence “The bot never …”
   * @throws Error when the condition stays false
   */
  async until(reached: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const since = performance.now()
    let step = FIRST_STEP
    let checks = 0
    let checksWhileBusy = 0
    while (!(await reached())) {
      if (performance.now() - since > LONGEST_WAIT) this.#giveUp(what)
      await sleep(POLL_INTERVAL)
      // What is on its way would come too late.
      const isBusy = performance.now() - this.#lastRequestAt < IDLE_AFTER
      if (isBusy && checksWhileBusy++ < MOST_CHECKS_WHILE_BUSY) continue
      checks++
      checksWhileBusy = 0
      if (checks <= CHECKS_BEFORE || checks % CHECKS_PER_STEP > 0) continue
      this.clock.advance(step)
      step = Math.min(2 * step, LONGEST_STEP)
    }
  }

  /** Does something while the clock goes on as a clock does, so that what may be requested in a second becomes enough. */
  async asTimePasses<Result>(work: () => Promise<Result>): Promise<Result> {
    const passing = setInterval(() => this.clock.advance(PASSING), PASSING)
    return work().finally(() => clearInterval(passing))
  }

  async #logged(message: string, times: number): Promise<void> {
    await this.until(() => this.log.times(message) >= times, `logs “${message}”`)
  }

  #giveUp(what: string): never {
    const lines = this.log.lines.slice(-8).map(({ message, facts }) => `${message} ${inspect(facts)}`)
    throw new Error(`Seed ${this.#seed}: the bot never ${what}.\n${lines.join('\n')}`)
  }

  /** Whether the bot has a connection with a session on it. */
  get isConnected(): boolean {
    return this.discord.gateway.sessionsOf(this.town.bot.id).some(({ socket }) => socket?.readyState === 1)
  }

  /** Whether the bot can be restarted: while the gateway or the database is down it could not start again. */
  get canRestart(): boolean {
    return !this.discord.gateway.down && this.database.isUp
  }

  /** Whether the bot is waiting for a response that will not come. */
  get isAwaitingResponse(): boolean {
    return this.clock.now() < this.#ignoredAt + RESPONSE_TIMEOUT
  }

  /** Resolves when the bot has made no request for a moment. */
  async idle(): Promise<void> {
    const since = performance.now()
    do await sleep(4)
    while (
      performance.now() - this.#lastRequestAt < IDLE_AFTER &&
      performance.now() - since < 20 * IDLE_AFTER
    )
  }

  #takeReadFault(): RestFault | undefined {
    const once = this.nextReadFault
    this.nextReadFault = undefined
    const fault = once ?? this.readFault
    if (fault === 'silence') this.#ignoredAt = this.clock.now()
    return fault
  }

  async close(): Promise<void> {
    await this.stopBot()
    await this.discord.stop()
    await this.database.remove()
  }
}
