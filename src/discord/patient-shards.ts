import type { IShardingStrategy } from 'discord.js'

/**
 * Keeps the first failure of a shard from `Client.login`, which would destroy the client while its shards go on: they
 * connect again and again by themselves. What failed is told by `shardError`, and what is final by `shardDisconnect`.
 */
export function patient(shards: IShardingStrategy): IShardingStrategy {
  const connect = shards.connect.bind(shards)
  shards.connect = async () => {
    try {
      await connect()
    } catch {
      // The shard goes on.
    }
  }
  return shards
}
