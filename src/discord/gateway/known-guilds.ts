import { readBits } from '../../core/audit-log/named-bits.ts'
import { grantsViewAuditLog, mayViewAuditLog } from '../../core/audit-log/view-audit-log.ts'
import { isRecord, recordsIn } from '../../core/json.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import { momentIn } from '../../core/time/moment.ts'
import type { SyncEngine } from '../../sync/engine.ts'
import { missingGuilds } from '../../sync/session.ts'
import { isHidden } from './names.ts'
import { isCompleteList, listsEveryRole, type Payload } from './payload.ts'
import type { Ready } from './ready.ts'

type Engine = Pick<SyncEngine, 'guildAvailable' | 'accessLost'>

interface KnownGuild {
  name: string | undefined
  /** When the bot joined, in milliseconds since the Unix epoch. */
  joinedAt: number | undefined
  ownerId: Snowflake | undefined
  /** The roles of the bot itself. */
  botRoles: readonly Snowflake[] | undefined
  /** The permission bits of the roles that matter, see `rolesThatMatter`; undefined for bits that could not be read. */
  permissions: Map<Snowflake, bigint | undefined>
  /**
   * Whether `permissions` has all roles that matter. If so, a role of the bot that is not in it was deleted, or does not
   * let it view the audit log.
   */
  hasAllRoles: boolean
  readonly hiddenChannels: Set<Snowflake>
  /** Whether the bot may view the audit log, as last reported. */
  mayView: boolean
}

/**
 * What events say about each guild the bot is in: its name, its owner, when the bot joined, how many channels are hidden
 * from the bot, and whether the bot may view the audit log. A field that cannot be read changes nothing. There may be tens
 * of thousands of guilds, so nothing else is kept of them.
 */
export class KnownGuilds {
  readonly #guilds = new Map<Snowflake, KnownGuild>()
  readonly #engine: Engine
  #botId: Snowflake | undefined

  /**
   * @param engine is notified when the bot may no longer view a guild's audit log, and when it may again. Discord sends no
   *   entries in between and does not say so. A guild is assumed to allow it when it becomes available.
   */
  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** The id of Custos; undefined before the first session. */
  get botId(): Snowflake | undefined {
    return this.#botId
  }

  /** A guild's name; undefined if it is not known. */
  nameOf(guildId: Snowflake): string | undefined {
    return this.#guilds.get(guildId)?.name
  }

  /** When the bot joined a guild, in milliseconds since the Unix epoch; undefined if it is not known. */
  joinedAt(guildId: Snowflake): number | undefined {
    return this.#guilds.get(guildId)?.joinedAt
  }

  /** Who owns a guild; undefined if it is not known. */
  ownerOf(guildId: Snowflake): Snowflake | undefined {
    return this.#guilds.get(guildId)?.ownerId
  }

  /** How many channels of a guild are hidden from the bot. */
  hiddenIn(guildId: Snowflake): number {
    return this.#guilds.get(guildId)?.hiddenChannels.size ?? 0
  }

  sessionStarted(ready: Ready): void {
    this.#botId = ready.botId
    for (const guildId of missingGuilds(ready, [...this.#guilds.keys()])) this.#guilds.delete(guildId)
  }

  guildAvailable(guildId: Snowflake, payload: Payload): void {
    this.#guilds.set(guildId, { ...(this.#guilds.get(guildId) ?? newGuild()), mayView: true })
    this.guildUpdated(guildId, payload)
  }

  guildUpdated(guildId: Snowflake, payload: Payload): void {
    this.#update(guildId, (guild) => {
      const { name, joined_at, owner_id, roles, members, channels } = payload
      if (typeof name === 'string') guild.name = name
      guild.joinedAt = momentIn(joined_at) ?? guild.joinedAt
      if (isSnowflake(owner_id)) guild.ownerId = owner_id
      if (listsEveryRole(roles, guildId)) {
        guild.permissions.clear()
        guild.hasAllRoles = true
      }
      if (isCompleteList(channels)) guild.hiddenChannels.clear()
      setRoles(guild, roles)
      for (const channel of recordsIn(channels)) setChannel(guild, channel)
      for (const member of recordsIn(members)) this.#setBotRoles(guild, member)
      if (guild.hasAllRoles) guild.permissions = rolesThatMatter(guildId, guild)
    })
  }

  /** The guild is unavailable, or the bot was removed from it. */
  delete(guildId: Snowflake): void {
    this.#guilds.delete(guildId)
  }

  /** A role was created or updated. If it cannot be read, it may be any role, including a new one. */
  roleChanged(guildId: Snowflake, role: unknown): void {
    this.#update(guildId, (guild) => {
      if (isCompleteList([role])) setRoles(guild, [role])
      else guild.hasAllRoles = false
    })
  }

  /** A role was deleted. Discord does not send its removal from each member. */
  roleDeleted(guildId: Snowflake, roleId: unknown): void {
    if (!isSnowflake(roleId)) return
    this.#update(guildId, (guild) => {
      guild.permissions.delete(roleId)
      guild.botRoles = guild.botRoles?.filter((id) => id !== roleId)
    })
  }

  memberUpdated(guildId: Snowflake, member: Payload): void {
    this.#update(guildId, (guild) => this.#setBotRoles(guild, member))
  }

  /** A channel was created or updated. */
  channelChanged(guildId: Snowflake, channel: Payload): void {
    this.#update(guildId, (guild) => setChannel(guild, channel))
  }

  channelDeleted(guildId: Snowflake, channelId: unknown): void {
    if (isSnowflake(channelId)) this.#guilds.get(guildId)?.hiddenChannels.delete(channelId)
  }

  #setBotRoles(guild: KnownGuild, { user, roles }: Payload): void {
    if (!isRecord(user) || user.id !== this.#botId) return
    if (Array.isArray(roles) && roles.every(isSnowflake)) guild.botRoles = roles
  }

  /** Changes a guild, and reports it if the bot's access to the audit log changed. */
  #update(guildId: Snowflake, change: (guild: KnownGuild) => void): void {
    const guild = this.#guilds.get(guildId)
    if (!guild) return
    change(guild)
    const mayView = this.#mayView(guildId, guild)
    if (mayView === undefined || mayView === guild.mayView) return
    guild.mayView = mayView
    if (mayView) this.#engine.guildAvailable(guildId)
    else this.#engine.accessLost(guildId)
  }

  #mayView(guildId: Snowflake, guild: KnownGuild): boolean | undefined {
    const { ownerId, botRoles, permissions, hasAllRoles } = guild
    if (this.#botId === undefined) return undefined
    const memberRoles = hasAllRoles ? botRoles?.filter((id) => permissions.has(id)) : botRoles
    return mayViewAuditLog({ guildId, memberId: this.#botId, ownerId, memberRoles, permissions })
  }
}

function newGuild(): Omit<KnownGuild, 'mayView'> {
  return {
    name: undefined,
    joinedAt: undefined,
    ownerId: undefined,
    botRoles: undefined,
    permissions: new Map(),
    hasAllRoles: false,
    hiddenChannels: new Set(),
  }
}

/**
 * The permissions of @everyone, of the bot's roles, and of those that could let the bot view the audit log. Most roles of a
 * guild are none of these.
 */
function rolesThatMatter(
  guildId: Snowflake,
  { permissions, botRoles }: KnownGuild,
): Map<Snowflake, bigint | undefined> {
  const held = [guildId, ...(botRoles ?? [])]
  return new Map(
    [...permissions].filter(
      ([id, bits]) => bits === undefined || grantsViewAuditLog(bits) || held.includes(id),
    ),
  )
}

function setRoles({ permissions: known }: KnownGuild, roles: unknown): void {
  for (const { id, permissions } of recordsIn(roles)) {
    if (isSnowflake(id)) known.set(id, readBits(permissions) ?? known.get(id))
  }
}

function setChannel({ hiddenChannels }: KnownGuild, channel: Payload): void {
  if (!isSnowflake(channel.id)) return
  if (isHidden(channel)) hiddenChannels.add(channel.id)
  else hiddenChannels.delete(channel.id)
}
