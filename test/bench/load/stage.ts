import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Discord } from '../../../sandbox/discord.ts'
import type { Application } from '../../../sandbox/world/world.ts'
import { type Answer, ask } from './ask.ts'
import { OperatedBot } from './operated-bot.ts'
import { questionOf } from './questions.ts'
import { type Budget, figures, type Row } from './report.ts'
import { Server } from './servers.ts'
import { Traffic } from './traffic.ts'

const TOKEN = 'a-token'

/** The bots to compare with, by their scripts in `bots/`. */
const BARE = [
  ['bare discord.js', 'discord-js'],
  ['bare @discordjs/ws and fetch', 'discordjs-ws'],
] as const

/** A sandbox Discord with servers, and the bot that is measured in it. */
export class Stage {
  readonly discord: Discord
  readonly servers: readonly Server[]
  readonly traffic: Traffic
  readonly #folder = mkdtempSync(join(tmpdir(), 'custos-load-'))
  #bot: OperatedBot | undefined

  private constructor(discord: Discord, servers: readonly Server[]) {
    this.discord = discord
    this.servers = servers
    this.traffic = new Traffic(discord)
  }

  /** @param entries how many entries the log of each server has */
  static async open({ servers, entries }: { servers: number; entries: number }): Promise<Stage> {
    const discord = await Discord.start()
    const { world } = discord
    const bot: Application = world.addApplication(world.addUser('Custos', { bot: true }), TOKEN)
    const all = Array.from({ length: servers }, (_, index) => new Server(discord, bot, index + 1))
    for (const server of all) server.addHistory(entries)
    return new Stage(discord, all)
  }

  /** Starts Custos with an empty archive. */
  async startCustos(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    const DATABASE_URL = `sqlite:${join(this.#folder, 'custos.db')}`
    this.#bot = OperatedBot.custos(this.discord, TOKEN, { DATABASE_URL, ...environment })
    await this.#bot.ready()
  }

  /** Starts Custos with an empty archive. Resolves when it has read every log. */
  async startAndRead(): Promise<void> {
    // As fast as it can be set.
    await this.startCustos({ READS_PER_MINUTE: '1500' })
    await this.traffic.quiet(this.servers.length)
  }

  /** Measures what the bot does while questions are asked. */
  async measure(what: string, asking: () => Promise<readonly Answer[]>, budget?: Budget): Promise<Row> {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const [cpu, reads, limited] = [this.#bot?.cpu ?? 0, this.traffic.reads, this.traffic.limited]
    const answers = await asking()
    delay.disable()
    return figures(
      what,
      answers,
      {
        reads: this.traffic.reads - reads,
        limited: this.traffic.limited - limited,
        cpu: (this.#bot?.cpu ?? 0) - cpu,
        sandboxDelay: delay.percentile(99) / 1e6,
      },
      budget,
    )
  }

  /** Measures how bots that do nothing else answer, instead of the bot that is running. */
  async measureBare(asking: () => Promise<readonly Answer[]>): Promise<Row[]> {
    const rows: Row[] = []
    for (const [what, script] of BARE) {
      await this.#stopBot()
      this.#bot = OperatedBot.script(this.discord, TOKEN, `test/bench/load/bots/${script}.ts`)
      await this.#bot.ready()
      const [server] = this.servers
      // discord.js holds interactions back until it has every guild.
      if (server) await ask(server, questionOf(0), { timeout: 20_000 })
      rows.push(await this.measure(what, asking))
    }
    return rows
  }

  async close(): Promise<void> {
    await this.#stopBot()
    await this.discord.stop()
    rmSync(this.#folder, { recursive: true })
  }

  async #stopBot(): Promise<void> {
    await this.#bot?.stop()
    this.#bot = undefined
  }
}

/** Runs something on a stage, which is closed afterwards. */
export async function onStage<Result>(
  size: Parameters<typeof Stage.open>[0],
  use: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const stage = await Stage.open(size)
  try {
    return await use(stage)
  } finally {
    await stage.close()
  }
}
