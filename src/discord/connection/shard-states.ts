import type { WebSocketShard } from '@discordjs/ws'
import type { Clock } from '../../core/clock.ts'
import { WebSocketShardEvents as ShardEvent, WebSocketShardStatus as Status } from './ws.ts'

/** What a shard is doing. Only one that is `ready` receives events. */
export type ShardState = 'idle' | 'connecting' | 'resuming' | 'ready'

const STATES: Readonly<Record<number, ShardState>> = {
  [Status.Idle]: 'idle',
  [Status.Connecting]: 'connecting',
  [Status.Resuming]: 'resuming',
  [Status.Ready]: 'ready',
}

/** How many shards sentences are made for. An outage of Discord concerns all of them. */
const MOST_NAMED = 5

/** A shard of this process. */
interface FollowedShard {
  readonly shard: WebSocketShard
  /** When it lost its connection or, before the first, when it was created; in milliseconds since the Unix epoch. */
  lostAt: number
  wasReady: boolean
  /** How long Discord took to answer its last heartbeat, in milliseconds. */
  latency: number | undefined
}

/** The connections of this process to Discord's gateway, for those who watch it. */
export class ShardStates {
  readonly #clock: Pick<Clock, 'now'>
  readonly #shards = new Map<number, FollowedShard>()

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  /** Follows a shard from now on, in place of an earlier one with its id. */
  follow(shard: WebSocketShard): void {
    const followed: FollowedShard = {
      shard,
      lostAt: this.#clock.now(),
      wasReady: false,
      latency: undefined,
    }
    this.#shards.set(shard.id, followed)
    const connected = () => {
      followed.wasReady = true
    }
    shard.on(ShardEvent.Ready, connected)
    shard.on(ShardEvent.Resumed, connected)
    shard.on(ShardEvent.Closed, () => {
      // While an outage lasts, each attempt to connect is closed.
      if (followed.wasReady) followed.lostAt = this.#clock.now()
      followed.wasReady = false
      followed.latency = undefined
    })
    shard.on(ShardEvent.HeartbeatComplete, ({ latency }) => {
      followed.latency = latency
    })
  }

  /** How many shards are in each state. */
  counts(): Map<ShardState, number> {
    const counts = new Map(Object.values(STATES).map((state) => [state, 0]))
    for (const { shard } of this.#shards.values()) {
      const state = stateOf(shard)
      counts.set(state, (counts.get(state) ?? 0) + 1)
    }
    return counts
  }

  /** How long Discord took to answer the last heartbeat of each connected shard, in milliseconds. */
  latencies(): Map<number, number> {
    const known = [...this.#shards].flatMap(([id, { latency }]) =>
      latency === undefined ? [] : [[id, latency] as const],
    )
    return new Map(known)
  }

  /** What keeps events from coming, in sentences. */
  problems(): string[] {
    if (this.#shards.size === 0) return ['Custos is not connected to Discord yet.']
    const lost = [...this.#shards.values()].filter(({ shard }) => stateOf(shard) !== 'ready')
    const sentences = lost
      .slice(0, MOST_NAMED)
      .map(
        ({ shard, lostAt }) =>
          `Shard ${shard.id} has not been connected to Discord since ${isoTime(lostAt)}.`,
      )
    const others = lost.length - MOST_NAMED
    return others > 0
      ? [...sentences, `Number of other shards that are not connected: ${others}.`]
      : sentences
  }
}

function stateOf({ status }: WebSocketShard): ShardState {
  return STATES[status] ?? 'idle'
}

/** A moment to the second, such as `2026-11-27T09:20:00Z`. */
function isoTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}
