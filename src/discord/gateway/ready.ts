import { isRecord } from '../../core/json.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import type { Refused } from './frame.ts'
import type { ShardPlace } from './gateway-events.ts'

/** The beginning of a session. */
export interface Ready {
  readonly botId: Snowflake
  /** The guilds that the shard serves, those out of reach too. */
  readonly guildIds: readonly Snowflake[]
  /** Whether that is every guild: where a part of the list cannot be read, it does not tell which guilds are gone. */
  readonly areAll: boolean
  readonly shard: ShardPlace
}

/** A session's beginning, and what discord.js needs to know of it. */
export interface ReadyRead {
  readonly ready: Ready
  readonly forClient: object
}

/** Of some guilds, those that the bot is no longer in: the shard serves them, and does not list them. */
export function goneFrom({ guildIds, areAll, shard }: Ready, known: readonly Snowflake[]): Snowflake[] {
  const listed = new Set(guildIds)
  return areAll ? known.filter((id) => isServedBy(id, shard) && !listed.has(id)) : []
}

/**
 * Whether a shard serves a guild.
 * https://docs.discord.com/developers/events/gateway#sharding-sharding-formula
 */
export function isServedBy(guildId: Snowflake, { index, count }: ShardPlace): boolean {
  return Number((BigInt(guildId) >> 22n) % BigInt(count)) === index
}

/**
 * Reads READY. Without a session, a user and an application there is nothing to go on with; discord.js then waits
 * 15 seconds for another READY and connects anew.
 * https://docs.discord.com/developers/events/gateway-events#ready
 */
export function readReady(sent: unknown, shard: ShardPlace): ReadyRead | Refused {
  if (!isRecord(sent)) return { refused: 'it is not an object' }
  const { session_id, user, application, guilds, resume_gateway_url } = sent
  if (typeof session_id !== 'string' || session_id === '') return { refused: 'it names no session' }
  if (!isRecord(user) || !isSnowflake(user.id)) return { refused: 'it names no user' }
  if (!isRecord(application) || !isSnowflake(application.id)) return { refused: 'it names no application' }
  const listed = Array.isArray(guilds) ? guilds : [undefined]
  const guildIds = listed.flatMap((guild) => (isRecord(guild) && isSnowflake(guild.id) ? [guild.id] : []))
  return {
    ready: { botId: user.id, guildIds, areAll: guildIds.length === listed.length, shard },
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
      guilds: guildIds.map((id) => ({ id, unavailable: true })),
    },
  }
}

/** Whether a socket can be opened there: discord.js would try no other address, and stay away. */
export function isGatewayUrl(sent: unknown): sent is string {
  if (typeof sent !== 'string' || !URL.canParse(sent)) return false
  const { protocol, hash } = new URL(sent)
  return (protocol === 'wss:' || protocol === 'ws:') && hash === ''
}
