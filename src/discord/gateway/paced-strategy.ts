import {
  type FetchingStrategyOptions,
  SimpleContextFetchingStrategy,
  type WebSocketManager,
} from '@discordjs/ws'
import type { LoginPace } from './login-pace.ts'

/** What a shard of discord.js asks before it logs in. */
export class PacedStrategy extends SimpleContextFetchingStrategy {
  readonly #pace: LoginPace

  constructor(manager: WebSocketManager, options: FetchingStrategyOptions, pace: LoginPace) {
    super(manager, options)
    this.#pace = pace
  }

  override async waitForIdentify(shardId: number, signal: AbortSignal): Promise<void> {
    await this.#pace.turn(signal)
    await super.waitForIdentify(shardId, signal)
    // discord.js goes on even if the connection has closed meanwhile. It would log in on the next one, which does so too,
    // and Discord ends a connection on which a bot logs in twice.
    signal.throwIfAborted()
  }
}
