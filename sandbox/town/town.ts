import { type APIRole, type APIUser, PermissionFlagsBits as May, OverwriteType } from 'discord-api-types/v10'
import type { Discord } from '../discord.ts'
import { MemberClient } from '../member-client/member-client.ts'
import { type Channel, overwrite, textChannel, voiceChannel } from '../world/channels.ts'
import { type Guild, newRole } from '../world/guild.ts'
import type { Application } from '../world/world.ts'
import { BOTS, CHANNELS, MEMBERS, MOD_ROOM, MODERATORS } from './names.ts'

/** A guild with members, roles and channels, for demos and tests. */
export interface Town {
  readonly discord: Discord
  readonly guild: Guild
  /** The bot under test. */
  readonly bot: Application
  /** The people who moderate, the busiest first, followed by the two bots that moderate. */
  readonly moderators: readonly APIUser[]
  readonly members: readonly APIUser[]
  readonly roles: Readonly<Record<'admin' | 'moderator' | 'muted' | 'trusted' | 'custos', APIRole>>
  /** The ids of the text channels. */
  readonly channels: readonly string[]
  /** The last of the text channels. Only moderators may view it, so it is hidden from the bot. */
  readonly modRoom: string
  /** The ids of the voice channels. */
  readonly voice: readonly string[]
  /** A member's client, in the first channel or another. */
  as(userId: string, channelId?: string): MemberClient
}

export interface TownOptions {
  /** How long ago it was created, in milliseconds. */
  readonly age?: number
  /** Whether its first channel has the guild's id, as in old guilds. */
  readonly isOld?: boolean
}

/**
 * Creates a guild with channels, roles, a dozen moderators, and the bot under test.
 * @param token the bot's token
 */
export function createTown(
  discord: Discord,
  token: string,
  { age = 400 * 86_400_000, isOld = false }: TownOptions = {},
): Town {
  const { world } = discord
  const createdAt = world.now() - age
  const owner = world.addUser('olivia', { displayName: 'Olivia' })
  const guild = world.addGuild('The Reading Room', owner.id, createdAt)
  guild.addMember(owner, [], createdAt)

  const roles = {
    custos: newRole({
      id: world.newId(),
      name: 'Custos',
      permissions: May.ViewAuditLog,
      managed: true,
      position: 5,
    }),
    admin: newRole({
      id: world.newId(),
      name: 'Admin',
      permissions: May.Administrator,
      color: 0xe67e22,
      position: 4,
    }),
    moderator: newRole({
      id: world.newId(),
      name: 'Moderator',
      permissions: MODERATION,
      color: 0x2ecc71,
      position: 3,
    }),
    trusted: newRole({ id: world.newId(), name: 'Trusted', color: 0x3498db, position: 2 }),
    muted: newRole({ id: world.newId(), name: 'Muted', position: 1 }),
  }
  for (const each of Object.values(roles)) guild.roles.set(each.id, each)

  const bot = world.addApplication(world.addUser('Custos', { bot: true }), token)
  guild.addMember(bot.user, [roles.custos.id], createdAt)
  const moderators = [
    ...MODERATORS.map(([username, displayName]) => world.addUser(username, { displayName })),
    ...BOTS.map((username) => world.addUser(username, { bot: true })),
  ]
  for (const [index, user] of moderators.entries()) {
    guild.addMember(user, [index === 0 ? roles.admin.id : roles.moderator.id], createdAt)
  }
  const members = MEMBERS.map((displayName, index) => world.addUser(`reader${index}`, { displayName }))
  for (const user of members) guild.addMember(user, [], createdAt)

  const channels = CHANNELS.map((name, index): Channel => {
    const id = isOld && index === 0 ? guild.id : world.newId(createdAt)
    const channel = textChannel(id, guild.id, name, index)
    return name === MOD_ROOM
      ? { ...channel, permission_overwrites: moderatorsOnly(guild, roles.moderator) }
      : channel
  })
  const voice = ['Lounge', 'Study'].map((name, index) =>
    voiceChannel(world.newId(createdAt), guild.id, name, 10 + index),
  )
  for (const channel of [...channels, ...voice]) guild.channels.set(channel.id, channel)
  const [firstId = ''] = channels.map(({ id }) => id)
  return {
    discord,
    guild,
    bot,
    moderators,
    members,
    roles,
    channels: channels.map(({ id }) => id),
    modRoom: channels.find(({ name }) => name === MOD_ROOM)?.id ?? '',
    voice: voice.map(({ id }) => id),
    as: (userId, channelId = firstId) =>
      new MemberClient(discord, userId, { guild, channelId, applicationId: bot.id }),
  }
}

/** The id of a moderator by username; the first moderator's if there is none. */
export function moderatorId({ moderators }: Town, username: string): string {
  return (moderators.find((user) => user.username === username) ?? moderators[0])?.id ?? ''
}

/** Overwrites that hide a channel from everyone except moderators and administrators. */
function moderatorsOnly({ id }: Guild, moderator: APIRole) {
  return [
    overwrite(id, OverwriteType.Role, 0n, May.ViewChannel),
    overwrite(moderator.id, OverwriteType.Role, May.ViewChannel, 0n),
  ]
}

/** The permissions of a moderator. */
const MODERATION =
  May.ViewAuditLog |
  May.KickMembers |
  May.BanMembers |
  May.ModerateMembers |
  May.ManageMessages |
  May.ManageRoles |
  May.ManageChannels |
  May.MoveMembers |
  May.ManageNicknames
