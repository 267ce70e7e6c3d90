import type { FetchingStrategyOptions, WebSocketManager } from '@discordjs/ws'
import type { IdentifyPacer } from './identify-pacer.ts'
import { SimpleContextFetchingStrategy } from './ws.ts'

/** Makes a shard of discord.js wait before it identifies. */
export class PacedStrategy extends SimpleContextFetchingStrategy {
  readonly #pacer: IdentifyPacer

  constructor(manager: WebSocketManager, options: FetchingStrategyOptions, pacer: IdentifyPacer) {
    super(manager, options)
    this.#pacer = pacer
  }

  override async waitForIdentify(shardId: number, signal: AbortSignal): Promise<void> {
    await this.#pacer.wait(signal)
    await super.waitForIdentify(shardId, signal)
    // discord.js continues even if the connection was closed in the meantime. It would identify on the next connection,
    // which does so itself, and Discord closes a connection on which a bot identifies twice.
    signal.throwIfAborted()
  }
}
