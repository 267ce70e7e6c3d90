import { setTimeout as sleep } from 'node:timers/promises'
import { Discord } from '../../../sandbox/discord.ts'
import { simulateHistory } from '../../../sandbox/town/history.ts'
import { Random } from '../../../sandbox/town/random.ts'
import { createTown, type Town } from '../../../sandbox/town/town.ts'
import type { Guild } from '../../../sandbox/world/guild.ts'
import type { SoakDatabase } from '../database.ts'
import { addNeighbour } from '../neighbour.ts'
import { openPostgres } from '../postgres-database.ts'
import { alertsOf } from '../watches/alerts.ts'
import { feedsOf } from '../watches/feeds.ts'
import { addLogChannels } from '../watches/log-channels.ts'
import { SoakWatches } from '../watches/soak-watches.ts'
import type { Pauses } from './connections.ts'
import { SupervisedBot } from './supervised-bot.ts'

const TOKEN = 'a-token-that-nobody-may-see'
const DAY = 86_400_000

export interface SetupOptions {
  readonly seed: number
  readonly shards: number
  readonly shardsPerProcess: number
  readonly processes: number
  /** How many servers there are on each shard. */
  readonly guildsPerShard: number
  /** The script that each process runs. */
  readonly script: string
  /** How long a shard has to wait after another, in milliseconds. Discord's is 5,000. */
  readonly identifyInterval: number
}

/** A Discord whose guilds are spread over shards, a PostgreSQL server, and the processes of one bot. */
export class ProcessesSetup {
  readonly options: SetupOptions
  readonly discord: Discord
  readonly town: Town
  readonly guilds: readonly Guild[]
  readonly random: Random
  readonly database: SoakDatabase
  readonly bots: SupervisedBot[] = []
  readonly erased: string[] = []
  readonly watches: SoakWatches
  /** When the commands were registered, and by which process. */
  readonly registrations: { readonly host: string; readonly at: number }[] = []

  private constructor(options: SetupOptions, discord: Discord, database: SoakDatabase) {
    const { seed, shards, guildsPerShard, identifyInterval } = options
    this.options = options
    this.discord = discord
    this.database = database
    this.random = new Random(seed)
    const { gateway } = discord
    gateway.shards = shards
    gateway.identifyInterval = identifyInterval
    gateway.heartbeatTimeout = 60_000
    gateway.resumableFor = 90_000
    this.town = createTown(discord, TOKEN)
    const others = Array.from({ length: shards * guildsPerShard }, (_, index) =>
      addNeighbour(this.town, createdOn(index % shards, shards, discord.world.now() - 100 * DAY)),
    )
    this.guilds = [this.town.guild, ...others]
    simulateHistory(this.town, { days: 3, perDay: 40, seed })
    this.watches = new SoakWatches({
      discord,
      town: this.town,
      guilds: this.guilds,
      channels: addLogChannels(this.town, this.guilds),
      database,
      random: this.random,
      // Two feeds in one channel, and an alert by server and one by target.
      specsFor: (town, channels) => [
        ...feedsOf(town, channels).slice(0, 2),
        ...alertsOf(town, channels).slice(2, 4),
      ],
    })
    discord.onResponse = ({ method, path, host }) => {
      if (method !== 'PUT' || !path.endsWith('/commands')) return
      this.registrations.push({ host, at: performance.now() })
    }
  }

  static async start(options: SetupOptions): Promise<ProcessesSetup> {
    // So short that the counts of entries stop growing soon after the last event.
    const discord = await Discord.start({ mergeWindow: 10_000 })
    const setup = new ProcessesSetup(options, discord, await openPostgres())
    const environment = {
      SHARD_COUNT: String(options.shards),
      SHARDS_PER_PROCESS: String(options.shardsPerProcess),
      READS_PER_MINUTE: '1500',
      LOG_LEVEL: 'info',
    }
    for (let count = 0; count < options.processes; count++) {
      const { script } = options
      const databaseUrl = setup.database.url
      setup.bots.push(await SupervisedBot.start({ discord, token: TOKEN, databaseUrl, environment, script }))
    }
    return setup
  }

  get pauses(): Pauses {
    return new Map(this.bots.map(({ host, pauses }) => [host, pauses]))
  }

  shardOf({ id }: Guild): number {
    return Number((BigInt(id) >> 22n) % BigInt(this.options.shards))
  }

  /** Whether a process that runs has the shard connected. */
  isServed(shard: number): boolean {
    const open = this.discord.gateway.shardConnections.filter(
      (connection) => connection.shard === shard && connection.until === undefined,
    )
    return open.some(({ host }) => this.bots.some((bot) => bot.host === host && bot.isRunning))
  }

  /** Resolves with true once a condition is true; with false if it is not in time. */
  async until(isTrue: () => boolean | Promise<boolean>, longest: number): Promise<boolean> {
    for (const since = performance.now(); performance.now() - since < longest; await sleep(50))
      if (await isTrue()) return true
    return false
  }

  /** Resolves with true once every shard is connected by a process that runs. */
  allServed(longest: number): Promise<boolean> {
    const shards = Array.from({ length: this.options.shards }, (_, shard) => shard)
    return this.until(() => shards.every((shard) => this.isServed(shard)), longest)
  }

  async close(): Promise<void> {
    await Promise.all(this.bots.map((bot) => bot.remove()))
    await this.discord.stop()
    await this.database.remove()
  }
}

/** A time shortly after another, at which a guild must be created to be on a shard. */
function createdOn(shard: number, shards: number, after: number): number {
  // A shard follows from the milliseconds since Discord's epoch.
  const offset = (Math.floor(after) - 1_420_070_400_000) % shards
  return Math.floor(after) + ((shard - offset + shards) % shards)
}
