import { setTimeout as sleep } from 'node:timers/promises'
import { BotProcess } from '../../../sandbox/bot-process.ts'
import type { Discord } from '../../../sandbox/discord.ts'
import { SilentProxy } from '../../support/postgres/silent-proxy.ts'
import type { Period } from './connections.ts'

/** How long a supervisor waits until it starts a process again that has ended, in milliseconds. */
const RESTART_AFTER = 500

/** How long a process may take to stop, in milliseconds. */
const LONGEST_STOP = 5000

/** How a process ended. */
export interface Exit {
  /** The signal that the test sent to end it; undefined if it ended by itself. */
  readonly sent: 'SIGTERM' | 'SIGKILL' | undefined
  readonly code: number | null
  /** When it ended, by `performance.now()`. */
  readonly at: number
  /** What it logged. */
  readonly lines: readonly LogLine[]
  readonly stderr: string
}

export interface LogLine {
  readonly level: number
  readonly msg: string
  readonly [fact: string]: unknown
}

export interface BotOptions {
  readonly discord: Discord
  readonly token: string
  readonly databaseUrl: string
  readonly environment: Readonly<Record<string, string>>
  /** The script to run, by its path in the project. */
  readonly script: string
}

/**
 * One of several processes of a bot, and what an operator has around it: its network, and a supervisor that starts it
 * again when it ends. It reaches Discord and PostgreSQL through proxies of its own.
 */
export class SupervisedBot {
  /** The host that it connects to, by which Discord can distinguish it. */
  readonly host: string
  readonly exits: Exit[] = []
  readonly pauses: Period[] = []
  /** When it was cut off from the database. */
  readonly cutOffs: Period[] = []
  /** What is wrong with how it behaved. */
  readonly problems: string[] = []
  readonly #options: BotOptions
  readonly #discord: SilentProxy
  readonly #database: SilentProxy
  #process: BotProcess | undefined
  #sent: Exit['sent']
  #isSupervised = true

  private constructor(options: BotOptions, discord: SilentProxy, database: SilentProxy) {
    this.#options = options
    this.#discord = discord
    this.#database = database
    this.host = `127.0.0.1:${discord.port}`
  }

  static async start(options: BotOptions): Promise<SupervisedBot> {
    const [discord, database] = await Promise.all(
      [options.discord.origin, options.databaseUrl].map((url) =>
        SilentProxy.start(Number(new URL(url).port)),
      ),
    )
    if (!discord || !database) throw new Error('There are two addresses.')
    const bot = new SupervisedBot(options, discord, database)
    bot.start()
    return bot
  }

  get isRunning(): boolean {
    return this.#process !== undefined && !this.isPaused
  }

  get isPaused(): boolean {
    return isOpen(this.pauses)
  }

  get isCutOff(): boolean {
    return isOpen(this.cutOffs)
  }

  start(): void {
    if (this.#process) return
    const { discord, token, environment, script, databaseUrl } = this.#options
    const address = new URL(databaseUrl)
    address.port = String(this.#database.port)
    const process = new BotProcess(discord, token, {
      script,
      environment: { ...environment, DISCORD_API: `http://${this.host}/api`, DATABASE_URL: address.href },
    })
    this.#process = process
    void this.#supervise(process)
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Stops it as a supervisor does: it has to exit in time. */
  async terminate(): Promise<void> {
    const since = performance.now()
    await this.#end('SIGTERM')
    const took = performance.now() - since
    if (took > LONGEST_STOP) this.problems.push(`${this.host} took ${Math.round(took)} ms to stop.`)
  }

  pause(): void {
    if (!this.isRunning) return
    this.pauses.push({ from: performance.now(), until: Number.POSITIVE_INFINITY })
    this.#process?.signal('SIGSTOP')
  }

  resume(): void {
    this.#process?.signal('SIGCONT')
    endLast(this.pauses)
  }

  /** Cuts it off from the database: nothing arrives any more, and no connection is closed. */
  cutOff(): void {
    this.cutOffs.push({ from: performance.now(), until: Number.POSITIVE_INFINITY })
    this.#database.isSilent = true
  }

  reconnect(): void {
    this.#database.isSilent = false
    this.#database.cut()
    endLast(this.cutOffs)
  }

  /** Breaks its connections to Discord. */
  dropDiscord(): void {
    this.#discord.cut()
  }

  /** What the running process has logged, and those before it. */
  get lines(): LogLine[] {
    return [...this.exits.flatMap(({ lines }) => lines), ...(this.#process ? linesOf(this.#process) : [])]
  }

  async remove(): Promise<void> {
    this.#isSupervised = false
    await this.#end('SIGKILL')
    await Promise.all([this.#discord.stop(), this.#database.stop()])
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const process = this.#process
    if (!process) return
    this.#sent = signal
    await process.stop(signal)
    while (this.#process === process) await sleep(1)
  }

  /** Starts the next process, once this one has ended by itself. */
  async #supervise(process: BotProcess): Promise<void> {
    const code = await process.ended()
    const sent = this.#sent
    this.#sent = undefined
    endLast(this.pauses)
    const { stderr } = process.output
    this.exits.push({ sent, code, at: performance.now(), lines: linesOf(process), stderr })
    this.#process = undefined
    if (sent !== undefined) return
    await sleep(RESTART_AFTER)
    if (this.#isSupervised) this.start()
  }
}

function isOpen(periods: readonly Period[]): boolean {
  return periods.at(-1)?.until === Number.POSITIVE_INFINITY
}

function endLast(periods: Period[]): void {
  const last = periods.at(-1)
  if (last) last.until = Math.min(last.until, performance.now())
}

function linesOf({ output }: BotProcess): LogLine[] {
  return output.stdout.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line)]
    } catch {
      // The last line of a process that was killed.
      return []
    }
  })
}
