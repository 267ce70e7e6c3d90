import { SimpleShardingStrategy, type WebSocketOptions } from 'discord.js'

/**
 * Shards that connect again and again by themselves, as those of discord.js do, and whose first failure does not make
 * `Client.login` destroy the client while they go on. What failed is told by `shardError`, and what is final by
 * `shardDisconnect`.
 */
export const patientShards: NonNullable<WebSocketOptions['buildStrategy']> = (manager) => {
  const shards = new SimpleShardingStrategy(manager)
  const connect = shards.connect.bind(shards)
  shards.connect = () => connect().catch(() => {})
  return shards
}
