import type { WebSocketManager } from '@discordjs/ws'
import { GatewayDispatchEvents as Event } from 'discord-api-types/v10'
import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import type { Gate } from '../../core/sharding/gate.ts'
import type { GatewayEvents } from '../gateway/gateway-events.ts'
import { GuardedShard } from './guarded-shard.ts'
import { IdentifyPacer } from './identify-pacer.ts'
import { PacedStrategy } from './paced-strategy.ts'
import type { ShardStates } from './shard-states.ts'
import {
  managerToFetchingStrategyOptions,
  WebSocketShardEvents as ShardEvent,
  SimpleShardingStrategy,
} from './ws.ts'

interface Deps {
  readonly events: GatewayEvents
  /** Is open while the shards may be connected. */
  readonly gate: Gate
  /** The host's clock. Only elapsed time is used. */
  readonly clock: Clock
  readonly log: Log
  readonly states: ShardStates
  /** Called when a shard has resumed its session. */
  readonly onResumed: (shardId: number) => void
}

/** Runs guarded shards in this process, as discord.js runs its own. */
export class GuardedSharding extends SimpleShardingStrategy {
  readonly #manager: WebSocketManager
  readonly #deps: Deps

  constructor(manager: WebSocketManager, deps: Deps) {
    super(manager)
    this.#manager = manager
    this.#deps = deps
    deps.gate.onClose(() => this.#suspend())
  }

  /**
   * Connects the shards. Their errors are hidden from `Client.login`, which would destroy the client at the first one,
   * while the shards keep reconnecting. `shardError` reports errors, `shardDisconnect` those that are final.
   */
  override async connect(): Promise<void> {
    await super.connect().catch(() => {})
  }

  override async spawn(shardIds: number[]): Promise<void> {
    const options = await managerToFetchingStrategyOptions(this.#manager)
    const shards = this.#shards
    for (const id of shardIds) {
      const pacer = new IdentifyPacer(this.#deps.clock)
      const shard = new GuardedShard(new PacedStrategy(this.#manager, options, pacer), id, this.#deps)
      shard.on(ShardEvent.Ready, () => pacer.sessionStarted())
      this.#relay(shard)
      this.#deps.states.follow(shard)
      shards.set(id, shard)
    }
  }

  /** Closes every connection. What fails then is the connection's own. */
  #suspend(): void {
    for (const shard of this.#shards.values()) {
      if (shard instanceof GuardedShard)
        void shard
          .suspend()
          .catch((error: unknown) =>
            this.#deps.log.warn({ shard: shard.id, err: error }, 'Suspending a shard failed.'),
          )
    }
  }

  /** Private in discord.js, and the only way to run a custom shard. */
  get #shards(): Map<unknown, unknown> {
    const shards: unknown = Reflect.get(this, 'shards')
    if (!(shards instanceof Map)) throw new Error('@discordjs/ws no longer has the private map shards.')
    return shards
  }

  /** Relays the events of a shard to discord.js. What discord.js throws at an event is logged. */
  #relay(shard: GuardedShard): void {
    const manager = this.#manager
    const { id: shardId } = shard
    shard.on(ShardEvent.Closed, (data) => void manager.emit(ShardEvent.Closed, { ...data, shardId }))
    shard.on(ShardEvent.Debug, (data) => void manager.emit(ShardEvent.Debug, { ...data, shardId }))
    shard.on(ShardEvent.Error, (data) => void manager.emit(ShardEvent.Error, { ...data, shardId }))
    shard.on(ShardEvent.Hello, () => void manager.emit(ShardEvent.Hello, { shardId }))
    shard.on(ShardEvent.Ready, (data) => void manager.emit(ShardEvent.Ready, { ...data, shardId }))
    shard.on(ShardEvent.Resumed, () => {
      manager.emit(ShardEvent.Resumed, { shardId })
      this.#deps.onResumed(shardId)
    })
    shard.on(ShardEvent.HeartbeatComplete, (data) => {
      manager.emit(ShardEvent.HeartbeatComplete, { ...data, shardId })
    })
    shard.on(ShardEvent.Dispatch, ({ data }) => {
      // ShardEvent.Resumed has reported RESUMED already.
      if (data.t === null || data.t === Event.Resumed) return
      this.#deps.events.attempt(data.t, () => manager.emit(ShardEvent.Dispatch, { data, shardId }))
    })
  }
}
