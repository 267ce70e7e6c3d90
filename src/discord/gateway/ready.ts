import { isRecord } from '../../core/json.ts'
import type { Shard } from '../../core/sharding/shards.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import type { ShardSession } from '../../sync/session.ts'
import type { Rejected } from './payload.ts'

/** The start of a session. */
export interface Ready extends ShardSession {
  readonly botId: Snowflake
}

/** The start of a session, and the data that discord.js gets of it. */
interface ParsedReady {
  readonly ready: Ready
  readonly forClient: object
}

/**
 * Parses READY. It is rejected without a session, a user or an application; discord.js then waits 15 seconds for another
 * READY and reconnects. https://docs.discord.com/developers/events/gateway-events#ready
 */
export function parseReady(data: unknown, shard: Shard): ParsedReady | Rejected {
  if (!isRecord(data)) return { rejected: 'it is not an object' }
  const { session_id, user, application, guilds, resume_gateway_url } = data
  if (typeof session_id !== 'string' || session_id === '') return { rejected: 'it has no session id' }
  if (!isRecord(user) || !isSnowflake(user.id)) return { rejected: 'it has no user id' }
  if (!isRecord(application) || !isSnowflake(application.id)) return { rejected: 'it has no application id' }
  const listed = Array.isArray(guilds) ? guilds : [undefined]
  const guildIds = listed.flatMap((guild) => (isRecord(guild) && isSnowflake(guild.id) ? [guild.id] : []))
  return {
    ready: { botId: user.id, guildIds, isComplete: guildIds.length === listed.length, shard },
    forClient: {
      session_id,
      ...(isGatewayUrl(resume_gateway_url) && { resume_gateway_url }),
      user: {
        id: user.id,
        username: typeof user.username === 'string' ? user.username : user.id,
        discriminator: typeof user.discriminator === 'string' ? user.discriminator : '0',
        bot: true,
      },
      application: { id: application.id, flags: 0 },
      // discord.js would wait for these guilds and cache them. Custos needs neither.
      guilds: [],
    },
  }
}

/** Whether a value is an address a WebSocket can connect to. discord.js would not fall back to another address. */
export function isGatewayUrl(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { protocol, hash } = new URL(value)
  return (protocol === 'wss:' || protocol === 'ws:') && hash === ''
}
