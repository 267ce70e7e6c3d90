import { PermissionFlagsBits as May } from 'discord-api-types/v10'
import type { Actor } from '../actions/actor.ts'
import * as automod from '../actions/automod.ts'
import * as channels from '../actions/channels.ts'
import * as members from '../actions/members.ts'
import * as messages from '../actions/messages.ts'
import * as resources from '../actions/resources.ts'
import * as roles from '../actions/roles.ts'
import { textChannel } from '../world/channels.ts'
import { newRole } from '../world/guild.ts'
import type { Random } from './random.ts'
import { moderatorId, type Town } from './town.ts'

/** How many accounts join. */
const RAIDERS = 40

const SECOND = 1000

/** Something that happens during a raid, so many milliseconds after it began. */
export interface RaidStep {
  readonly at: number
  run(): void
}

/**
 * A raid of a minute that happens now: accounts join and trigger AutoMod; two moderators set slow mode, delete messages and
 * ban; meanwhile a moderator whose account was taken over gives out Administrator and deletes. At last an admin stops that.
 * @returns the steps in order of time
 */
export function liveRaid(town: Town, random: Random): RaidStep[] {
  const { discord, guild } = town
  const { world } = discord
  const as = (username: string): Actor => ({ world, guild, actorId: moderatorId(town, username) })
  const [general = '', help = ''] = town.channels
  const raiders = Array.from({ length: RAIDERS }, () => world.addUser(`raid_${random.whole(10_000, 99_999)}`))
  const steps: RaidStep[] = []
  const at = (seconds: number, run: () => void) => steps.push({ at: Math.round(seconds * SECOND), run })

  for (const [index, raider] of raiders.entries()) {
    at(index * 0.35, () => {
      guild.addMember(raider, [], world.now())
      const channel = random.pick([general, help])
      discord.conversation.postAs(channel, raider, 'free nitro here')
      automod.blockMessage(as('alice'), { name: 'No scam links', trigger: 1 }, raider.id, channel)
    })
    const username = index % 3 === 0 ? 'chidi' : 'fuyuko'
    at(18 + index * 0.8, () => members.ban(as(username), raider.id, 'Raid account, created today'))
  }
  at(12, () => channels.updateChannel(as('fuyuko'), general, { rate_limit_per_user: 300 }, 'Raid'))
  at(15, () =>
    clear(
      town,
      general,
      raiders.map(({ id }) => id),
      as('fuyuko'),
    ),
  )
  for (let index = 0; index < 12; index++) {
    at(16 + index, () => messages.deleteMessage(as('chidi'), help, raiders[index % 3]?.id ?? ''))
  }
  steps.push(...takenOver(town, as).map(({ at: seconds, run }) => ({ at: seconds * SECOND, run })))
  at(58, () => channels.updateChannel(as('alice'), general, { rate_limit_per_user: 0 }, 'The raid is over'))
  return steps.sort((a, b) => a.at - b.at)
}

/** What Ivan's account does once it was taken over, and how Alice stops it. Times are in seconds. */
function takenOver(town: Town, as: (username: string) => Actor): RaidStep[] {
  const { guild, discord } = town
  const { world } = discord
  const ivan = moderatorId(town, 'ivan')
  const role = newRole({ id: world.newId(), name: 'verified', permissions: May.SendMessages })
  const channel = textChannel(world.newId(), guild.id, 'free-nitro', 20)
  let webhook = ''
  return [
    { at: 24, run: () => roles.createRole(as('ivan'), role) },
    { at: 26, run: () => roles.updateRole(as('ivan'), role.id, { permissions: String(May.Administrator) }) },
    { at: 28, run: () => members.addRoles(as('ivan'), ivan, [role.id]) },
    { at: 30, run: () => channels.createChannel(as('ivan'), channel) },
    {
      at: 32,
      run: () => {
        const values = { name: 'Nitro', type: 1, channel_id: channel.id }
        webhook = resources.createResource(as('ivan'), 'webhook', values)
      },
    },
    {
      at: 42,
      run: () => members.removeRoles(as('alice'), ivan, [role.id, town.roles.moderator.id], 'Taken over'),
    },
    { at: 44, run: () => resources.deleteResource(as('alice'), 'webhook', webhook) },
    { at: 46, run: () => channels.deleteChannel(as('alice'), channel.id, 'Made by a taken-over account') },
    { at: 48, run: () => roles.deleteRole(as('alice'), role.id, 'Made by a taken-over account') },
    {
      at: 57,
      run: () => members.addRoles(as('alice'), ivan, [town.roles.moderator.id], 'He has his account back'),
    },
  ]
}

/** Deletes the messages of some users in a channel at once. */
function clear({ discord }: Town, channelId: string, userIds: readonly string[], actor: Actor): void {
  const found = discord.conversation.messagesIn(channelId).filter(({ author }) => userIds.includes(author.id))
  for (const message of found) discord.conversation.delete(message)
  messages.bulkDelete(actor, channelId, Math.max(found.length, 2), 'Raid')
}
