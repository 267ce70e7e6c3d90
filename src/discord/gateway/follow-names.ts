import { GatewayDispatchEvents as Event } from 'discord.js'
import type { Learnt } from '../../core/archive.ts'
import type { Clock } from '../../core/clock.ts'
import type { KnownAs, Naming } from '../../core/names/named-entity.ts'
import { firstIdAt, isSnowflake, minId, type Snowflake } from '../../core/snowflake.ts'
import { type GuildEvent, isEveryRole, isWholeList, type Sent } from './event.ts'
import type { GatewayEvents } from './gateway-events.ts'
import { channelNamings, namesInGuild, namesInInteraction, namings } from './names.ts'

/** What an event tells of names; `at` is the moment it came. */
type Tell = (sent: Sent, at: Snowflake) => readonly Naming[]

/** Events that tell of something in a guild. */
const TOLD: readonly (readonly [GuildEvent, Tell])[] = [
  [Event.GuildRoleCreate, ({ role }, at) => namings([role], 'role', at)],
  [Event.GuildRoleUpdate, ({ role }, at) => namings([role], 'role', at)],
  [Event.ChannelCreate, (sent, at) => channelNamings([sent], at)],
  [Event.ChannelUpdate, (sent, at) => channelNamings([sent], at)],
  [Event.ThreadCreate, (sent, at) => channelNamings([sent], at)],
  [Event.ThreadUpdate, (sent, at) => channelNamings([sent], at)],
  [Event.GuildRoleDelete, ({ role_id }, at) => gone(role_id, 'role', at)],
  [Event.ChannelDelete, ({ id }, at) => gone(id, 'channel', at)],
  [Event.ThreadDelete, ({ id }, at) => gone(id, 'thread', at)],
  // No other event tells the name of a channel that the bot may not view. An id from the future would outlast any name.
  [
    Event.InteractionCreate,
    (sent, at) => namesInInteraction(sent, isSnowflake(sent.id) ? minId(sent.id, at) : at),
  ],
]

/** Tells of the names of roles, channels and more as the gateway does, and of those that are gone. */
export function followNames(events: GatewayEvents, clock: Clock, learn: (learnt: Learnt) => void): void {
  const hear = (
    event: GuildEvent,
    tell: (sent: Sent, at: Snowflake, guildId: Snowflake) => Partial<Learnt>,
  ) => {
    events.on(event, (guildId, sent) => {
      const told = tell(sent, firstIdAt(clock.now()), guildId)
      if (told.names?.length) learn({ guildId, entries: [], from: 'gateway', ...told })
    })
  }
  hear(Event.GuildCreate, (sent, at, guildId) => ({
    names: namesInGuild(sent, at),
    // What is not in a list that is whole is gone.
    ...(isEveryRole(sent.roles, guildId) && isWholeList(sent.channels) && { rollCall: at }),
  }))
  hear(Event.GuildUpdate, (sent, at) => ({ names: namings([sent], 'guild', at) }))
  for (const [event, tell] of TOLD) hear(event, (sent, at) => ({ names: tell(sent, at) }))
}

function gone(id: unknown, is: KnownAs, at: Snowflake): Naming[] {
  return isSnowflake(id) ? [{ id, is, name: null, at, was: 'gone' }] : []
}
