import { setTimeout as sleep } from 'node:timers/promises'
import { BotProcess } from '../../sandbox/bot-process.ts'
import type { Discord } from '../../sandbox/discord.ts'
import type { LoopDelay } from './watched-bot.ts'

/** A bot in a process of its own, of which is known how late its event loop is. */
export class Watched {
  readonly #bot: BotProcess
  readonly #told: unknown[] = []

  constructor(discord: Discord, token: string, environment: Readonly<Record<string, string>>) {
    this.#bot = new BotProcess(discord, token, {
      script: 'test/bench/watched-bot.ts',
      environment,
      onMessage: (message) => this.#told.push(message),
    })
  }

  ready(): Promise<void> {
    return this.#bot.ready()
  }

  async stop(): Promise<void> {
    await this.#bot.stop()
  }

  /** How late it was since this was last asked. */
  async delay(): Promise<LoopDelay> {
    this.#told.length = 0
    this.#bot.send('delay')
    for (;;) {
      const delay = this.#told.find(isDelay)
      if (delay) return delay
      await sleep(5)
    }
  }

  /** Resolves once it has logged a message since it was last asked how late it was. */
  async logged(message: string): Promise<void> {
    while (!this.#told.includes(message)) await sleep(20)
  }
}

function isDelay(message: unknown): message is LoopDelay {
  return typeof message === 'object' && message !== null && 'busy' in message
}
