import { GatewayDispatchEvents as Event } from 'discord.js'
import { readBits } from '../../core/audit-log/named-bits.ts'
import { mayViewAuditLog } from '../../core/audit-log/view-audit-log.ts'
import { isRecord, recordsIn } from '../../core/json.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import { isEveryRole, isWholeList, type Sent } from './event.ts'
import type { GatewayEvents } from './gateway-events.ts'
import { isHidden } from './names.ts'
import { goneFrom } from './ready.ts'

/** What is kept of a guild while the bot is in it. */
interface KnownGuild {
  name: string | undefined
  ownerId: Snowflake | undefined
  /** The roles of the bot itself. */
  ownRoles: readonly Snowflake[] | undefined
  /** The permission bits of each role; undefined where they could not be read. */
  readonly permissions: Map<Snowflake, bigint | undefined>
  /** Whether these are all the roles there are: members may still be listed with a role that was deleted. */
  hasAllRoles: boolean
  readonly hiddenChannels: Set<Snowflake>
  /** Whether the bot may view the audit log, as it was last said. */
  mayView: boolean
}

/**
 * The little that has to be known of each guild at any time: its name, how many channels are hidden from the bot, and
 * whether the bot may view the audit log. What cannot be read leaves what was known.
 */
export class KnownGuilds {
  readonly #guilds = new Map<Snowflake, KnownGuild>()
  readonly #onAccess: (guildId: Snowflake, mayView: boolean) => void
  #botId: Snowflake | undefined

  /**
   * @param onAccess is told when the bot may no longer view a guild's audit log, and when it may again. Discord sends
   *   none of its entries meanwhile, and does not say so. A guild that comes is taken to let the bot view it.
   */
  constructor(events: GatewayEvents, onAccess: (guildId: Snowflake, mayView: boolean) => void) {
    this.#onAccess = onAccess
    events.onReady((ready) => {
      this.#botId = ready.botId
      for (const guildId of goneFrom(ready, [...this.#guilds.keys()])) this.#guilds.delete(guildId)
    })
    events.on(Event.GuildDelete, (guildId) => this.#guilds.delete(guildId))
    events.on(Event.GuildCreate, (guildId, sent) => {
      this.#guilds.set(guildId, { ...(this.#guilds.get(guildId) ?? newGuild()), mayView: true })
      this.#update(guildId, (guild) => this.#learnGuild(guildId, guild, sent))
    })
    events.on(Event.GuildUpdate, (guildId, sent) => {
      this.#update(guildId, (guild) => this.#learnGuild(guildId, guild, sent))
    })
    for (const event of [Event.GuildRoleCreate, Event.GuildRoleUpdate] as const) {
      events.on(event, (guildId, { role }) => this.#update(guildId, (guild) => learnRole(guild, role)))
    }
    events.on(Event.GuildRoleDelete, (guildId, { role_id }) => {
      this.#update(guildId, (guild) => forgetRole(guild, role_id))
    })
    // Of the bot itself Discord tells without the privileged intent.
    // https://docs.discord.com/developers/events/gateway#list-of-intents
    events.on(Event.GuildMemberUpdate, (guildId, sent) => {
      this.#update(guildId, (guild) => this.#learnMember(guild, sent))
    })
    for (const event of [Event.ChannelCreate, Event.ChannelUpdate] as const) {
      events.on(event, (guildId, sent) => this.#update(guildId, (guild) => learnChannels(guild, [sent])))
    }
    events.on(Event.ChannelDelete, (guildId, { id }) => {
      if (isSnowflake(id)) this.#guilds.get(guildId)?.hiddenChannels.delete(id)
    })
  }

  /** A guild's name; undefined where it is not known. */
  nameOf(guildId: Snowflake): string | undefined {
    return this.#guilds.get(guildId)?.name
  }

  /** How many channels of a guild are hidden from the bot. */
  hiddenIn(guildId: Snowflake): number {
    return this.#guilds.get(guildId)?.hiddenChannels.size ?? 0
  }

  #update(guildId: Snowflake, learn: (guild: KnownGuild) => void): void {
    const guild = this.#guilds.get(guildId)
    if (!guild) return
    learn(guild)
    const mayView = this.#mayView(guildId, guild)
    if (mayView === undefined || mayView === guild.mayView) return
    guild.mayView = mayView
    this.#onAccess(guildId, mayView)
  }

  #mayView(guildId: Snowflake, guild: KnownGuild): boolean | undefined {
    const memberId = this.#botId
    if (memberId === undefined) return undefined
    const { ownerId, ownRoles, permissions, hasAllRoles } = guild
    const memberRoles = hasAllRoles ? ownRoles?.filter((id) => permissions.has(id)) : ownRoles
    return mayViewAuditLog({ guildId, memberId, ownerId, memberRoles, permissions })
  }

  #learnGuild(guildId: Snowflake, guild: KnownGuild, sent: Sent): void {
    const { name, owner_id, roles, members, channels } = sent
    if (typeof name === 'string') guild.name = name
    if (isSnowflake(owner_id)) guild.ownerId = owner_id
    if (isEveryRole(roles, guildId)) {
      guild.permissions.clear()
      guild.hasAllRoles = true
    }
    if (isWholeList(channels)) guild.hiddenChannels.clear()
    learnRoles(guild, roles)
    learnChannels(guild, channels)
    for (const member of recordsIn(members)) this.#learnMember(guild, member)
  }

  #learnMember(guild: KnownGuild, { user, roles }: Sent): void {
    if (!isRecord(user) || user.id !== this.#botId) return
    if (Array.isArray(roles) && roles.every(isSnowflake)) guild.ownRoles = roles
  }
}

function newGuild(): Omit<KnownGuild, 'mayView'> {
  return {
    name: undefined,
    ownerId: undefined,
    ownRoles: undefined,
    permissions: new Map(),
    hasAllRoles: false,
    hiddenChannels: new Set(),
  }
}

function learnRoles(guild: KnownGuild, roles: unknown): void {
  const { permissions: known } = guild
  for (const { id, permissions } of recordsIn(roles)) {
    if (isSnowflake(id)) known.set(id, readBits(permissions) ?? known.get(id))
  }
}

/** A role that cannot be told from others may be any, and a new one. */
function learnRole(guild: KnownGuild, role: unknown): void {
  if (isWholeList([role])) learnRoles(guild, [role])
  else guild.hasAllRoles = false
}

/** Those who bore a role that is deleted bear it no longer, and Discord does not say so of each. */
function forgetRole(guild: KnownGuild, roleId: unknown): void {
  if (!isSnowflake(roleId)) return
  guild.permissions.delete(roleId)
  guild.ownRoles = guild.ownRoles?.filter((id) => id !== roleId)
}

function learnChannels({ hiddenChannels }: KnownGuild, channels: unknown): void {
  for (const channel of recordsIn(channels)) {
    if (!isSnowflake(channel.id)) continue
    if (isHidden(channel)) hiddenChannels.add(channel.id)
    else hiddenChannels.delete(channel.id)
  }
}
