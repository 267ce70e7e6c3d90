import { setTimeout as sleep } from 'node:timers/promises'
import { BotProcess } from '../../../sandbox/bot-process.ts'
import type { Discord } from '../../../sandbox/discord.ts'
import type { LoopDelay } from './measured-bot-process.ts'

/** A bot in a process of its own that reports the delay of its event loop. */
export class MeasuredBot {
  readonly #bot: BotProcess
  readonly #reports: unknown[] = []

  constructor(discord: Discord, token: string, environment: Readonly<Record<string, string>>) {
    this.#bot = new BotProcess(discord, token, {
      script: 'test/bench/loop/measured-bot-process.ts',
      environment,
      onMessage: (message) => this.#reports.push(message),
    })
  }

  ready(): Promise<void> {
    return this.#bot.ready()
  }

  async stop(): Promise<void> {
    await this.#bot.stop()
  }

  /** The delay since the last call. */
  async delay(): Promise<LoopDelay> {
    this.#reports.length = 0
    this.#bot.send('delay')
    for (;;) {
      const delay = this.#reports.find(isDelay)
      if (delay) return delay
      await sleep(5)
    }
  }

  /** Resolves when it has logged a message since the last call of `delay`. */
  async logged(message: string): Promise<void> {
    while (!this.#reports.includes(message)) await sleep(20)
  }
}

function isDelay(message: unknown): message is LoopDelay {
  return typeof message === 'object' && message !== null && 'busy' in message
}
