import { GatewayDispatchEvents as Event } from 'discord.js'
import type { ArchiveUpdate } from '../../core/archive.ts'
import type { Clock } from '../../core/clock.ts'
import type { EntityType, NameObservation } from '../../core/names/named-entity.ts'
import { firstIdAt, isSnowflake, minId, type Snowflake } from '../../core/snowflake.ts'
import { type GuildEvent, isEveryRole, isWholeList, type Sent } from './event.ts'
import type { GatewayEvents } from './gateway-events.ts'
import { namesInGuild, namesInInteraction, observe, observeChannels } from './names.ts'

/** What an event tells of names; `at` is the moment it came. */
type Tell = (sent: Sent, at: Snowflake) => readonly NameObservation[]

/** Events that tell of something in a guild. */
const TOLD: readonly (readonly [GuildEvent, Tell])[] = [
  [Event.GuildRoleCreate, ({ role }, at) => observe([role], 'role', at)],
  [Event.GuildRoleUpdate, ({ role }, at) => observe([role], 'role', at)],
  [Event.ChannelCreate, (sent, at) => observeChannels([sent], at)],
  [Event.ChannelUpdate, (sent, at) => observeChannels([sent], at)],
  [Event.ThreadCreate, (sent, at) => observeChannels([sent], at)],
  [Event.ThreadUpdate, (sent, at) => observeChannels([sent], at)],
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
export function listenForNames(
  events: GatewayEvents,
  clock: Clock,
  learn: (learnt: ArchiveUpdate) => void,
): void {
  const hear = (
    event: GuildEvent,
    tell: (sent: Sent, at: Snowflake, guildId: Snowflake) => Partial<ArchiveUpdate>,
  ) => {
    events.on(event, (guildId, sent) => {
      const told = tell(sent, firstIdAt(clock.now()), guildId)
      if (told.names?.length) learn({ guildId, entries: [], from: 'gateway', ...told })
    })
  }
  hear(Event.GuildCreate, (sent, at, guildId) => ({
    names: namesInGuild(sent, at),
    // What is not in a list that is whole is gone.
    ...(isEveryRole(sent.roles, guildId) && isWholeList(sent.channels) && { snapshotAt: at }),
  }))
  hear(Event.GuildUpdate, (sent, at) => ({ names: observe([sent], 'guild', at) }))
  for (const [event, tell] of TOLD) hear(event, (sent, at) => ({ names: tell(sent, at) }))
}

function gone(id: unknown, type: EntityType, at: Snowflake): NameObservation[] {
  return isSnowflake(id) ? [{ id, type, name: null, at, presence: 'gone' }] : []
}
