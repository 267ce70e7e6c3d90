import { GatewayCloseCodes as Close, GatewayIntentBits } from 'discord-api-types/v10'
import { asString, type JsonObject } from '../world/json.ts'
import type { Application, World } from '../world/world.ts'

/** The bot behind a session, and what it identified with. */
export interface Identity {
  readonly application: Application
  readonly intents: number
  readonly shard: readonly [id: number, count: number]
}

/** All intents; a bit past the highest is invalid. */
const KNOWN_INTENTS = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0)

/** Intents that must be enabled for an application first. */
const PRIVILEGED =
  GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent

/** The data of an IDENTIFY, or the close code it is rejected with. */
export function identityOf(world: World, { token, intents, shard }: JsonObject): Identity | Close {
  const application = applicationWith(world, token)
  if (!application) return Close.AuthenticationFailed
  if (typeof intents !== 'number' || !Number.isInteger(intents) || intents & ~KNOWN_INTENTS)
    return Close.InvalidIntents
  if (intents & PRIVILEGED & ~(application.membersIntent ? GatewayIntentBits.GuildMembers : 0)) {
    return Close.DisallowedIntents
  }
  const [id, count] = shard === undefined ? [0, 1] : Array.isArray(shard) ? shard : []
  if (!Number.isInteger(id) || !Number.isInteger(count) || id < 0 || id >= count) return Close.InvalidShard
  return { application, intents, shard: [Number(id), Number(count)] }
}

/**
 * Whether a guild belongs to a session's shard.
 * https://docs.discord.com/developers/events/gateway#sharding
 */
export function isOnShard(guildId: string, { shard: [shard, shards] }: Identity): boolean {
  return Number((BigInt(guildId) >> 22n) % BigInt(shards)) === shard
}

/** The application with a token, with or without the prefix `Bot`. */
export function applicationWith({ applications }: World, token: unknown): Application | undefined {
  return applications.get(asString(token)?.replace(/^Bot /, '') ?? '')
}
