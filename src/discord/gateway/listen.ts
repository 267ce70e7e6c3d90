import { GatewayDispatchEvents as Event } from 'discord-api-types/v10'
import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import type { NameObservation } from '../../core/names/named-entity.ts'
import { isServedBy } from '../../core/sharding/shards.ts'
import { firstIdAt, type Snowflake } from '../../core/snowflake.ts'
import type { SyncEngine } from '../../sync/engine.ts'
import type { Ingest } from '../../sync/ingest/ingest.ts'
import type { Membership } from '../../sync/membership.ts'
import { missingGuilds, type ShardSession } from '../../sync/session.ts'
import type { GatewayEvents, GuildEventHandler } from './gateway-events.ts'
import { type GuildEvent, isRemoval } from './guild-event.ts'
import { KnownGuilds } from './known-guilds.ts'
import { recordLiveEntry } from './live-entry.ts'
import { namesInGuild, namesInInteraction, observe, observeChannels, observeDeleted } from './names.ts'
import { isCompleteList, listsEveryRole, type Payload } from './payload.ts'

/** Posts feeds, alerts and digests, if nothing keeps it from that. */
interface Watcher {
  /** @param findLeft finds the guilds that the bot is no longer in */
  start(findLeft: (known: readonly Snowflake[]) => readonly Snowflake[]): Promise<void>
  guildAvailable(guildId: Snowflake): void
  guildChanged(guildId: Snowflake): void
  guildRemoved(guildId: Snowflake): void
}

interface Deps {
  readonly engine: SyncEngine
  readonly ingest: Pick<Ingest, 'record'>
  readonly membership: Pick<Membership, 'sessionStarted' | 'guildJoined' | 'guildLeft'>
  readonly watcher: Watcher
  readonly clock: Clock
  readonly log: Log
}

/** Sets what is done at each event of the gateway. */
export function listenToGateway(events: GatewayEvents, deps: Deps): KnownGuilds {
  const { engine, ingest, membership, watcher, clock } = deps

  const guilds = new KnownGuilds(engine)

  /** Records the names in an event. They count from the moment it was received. */
  const recordNames =
    (observe: (payload: Payload, at: Snowflake) => readonly NameObservation[]): GuildEventHandler =>
    (guildId, payload) => {
      const names = observe(payload, firstIdAt(clock.now()))
      if (names.length > 0) ingest.record({ guildId, entries: [], from: 'gateway', names })
    }

  const recordGuild: GuildEventHandler = (guildId, guild) => {
    const at = firstIdAt(clock.now())
    const names = namesInGuild(guild, at)
    // If both lists are complete, what is not in them was deleted.
    const isSnapshot = listsEveryRole(guild.roles, guildId) && isCompleteList(guild.channels)
    if (names.length === 0) return
    ingest.record({ guildId, entries: [], from: 'gateway', names, ...(isSnapshot && { snapshotAt: at }) })
  }

  /** What Custos may do in channels has changed, perhaps. */
  const watchesMayPost: GuildEventHandler = (guildId) => watcher.guildChanged(guildId)

  const roleChanged: readonly GuildEventHandler[] = [
    recordNames(({ role }, at) => observe([role], 'role', at)),
    (guildId, { role }) => guilds.roleChanged(guildId, role),
    watchesMayPost,
  ]
  const channelChanged: readonly GuildEventHandler[] = [
    recordNames((channel, at) => observeChannels([channel], at)),
    (guildId, channel) => guilds.channelChanged(guildId, channel),
    watchesMayPost,
  ]
  const threadChanged = [recordNames((thread, at) => observeChannels([thread], at)), watchesMayPost]

  events.listen({
    ready: [
      (ready) => disconnectGuilds(engine, ready),
      (ready) => guilds.sessionStarted(ready),
      (ready) => membership.sessionStarted(ready),
      (ready) => void watcher.start((known) => missingGuilds(ready, known)),
    ],
    guild: {
      [Event.GuildAuditLogEntryCreate]: [(guildId, entry) => recordLiveEntry(deps, guildId, entry)],
      [Event.GuildCreate]: [
        // Before KnownGuilds, which may report that the log cannot be viewed.
        (guildId, { member_count: members }) =>
          engine.guildAvailable(guildId, typeof members === 'number' ? members : undefined),
        recordGuild,
        (guildId, guild) => guilds.guildAvailable(guildId, guild),
        (guildId) => membership.guildJoined(guildId),
        (guildId) => watcher.guildAvailable(guildId),
      ],
      [Event.GuildUpdate]: [
        recordNames((guild, at) => observe([guild], 'guild', at)),
        (guildId, guild) => guilds.guildUpdated(guildId, guild),
      ],
      [Event.GuildDelete]: [
        (guildId, guild) =>
          isRemoval(guild) ? engine.guildRemoved(guildId) : engine.guildUnavailable(guildId),
        (guildId) => guilds.delete(guildId),
        (guildId, guild) => {
          if (!isRemoval(guild)) return
          membership.guildLeft(guildId)
          watcher.guildRemoved(guildId)
        },
      ],
      // Without the privileged intent, Discord sends this for the bot only.
      // https://docs.discord.com/developers/events/gateway#list-of-intents
      [Event.GuildMemberUpdate]: [(guildId, member) => guilds.memberUpdated(guildId, member), watchesMayPost],
      [Event.GuildRoleCreate]: roleChanged,
      [Event.GuildRoleUpdate]: roleChanged,
      [Event.GuildRoleDelete]: [
        recordNames(({ role_id }, at) => observeDeleted(role_id, 'role', at)),
        (guildId, { role_id }) => guilds.roleDeleted(guildId, role_id),
        watchesMayPost,
      ],
      [Event.ChannelCreate]: channelChanged,
      [Event.ChannelUpdate]: channelChanged,
      [Event.ChannelDelete]: [
        recordNames(({ id }, at) => observeDeleted(id, 'channel', at)),
        (guildId, { id }) => guilds.channelDeleted(guildId, id),
      ],
      [Event.ThreadCreate]: threadChanged,
      [Event.ThreadUpdate]: threadChanged,
      [Event.ThreadDelete]: [recordNames(({ id }, at) => observeDeleted(id, 'thread', at))],
      // The only event with the name of a channel that is hidden from the bot.
      [Event.InteractionCreate]: [recordNames(namesInInteraction)],
    } satisfies Record<GuildEvent, readonly GuildEventHandler[]>,
  })
  return guilds
}

/** Discord does not send what happened between two sessions. Each guild is read when its GUILD_CREATE arrives. */
function disconnectGuilds(engine: SyncEngine, session: ShardSession): void {
  for (const guildId of missingGuilds(session, engine.guildIds)) engine.guildRemoved(guildId)
  const served = engine.guildIds.filter((guildId) => isServedBy(guildId, session.shard))
  for (const guildId of [...session.guildIds, ...served]) engine.of(guildId).markDisconnected()
}
