import { blocksIn, type ShardPlan, type SomeShards, shardOf, shardsIn } from '../core/sharding/shards.ts'
import type { Snowflake } from '../core/snowflake.ts'

/** What a process serves. */
export interface ServedShards {
  /** Its shards; undefined for as many as Discord recommends, all of them. */
  readonly assigned: SomeShards | undefined
  /** How many processes serve the bot when each block has one. */
  readonly processes: number
  /** Whether the process does what is done once for the bot. */
  readonly isFirst: boolean
  /** Whether the process serves a guild. */
  readonly serves: (guildId: Snowflake) => boolean
}

/** What the only process serves. */
export function allShards(count: number | 'auto'): ServedShards {
  const plan = count === 'auto' ? undefined : { shardCount: count, blockSize: count }
  return {
    assigned: plan && { ids: shardsIn(plan, 0), count: plan.shardCount },
    processes: 1,
    isFirst: true,
    serves: () => true,
  }
}

/** What one of several processes serves. */
export function shardsOfBlock(
  plan: ShardPlan,
  block: number,
): ServedShards & { readonly assigned: SomeShards } {
  const ids = shardsIn(plan, block)
  const count = plan.shardCount
  return {
    assigned: { ids, count },
    processes: blocksIn(plan),
    isFirst: block === 0,
    serves: (guildId) => ids.includes(shardOf(guildId, count)),
  }
}

/** The part of a limit of the whole bot that a process may use: the same for each, and at least 1. */
export function shareOf(limit: number, { processes }: Pick<ServedShards, 'processes'>): number {
  return Math.max(Math.floor(limit / processes), 1)
}
