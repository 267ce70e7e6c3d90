import { type APIUser, ChannelType, PermissionFlagsBits } from 'discord-api-types/v10'
import type { Town } from '../../town/town.ts'
import { mayView } from '../../world/access.ts'
import type { Playground } from '../playground.ts'
import type { ChannelView, GuildView, UserView } from './page-state.ts'

/** The guild as a member sees it, and all users. */
export function guildView(
  { town, suggestedMembers }: Pick<Playground, 'town' | 'suggestedMembers'>,
  memberId: string,
): GuildView {
  const { guild, discord, bot } = town
  return {
    name: guild.name,
    bot: bot.id,
    channels: channels(town, memberId),
    roles: [...guild.roles.values()].map(({ id, name, color }) => ({ id, name, colour: css(color) })),
    users: [...discord.world.users.values()].map((user) => userView(town, user)),
    suggestedMembers: suggestedMembers.map((each) => ({
      ...each,
      isManager: guild.may(each.id, PermissionFlagsBits.ManageGuild),
    })),
  }
}

function channels({ guild, discord }: Town, memberId: string): ChannelView[] {
  const own = [...guild.channels.values()]
    .filter((channel) => mayView(guild, memberId, channel))
    .sort((a, b) => a.position - b.position)
    .map(
      ({ id, name, type }) =>
        ({ id, name, type: type === ChannelType.GuildVoice ? 'voice' : 'text' }) as const,
    )
  const threads = [...guild.threads.values()]
    .filter((thread) => mayView(guild, memberId, thread))
    .map(({ id, name }) => ({ id, name, type: 'thread' }) as const)
  const direct = [...discord.world.directChannels.values()]
    .filter(({ userId }) => userId === memberId)
    .map(({ id, botId }) => {
      const name = discord.world.users.get(botId)?.username ?? ''
      return { id, name, type: 'direct' } as const
    })
  return [...own, ...threads, ...direct]
}

function userView({ guild }: Town, user: APIUser): UserView {
  const member = guild.members.get(user.id)
  const roles = (member?.roles ?? [])
    .flatMap((id) => guild.roles.get(id) ?? [])
    .sort((a, b) => b.position - a.position)
  return {
    id: user.id,
    name: member?.nick ?? user.global_name ?? user.username,
    username: user.username,
    bot: user.bot === true,
    isOwner: user.id === guild.ownerId,
    colour: css(roles.find(({ color }) => color !== 0)?.color ?? 0),
    group: member && (roles.find(({ hoist }) => hoist)?.name ?? ''),
  }
}

function css(color: number): string {
  return color === 0 ? '' : `#${color.toString(16).padStart(6, '0')}`
}
