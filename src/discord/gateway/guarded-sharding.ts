import {
  managerToFetchingStrategyOptions,
  WebSocketShardEvents as ShardEvent,
  SimpleShardingStrategy,
  type WebSocketManager,
} from '@discordjs/ws'
import { GatewayDispatchEvents as Event } from 'discord-api-types/v10'
import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import type { GatewayEvents } from './gateway-events.ts'
import { GuardedShard } from './guarded-shard.ts'
import { LoginPace } from './login-pace.ts'
import { PacedStrategy } from './paced-strategy.ts'

interface Deps {
  readonly events: GatewayEvents
  /** The machine's: what is waited for here is elapsed time. */
  readonly clock: Clock
  readonly log: Log
  /** Is told when the session of a shard was resumed. */
  readonly onResumed: (shardId: number) => void
}

/** discord.js's own way to run shards in one process, with shards that are guarded. */
export class GuardedSharding extends SimpleShardingStrategy {
  readonly #manager: WebSocketManager
  readonly #deps: Deps

  constructor(manager: WebSocketManager, deps: Deps) {
    super(manager)
    this.#manager = manager
    this.#deps = deps
  }

  /**
   * Connects the shards. The first failure of one is kept from `Client.login`, which would destroy the client while its
   * shards go on: they connect again and again by themselves. What failed is told by `shardError`, and what is final by
   * `shardDisconnect`.
   */
  override async connect(): Promise<void> {
    await super.connect().catch(() => {})
  }

  override async spawn(shardIds: number[]): Promise<void> {
    const options = await managerToFetchingStrategyOptions(this.#manager)
    // Private in discord.js, which offers no other way to run a shard of one's own.
    const shards: unknown = Reflect.get(this, 'shards')
    if (!(shards instanceof Map)) throw new Error('@discordjs/ws does not keep its shards where it did.')
    for (const id of shardIds) {
      const pace = new LoginPace(this.#deps.clock)
      const shard = new GuardedShard(new PacedStrategy(this.#manager, options, pace), id, this.#deps)
      shard.on(ShardEvent.Ready, () => pace.begun())
      this.#relay(shard)
      shards.set(id, shard)
    }
  }

  /** Tells discord.js what its shards do. What it throws at an event is logged, and the event dropped. */
  #relay(shard: GuardedShard): void {
    const manager = this.#manager
    const { id: shardId } = shard
    shard.on(ShardEvent.Closed, (told) => void manager.emit(ShardEvent.Closed, { ...told, shardId }))
    shard.on(ShardEvent.Debug, (told) => void manager.emit(ShardEvent.Debug, { ...told, shardId }))
    shard.on(ShardEvent.Error, (told) => void manager.emit(ShardEvent.Error, { ...told, shardId }))
    shard.on(ShardEvent.Hello, () => void manager.emit(ShardEvent.Hello, { shardId }))
    shard.on(ShardEvent.Ready, (told) => void manager.emit(ShardEvent.Ready, { ...told, shardId }))
    shard.on(ShardEvent.Resumed, () => {
      manager.emit(ShardEvent.Resumed, { shardId })
      this.#deps.onResumed(shardId)
    })
    shard.on(ShardEvent.HeartbeatComplete, (told) => {
      manager.emit(ShardEvent.HeartbeatComplete, { ...told, shardId })
    })
    shard.on(ShardEvent.Dispatch, ({ data }) => {
      // discord.js hears from the shard itself that a session was resumed.
      if (data.t === null || data.t === Event.Resumed) return
      this.#deps.events.attempt(data.t, () => manager.emit(ShardEvent.Dispatch, { data, shardId }))
    })
  }
}
