import { type Client, GatewayDispatchEvents as Event } from 'discord.js'
import type { Learnt } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import { isRecord } from '../core/entry.ts'
import type { KnownAs, Naming } from '../core/known.ts'
import { firstIdAt, isSnowflake, type Snowflake } from '../core/snowflake.ts'
import { channelNamings, namesInGuild, namesInInteraction, namings } from './names.ts'

type Sent = Readonly<Record<string, unknown>>

/** What an event tells of names; `at` is the moment it came. */
type Tell = (sent: Sent, at: Snowflake) => readonly Naming[]

/** Events that tell of something in a guild. */
const TOLD: readonly (readonly [Event, Tell])[] = [
  [Event.GuildRoleCreate, ({ role }, at) => namings([role], 'role', at)],
  [Event.GuildRoleUpdate, ({ role }, at) => namings([role], 'role', at)],
  [Event.ChannelCreate, (sent, at) => channelNamings([sent], at)],
  [Event.ChannelUpdate, (sent, at) => channelNamings([sent], at)],
  [Event.ThreadCreate, (sent, at) => channelNamings([sent], at)],
  [Event.ThreadUpdate, (sent, at) => channelNamings([sent], at)],
  [Event.GuildRoleDelete, ({ role_id }, at) => gone(role_id, 'role', at)],
  [Event.ChannelDelete, ({ id }, at) => gone(id, 'channel', at)],
  [Event.ThreadDelete, ({ id }, at) => gone(id, 'thread', at)],
  // No other event tells the name of a channel that the bot may not view.
  [Event.InteractionCreate, (sent, at) => namesInInteraction(sent, isSnowflake(sent.id) ? sent.id : at)],
]

/** Tells of the names of roles, channels and more as the gateway does, and of those that are gone. */
export function followNames(ws: Client['ws'], clock: Clock, learn: (learnt: Learnt) => void): void {
  const hear = (
    event: Event,
    of: 'guild_id' | 'id',
    tell: (sent: Sent, at: Snowflake) => Partial<Learnt>,
  ) => {
    ws.on(event, (sent: unknown) => {
      if (!isRecord(sent)) return
      const guildId = sent[of]
      const told = tell(sent, firstIdAt(clock.now()))
      if (!isSnowflake(guildId) || !told.names?.length) return
      learn({ guildId, entries: [], from: 'gateway', ...told })
    })
  }
  hear(Event.GuildCreate, 'id', (sent, at) => ({ names: namesInGuild(sent, at), rollCall: at }))
  hear(Event.GuildUpdate, 'id', (sent, at) => ({ names: namings([sent], 'guild', at) }))
  for (const [event, tell] of TOLD) hear(event, 'guild_id', (sent, at) => ({ names: tell(sent, at) }))
}

function gone(id: unknown, is: KnownAs, at: Snowflake): Naming[] {
  return isSnowflake(id) ? [{ id, is, name: null, at, was: 'gone' }] : []
}
