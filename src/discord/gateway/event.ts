import { GatewayDispatchEvents as Event } from 'discord-api-types/v10'
import { isRecord, recordsIn } from '../../core/json.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import { momentIn } from '../../core/time/moment.ts'
import type { Refused } from './frame.ts'
import { readInteraction } from './interaction.ts'

/** Data as Discord sent it: its fields can hold anything. */
export type Sent = Readonly<Record<string, unknown>>

/** An event of a guild: which guild is sure, the rest is as it was sent. */
export interface GuildEventRead {
  readonly guildId: Snowflake
  readonly sent: Sent
  /** What discord.js needs to know of it; undefined for nothing. */
  readonly forClient?: object
}

/** The events of guilds that Custos uses, and the field that names the guild. */
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

/** Whether Custos uses an event of this name. All others stop here. */
export function isGuildEvent(name: string): name is GuildEvent {
  return Object.hasOwn(GUILD_EVENTS, name)
}

/** Reads the data of an event of a guild. */
export function readGuildEvent(event: GuildEvent, sent: unknown): GuildEventRead | Refused {
  if (!isRecord(sent)) return { refused: 'it is not an object' }
  const guildId = sent[GUILD_EVENTS[event]]
  if (!isSnowflake(guildId)) return { refused: 'it names no guild' }
  const read = { guildId, sent }
  switch (event) {
    case Event.GuildCreate:
      if (sent.unavailable === true) return { refused: 'the guild is out of reach' }
      return { ...read, forClient: guildForClient(guildId, sent) }
    case Event.GuildDelete:
      return { ...read, forClient: { id: guildId, unavailable: !isRemoval(sent) } }
    case Event.InteractionCreate: {
      const interaction = readInteraction(sent)
      return 'refused' in interaction ? interaction : { ...read, ...interaction }
    }
    default:
      return read
  }
}

/**
 * Whether a GUILD_DELETE says that the bot is no longer in the guild. Only without `unavailable` does it; what is
 * anything but `false` may be an outage, on which nothing is to be forgotten.
 * https://docs.discord.com/developers/events/gateway-events#guild-delete
 */
export function isRemoval({ unavailable }: Sent): boolean {
  return unavailable === undefined || unavailable === false
}

/** Whether a list names each thing in it, so that it tells all there are. */
export function isWholeList(sent: unknown): boolean {
  return Array.isArray(sent) && sent.every((each) => isRecord(each) && isSnowflake(each.id))
}

/** Whether a list names each role of a guild. Each guild has @everyone, whose id is the guild's own. */
export function isEveryRole(sent: unknown, guildId: Snowflake): boolean {
  return isWholeList(sent) && recordsIn(sent).some(({ id }) => id === guildId)
}

/** A guild without its channels, roles and members, which discord.js would keep in memory. */
function guildForClient(id: Snowflake, { name, joined_at }: Sent): object {
  return {
    id,
    name: typeof name === 'string' ? name : id,
    unavailable: false,
    ...(momentIn(joined_at) !== undefined && { joined_at }),
  }
}
