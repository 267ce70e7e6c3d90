import { type Client, GatewayDispatchEvents as Event } from 'discord.js'
import type { Learnt } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import { isRecord } from '../core/entry.ts'
import type { KnownAs, Naming } from '../core/known.ts'
import { firstIdAt, isSnowflake, type Snowflake } from '../core/snowflake.ts'
import { namesInGuild, namings } from './names.ts'

type Sent = Readonly<Record<string, unknown>>

/** Events of one thing: where in them it stands, or its id when it is gone. */
const NAMED: readonly (readonly [Event, KnownAs, (sent: Sent) => unknown])[] = [
  [Event.GuildRoleCreate, 'role', ({ role }) => role],
  [Event.GuildRoleUpdate, 'role', ({ role }) => role],
  [Event.ChannelCreate, 'channel', (sent) => sent],
  [Event.ChannelUpdate, 'channel', (sent) => sent],
  [Event.ThreadCreate, 'thread', (sent) => sent],
  [Event.ThreadUpdate, 'thread', (sent) => sent],
]
const DELETED: readonly (readonly [Event, KnownAs, (sent: Sent) => unknown])[] = [
  [Event.GuildRoleDelete, 'role', ({ role_id }) => role_id],
  [Event.ChannelDelete, 'channel', ({ id }) => id],
  [Event.ThreadDelete, 'thread', ({ id }) => id],
]

/** Tells of the names of roles, channels and more as the gateway does, and of those that are gone. */
export function followNames(ws: Client['ws'], clock: Clock, learn: (learnt: Learnt) => void): void {
  const hear = (event: Event, tell: (sent: Sent, at: Snowflake) => readonly Naming[], isWhole = false) => {
    ws.on(event, (sent: unknown) => {
      if (!isRecord(sent)) return
      const guildId = isWhole ? sent.id : sent.guild_id
      const at = firstIdAt(clock.now())
      const names = tell(sent, at)
      if (!isSnowflake(guildId) || names.length === 0) return
      learn({ guildId, entries: [], from: 'gateway', names, ...(isWhole && { rollCall: at }) })
    })
  }
  hear(Event.GuildCreate, namesInGuild, true)
  for (const [event, is, find] of NAMED) hear(event, (sent, at) => namings([find(sent)], is, at))
  for (const [event, is, find] of DELETED) {
    hear(event, (sent, at) => {
      const id = find(sent)
      return isSnowflake(id) ? [{ id, is, name: null, at, was: 'gone' }] : []
    })
  }
}
