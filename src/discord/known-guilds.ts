import { GatewayDispatchEvents as Event } from 'discord.js'
import { isRecord } from '../core/entry.ts'
import { readBits } from '../core/named-bits.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'
import { mayViewAuditLog } from '../core/view-audit-log.ts'
import { isWholeList, type Sent } from './gateway/event.ts'
import type { GatewayEvents } from './gateway/gateway-events.ts'
import { isHidden } from './names.ts'

/** What is kept of a guild while the bot is in it. */
interface KnownGuild {
  name: string | undefined
  ownerId: Snowflake | undefined
  /** The roles of the bot itself. */
  ownRoles: readonly Snowflake[] | undefined
  readonly permissions: Map<Snowflake, bigint>
  readonly hiddenChannels: Set<Snowflake>
}

/**
 * The little that has to be known of each guild at any time: its name, how many channels are hidden from the bot, and
 * whether the bot may view the audit log. What cannot be read leaves what was known.
 */
export class KnownGuilds {
  readonly #guilds = new Map<Snowflake, KnownGuild>()
  #botId: Snowflake | undefined

  /** @param onAccess is called with a guild when the bot's permissions in it may have changed */
  constructor(events: GatewayEvents, onAccess: (guildId: Snowflake) => void) {
    events.onReady(({ botId }) => {
      this.#botId = botId
    })
    events.on(Event.GuildDelete, (guildId) => this.#guilds.delete(guildId))
    events.on(Event.GuildCreate, (guildId, sent) => {
      if (!this.#guilds.has(guildId)) this.#guilds.set(guildId, newGuild())
      this.#update(guildId, (guild) => this.#learnGuild(guild, sent), onAccess)
    })
    events.on(Event.GuildUpdate, (guildId, sent) => {
      this.#update(guildId, (guild) => this.#learnGuild(guild, sent), onAccess)
    })
    for (const event of [Event.GuildRoleCreate, Event.GuildRoleUpdate] as const) {
      events.on(event, (guildId, { role }) => {
        this.#update(guildId, (guild) => learnRoles(guild, [role]), onAccess)
      })
    }
    events.on(Event.GuildRoleDelete, (guildId, { role_id }) => {
      if (!isSnowflake(role_id)) return
      this.#update(guildId, (guild) => forgetRole(guild, role_id), onAccess)
    })
    // Of the bot itself Discord tells without the privileged intent.
    // https://docs.discord.com/developers/events/gateway#list-of-intents
    events.on(Event.GuildMemberUpdate, (guildId, sent) => {
      this.#update(guildId, (guild) => this.#learnMember(guild, sent), onAccess)
    })
    for (const event of [Event.ChannelCreate, Event.ChannelUpdate, Event.ChannelDelete] as const) {
      events.on(event, (guildId, sent) => {
        const guild = this.#guilds.get(guildId)
        if (guild) learnChannel(guild, sent, event === Event.ChannelDelete)
      })
    }
  }

  /** A guild's name; undefined where it is not known. */
  nameOf(guildId: Snowflake): string | undefined {
    return this.#guilds.get(guildId)?.name
  }

  /** How many channels of a guild are hidden from the bot. */
  hiddenIn(guildId: Snowflake): number {
    return this.#guilds.get(guildId)?.hiddenChannels.size ?? 0
  }

  /** Whether the bot may view a guild's audit log; undefined where what Discord has told does not tell. */
  mayView(guildId: Snowflake): boolean | undefined {
    const guild = this.#guilds.get(guildId)
    if (!guild || this.#botId === undefined) return undefined
    const { ownerId, ownRoles: memberRoles, permissions } = guild
    return mayViewAuditLog({ guildId, memberId: this.#botId, ownerId, memberRoles, permissions })
  }

  #update(
    guildId: Snowflake,
    learn: (guild: KnownGuild) => void,
    onAccess: (guildId: Snowflake) => void,
  ): void {
    const guild = this.#guilds.get(guildId)
    if (!guild) return
    learn(guild)
    onAccess(guildId)
  }

  #learnGuild(guild: KnownGuild, { name, owner_id, roles, members, channels }: Sent): void {
    if (typeof name === 'string') guild.name = name
    if (isSnowflake(owner_id)) guild.ownerId = owner_id
    if (isWholeList(roles)) guild.permissions.clear()
    if (isWholeList(channels)) guild.hiddenChannels.clear()
    learnRoles(guild, roles)
    for (const member of listOf(members)) this.#learnMember(guild, member)
    for (const channel of listOf(channels)) learnChannel(guild, channel, false)
  }

  #learnMember(guild: KnownGuild, { user, roles }: Sent): void {
    if (!isRecord(user) || user.id !== this.#botId) return
    if (Array.isArray(roles) && roles.every(isSnowflake)) guild.ownRoles = roles
  }
}

function newGuild(): KnownGuild {
  return {
    name: undefined,
    ownerId: undefined,
    ownRoles: undefined,
    permissions: new Map(),
    hiddenChannels: new Set(),
  }
}

function learnRoles(guild: KnownGuild, roles: unknown): void {
  for (const { id, permissions } of listOf(roles)) {
    const bits = readBits(permissions)
    if (isSnowflake(id) && bits !== undefined) guild.permissions.set(id, bits)
  }
}

/** Those who bore a role that is deleted bear it no longer, and Discord does not say so of each. */
function forgetRole(guild: KnownGuild, roleId: Snowflake): void {
  guild.permissions.delete(roleId)
  guild.ownRoles = guild.ownRoles?.filter((id) => id !== roleId)
}

function learnChannel({ hiddenChannels }: KnownGuild, channel: Sent, isDeleted: boolean): void {
  if (!isSnowflake(channel.id)) return
  if (isHidden(channel) && !isDeleted) hiddenChannels.add(channel.id)
  else hiddenChannels.delete(channel.id)
}

function listOf(sent: unknown): Sent[] {
  return Array.isArray(sent) ? sent.filter(isRecord) : []
}
