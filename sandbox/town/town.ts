import { type APIRole, type APIUser, PermissionFlagsBits as May, OverwriteType } from 'discord-api-types/v10'
import type { Discord } from '../discord.ts'
import { MemberClient } from '../member-client/member-client.ts'
import { type Channel, overwrite, textChannel, voiceChannel } from '../world/channels.ts'
import { type Guild, newRole } from '../world/guild.ts'
import type { Application } from '../world/world.ts'

/** A guild where things happen, and who is in it. */
export interface Town {
  readonly discord: Discord
  readonly guild: Guild
  readonly bot: Application
  /** People who moderate, the busiest first, and the two bots that do. */
  readonly moderators: readonly APIUser[]
  readonly members: readonly APIUser[]
  readonly roles: Readonly<Record<'admin' | 'moderator' | 'muted' | 'trusted' | 'custos', APIRole>>
  readonly channels: readonly string[]
  /** The last of the channels, which moderators alone may view: it is hidden from the bot that is tried. */
  readonly modRoom: string
  readonly voice: readonly string[]
  /** A member at their keyboard, in the first channel or another. */
  as(userId: string, channelId?: string): MemberClient
}

const MODERATORS = [
  ['alice', 'Alice'],
  ['bruno', 'Bruno'],
  ['chidi', 'Chidi'],
  ['dalia', 'داليا'],
  ['emre', 'Emre'],
  ['fuyuko', '冬子'],
  ['grace', 'Grace ✨'],
  ['hannah', 'Hannah'],
  ['ivan', 'Иван'],
  ['jo', '_jo_ **the** `quiet`'],
] as const

const BOTS = ['Gatekeeper', 'Sweeper'] as const

const MEMBERS = [
  'marble',
  'quill',
  'otter',
  'pepper',
  'nimbus',
  'sable',
  'tansy',
  'umber',
  'vesper',
  'willow',
  'xanthe',
  'yarrow',
  'ندى',
  'سامي',
  'さくら',
  'たろう',
  '지우',
  '小明',
  'Олена',
  'Łucja',
  'Åse',
  'Zoë',
  '🦊 fox',
  '~tilde~',
  '||spoiler||',
  'bramble',
  'cobalt',
  'drift',
  'ember',
  'fable',
  'gossamer',
  'hazel',
  'indigo',
  'juniper',
  'kestrel',
  'lichen',
] as const

const MOD_ROOM = 'mod-room'
const CHANNELS = ['general', 'help', 'memes', 'off-topic', 'art', 'news', MOD_ROOM] as const

/** What can be chosen of a town. */
export interface TownOptions {
  /** How long ago it was founded, in milliseconds. */
  readonly age?: number
  /** Whether its first channel has the guild's own id, as in old guilds. */
  readonly isOld?: boolean
}

/** Founds a guild with channels, roles, a dozen moderators and the bot that is to be tried. */
export function createTown(
  discord: Discord,
  token: string,
  { age = 400 * 86_400_000, isOld = false }: TownOptions = {},
): Town {
  const { world } = discord
  const foundedAt = world.now() - age
  const owner = world.addUser('olivia', { displayName: 'Olivia' })
  const guild = world.addGuild('The Reading Room', owner.id, foundedAt)
  guild.addMember(owner, [], foundedAt)

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
  guild.addMember(bot.user, [roles.custos.id], foundedAt)
  const moderators = [
    ...MODERATORS.map(([username, displayName]) => world.addUser(username, { displayName })),
    ...BOTS.map((username) => world.addUser(username, { bot: true })),
  ]
  for (const [index, user] of moderators.entries()) {
    guild.addMember(user, [index === 0 ? roles.admin.id : roles.moderator.id], foundedAt)
  }
  const members = MEMBERS.map((displayName, index) => world.addUser(`reader${index}`, { displayName }))
  for (const user of members) guild.addMember(user, [], foundedAt)

  const channels = CHANNELS.map((name, index): Channel => {
    const id = isOld && index === 0 ? guild.id : world.newId(foundedAt)
    const channel = textChannel(id, guild.id, name, index)
    return name === MOD_ROOM
      ? { ...channel, permission_overwrites: forModerators(guild, roles.moderator) }
      : channel
  })
  const voice = ['Lounge', 'Study'].map((name, index) =>
    voiceChannel(world.newId(foundedAt), guild.id, name, 10 + index),
  )
  for (const channel of [...channels, ...voice]) guild.channels.set(channel.id, channel)
  const [first = ''] = channels.map(({ id }) => id)
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
    as: (userId, channelId = first) =>
      new MemberClient(discord, userId, { guild, channelId, applicationId: bot.id }),
  }
}

/** What makes a channel private to moderators; administrators may view it anyway. */
function forModerators({ id }: Guild, moderator: APIRole) {
  return [
    overwrite(id, OverwriteType.Role, 0n, May.ViewChannel),
    overwrite(moderator.id, OverwriteType.Role, May.ViewChannel, 0n),
  ]
}

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
