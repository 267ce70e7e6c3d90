import { createRequire } from 'node:module'

/**
 * The copy of @discordjs/ws that discord.js uses. An `import` would load a second copy, the one for ES modules, and with it
 * @discordjs/rest again and the undici of Node: together about 15 MB.
 */
const ws: typeof import('@discordjs/ws') = createRequire(import.meta.url)('@discordjs/ws')

export const {
  managerToFetchingStrategyOptions,
  SimpleContextFetchingStrategy,
  SimpleShardingStrategy,
  WebSocketShard,
  WebSocketShardDestroyRecovery,
  WebSocketShardEvents,
} = ws
