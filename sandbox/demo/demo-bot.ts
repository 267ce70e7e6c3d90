import { BotProcess } from '../bot-process.ts'
import type { Discord } from '../discord.ts'
import type { PlaygroundBot } from '../page/playground.ts'
import type { DemoClock } from '../world/clock.ts'
import { asString, isJsonObject } from '../world/json.ts'

/** What Custos says once it has read a guild's log to its end. */
const READ = 'The audit log is read.'

/** Custos in the demo: a process of its own, whose time can be put forward, and which can be stopped and started. */
export class DemoBot implements PlaygroundBot {
  readonly #discord: Discord
  readonly #token: string
  readonly #clock: DemoClock
  readonly #archive: string
  readonly #read = Promise.withResolvers<void>()
  #process: BotProcess | undefined
  #state: PlaygroundBot['state'] = 'stopped'
  #said = ''
  onChange: (() => void) | undefined

  constructor(discord: Discord, token: string, clock: DemoClock, archive: string) {
    this.#discord = discord
    this.#token = token
    this.#clock = clock
    this.#archive = archive
  }

  get state(): PlaygroundBot['state'] {
    return this.#state
  }

  get lastLogMessage(): string {
    return this.#said
  }

  /** Resolves once it has read the log to its end for the first time. */
  get hasRead(): Promise<void> {
    return this.#read.promise
  }

  async start(): Promise<void> {
    this.#process = new BotProcess(this.#discord, this.#token, {
      script: 'sandbox/demo/custos.ts',
      onMessage: (message) => this.#hear(message),
      environment: {
        DATABASE_URL: `sqlite:${this.#archive}`,
        DEMO_AHEAD: String(this.#clock.ahead),
        READS_PER_MINUTE: '1500',
      },
    })
    this.#become('starting')
    await this.#process.ready()
    if (this.#state === 'starting') this.#become('reading')
  }

  async stop(): Promise<void> {
    await this.#process?.stop()
    this.#become('stopped')
  }

  /** Puts its time where the demo's is. */
  catchUp(): void {
    this.#process?.tell(this.#clock.ahead)
  }

  #hear(message: unknown): void {
    if (!isJsonObject(message)) return
    this.#said = asString(message.message) ?? ''
    if (this.#said !== READ) {
      this.onChange?.()
      return
    }
    this.#read.resolve()
    this.#become('watching')
  }

  #become(state: PlaygroundBot['state']): void {
    this.#state = state
    this.onChange?.()
  }
}
