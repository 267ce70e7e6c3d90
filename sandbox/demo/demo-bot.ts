import { BotProcess } from '../bot-process.ts'
import type { Discord } from '../discord.ts'
import type { PlaygroundBot } from '../page/playground.ts'
import type { DemoClock } from '../world/clock.ts'
import { asString, isJsonObject } from '../world/json.ts'

/** What Custos logs once its backfill is complete. */
const BACKFILL_COMPLETE = 'The audit logs are read.'

/** Custos in the demo: a process whose clock can be moved forward, and which can be stopped and started. */
export class DemoBot implements PlaygroundBot {
  readonly #discord: Discord
  readonly #token: string
  readonly #clock: DemoClock
  readonly #archive: string
  readonly #backfilled = Promise.withResolvers<void>()
  #process: BotProcess | undefined
  #state: PlaygroundBot['state'] = 'stopped'
  #lastLogMessage = ''
  onChange: (() => void) | undefined

  /** @param archive the path of the SQLite file */
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
    return this.#lastLogMessage
  }

  /** Resolves after the first complete backfill. */
  get backfilled(): Promise<void> {
    return this.#backfilled.promise
  }

  async start(): Promise<void> {
    this.#process = new BotProcess(this.#discord, this.#token, {
      script: 'sandbox/demo/custos.ts',
      onMessage: (message) => this.#receive(message),
      environment: {
        DATABASE_URL: `sqlite:${this.#archive}`,
        DEMO_AHEAD: String(this.#clock.ahead),
        READS_PER_MINUTE: '1500',
      },
    })
    this.#setState('starting')
    await this.#process.ready()
    if (this.#state === 'starting') this.#setState('reading')
  }

  async stop(): Promise<void> {
    await this.#process?.stop()
    this.#setState('stopped')
  }

  /** Sets the clock of the process to the demo's. */
  syncClock(): void {
    this.#process?.send(this.#clock.ahead)
  }

  #receive(message: unknown): void {
    if (!isJsonObject(message)) return
    this.#lastLogMessage = asString(message.message) ?? ''
    if (this.#lastLogMessage !== BACKFILL_COMPLETE) {
      this.onChange?.()
      return
    }
    this.#backfilled.resolve()
    this.#setState('connected')
  }

  #setState(state: PlaygroundBot['state']): void {
    this.#state = state
    this.onChange?.()
  }
}
