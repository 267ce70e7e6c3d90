import { GatewayDispatchEvents as Event } from 'discord-api-types/v10'
import { isRecord } from '../../core/json.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import { parseInteraction } from './interaction.ts'
import type { Payload, Rejected } from './payload.ts'

/** An event of a guild. Only the guild id was checked. */
interface ParsedGuildEvent {
  readonly guildId: Snowflake
  readonly payload: Payload
  /** The data that discord.js gets; undefined to keep the event from it. */
  readonly forClient?: object
}

/** The events that Custos uses, and the field that has the guild id. */
const GUILD_EVENTS = {
  [Event.GuildCreate]: 'id',
  [Event.GuildUpdate]: 'id',
  [Event.GuildDelete]: 'id',
  [Event.GuildAuditLogEntryCreate]: 'guild_id',
  [Event.GuildMemberUpdate]: 'guild_id',
  [Event.GuildRoleCreate]: 'guild_id',
  [Event.GuildRoleUpdate]: 'guild_id',
  [Event.GuildRoleDelete]: 'guild_id',
  [Event.ChannelCreate]: 'guild_id',
  [Event.ChannelUpdate]: 'guild_id',
  [Event.ChannelDelete]: 'guild_id',
  [Event.ThreadCreate]: 'guild_id',
  [Event.ThreadUpdate]: 'guild_id',
  [Event.ThreadDelete]: 'guild_id',
  [Event.InteractionCreate]: 'guild_id',
} as const

export type GuildEvent = keyof typeof GUILD_EVENTS

/** Whether Custos uses the event with this name. */
export function isGuildEvent(name: string): name is GuildEvent {
  return Object.hasOwn(GUILD_EVENTS, name)
}

/** Parses the data of a guild event. */
export function parseGuildEvent(event: GuildEvent, data: unknown): ParsedGuildEvent | Rejected {
  if (!isRecord(data)) return { rejected: 'it is not an object' }
  const guildId = data[GUILD_EVENTS[event]]
  if (!isSnowflake(guildId)) return { rejected: 'it has no guild id' }
  const parsed = { guildId, payload: data }
  switch (event) {
    case Event.GuildCreate:
      return data.unavailable === true ? { rejected: 'the guild is unavailable' } : parsed
    case Event.InteractionCreate: {
      const interaction = parseInteraction(data)
      return 'rejected' in interaction ? interaction : { ...parsed, ...interaction }
    }
    default:
      return parsed
  }
}

/**
 * Whether a GUILD_DELETE means that the bot was removed. That is the case only without `unavailable`. Any value except
 * `false` is treated as an outage, so that nothing is deleted by mistake.
 * https://docs.discord.com/developers/events/gateway-events#guild-delete
 */
export function isRemoval({ unavailable }: Payload): boolean {
  return unavailable === undefined || unavailable === false
}
