import type { Snowflake } from '../snowflake.ts'

/** More shards than any bot has: Discord recommends about one per 1,000 guilds. */
export const MAX_SHARDS = 10_000

/** The place of a shard among all shards of the bot. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/**
 * Which shard serves a guild.
 * https://docs.discord.com/developers/events/gateway#sharding-sharding-formula
 */
export function shardOf(guildId: Snowflake, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count))
}

/** Whether a shard serves a guild. */
export function isServedBy(guildId: Snowflake, { index, count }: Shard): boolean {
  return shardOf(guildId, count) === index
}

/** How the operator has the shards divided among processes. */
export interface ShardingSettings {
  /** How many shards there are; `auto` for as many as Discord recommends. */
  readonly count: number | 'auto'
  /** How many of them a process serves. */
  readonly perProcess: number | 'all'
}

/** Some of the bot's shards. */
export interface SomeShards {
  readonly ids: readonly number[]
  /** How many shards the bot has. */
  readonly count: number
}

/** How the bot's shards are divided: into blocks of this size, of which the last may have fewer. */
export interface ShardPlan {
  readonly shardCount: number
  readonly blockSize: number
}

/** How many blocks there are. */
export function blocksIn({ shardCount, blockSize }: ShardPlan): number {
  return Math.ceil(shardCount / blockSize)
}

/** The shards in a block, which is counted from 0. */
export function shardsIn({ shardCount, blockSize }: ShardPlan, block: number): number[] {
  const first = block * blockSize
  return Array.from({ length: Math.min(blockSize, shardCount - first) }, (_, index) => first + index)
}
