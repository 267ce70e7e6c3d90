import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import manifest from '../../../package.json' with { type: 'json' }
import { BotProcess } from '../../../sandbox/bot-process.ts'
import type { Discord } from '../../../sandbox/discord.ts'

/** The kernel counts a process's time in hundredths of a second. */
const TICK = 10

/** A bot in a process of its own, started as its operator starts it. */
export class OperatedBot {
  readonly #process: BotProcess

  private constructor(process: BotProcess) {
    this.#process = process
  }

  /** Starts Custos by the command of `npm start`, without npm. */
  static custos(discord: Discord, token: string, environment: Readonly<Record<string, string>>): OperatedBot {
    const command = ['sh', '-c', manifest.scripts.start] as const
    const PATH = `${dirname(process.execPath)}:${process.env.PATH}`
    const options = { command, environment: { PATH, ...environment } }
    return new OperatedBot(new BotProcess(discord, token, options))
  }

  /** Starts another bot to compare with. @param script by its path in the project */
  static script(discord: Discord, token: string, script: string): OperatedBot {
    return new OperatedBot(new BotProcess(discord, token, { script }))
  }

  ready(): Promise<void> {
    return this.#process.ready()
  }

  /** How long it has used a processor, in milliseconds; NaN where the kernel does not tell. */
  get cpu(): number {
    if (process.platform !== 'linux') return Number.NaN
    // The second field is its name in parentheses, which may contain spaces.
    const fields = readFileSync(`/proc/${this.#process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * TICK
  }

  /** @throws Error with what it wrote if it did not end as it should */
  async stop(): Promise<void> {
    const code = await Promise.race([this.#process.stop(), sleep(10_000, 'nothing', { ref: false })])
    if (code === 0) return
    this.#process.signal('SIGKILL')
    throw new Error(`The bot ended with ${code}: ${this.#process.output.stderr}`)
  }
}
