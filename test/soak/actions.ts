import { PermissionFlagsBits as May } from 'discord-api-types/v10'
import type { Actor } from '../../sandbox/actions/actor.ts'
import * as channels from '../../sandbox/actions/channels.ts'
import * as members from '../../sandbox/actions/members.ts'
import * as messages from '../../sandbox/actions/messages.ts'
import * as roles from '../../sandbox/actions/roles.ts'
import type { Random } from '../../sandbox/town/random.ts'
import type { Town } from '../../sandbox/town/town.ts'
import type { Guild } from '../../sandbox/world/guild.ts'

/** What a role of the town can permit: nothing, or one thing that can do much damage. */
const PERMISSIONS = [0n, May.KickMembers, May.ManageRoles].map(String)

/** Performs one random moderation action in a guild. */
export function act({ random, town }: { random: Random; town: Town }, guild: Guild): void {
  const actor: Actor = {
    world: town.discord.world,
    guild,
    actorId: random.pick(town.moderators.slice(0, 4)).id,
  }
  // If two moderators pruned at once, the second could not be distinguished from a pruned member.
  const pruner = { ...actor, actorId: town.moderators[0]?.id ?? '' }
  const bot = { ...actor, actorId: random.pick(town.moderators.slice(-2)).id }
  const member = random.pick(town.members).id
  const channel = random.pick(town.channels.slice(0, 2))
  random.weighted([
    [() => messages.deleteMessage(actor, channel, member), 5],
    [() => members.move(actor, random.pick(town.voice)), 2],
    [() => members.disconnect(actor), 1],
    [() => messages.bulkDelete(actor, channel, random.whole(2, 40)), 1],
    [() => members.ban(actor, member, 'Spam'), 1],
    [() => members.bulkBan(actor, [member, random.pick(town.members).id], 'Raid'), 0.3],
    [() => members.prune(pruner, random.pick([7, 30]), random.whole(1001, 4000)), 0.3],
    [() => members.timeout(actor, member, actor.world.now() + 3_600_000), 1],
    [() => members.ban(bot, member, 'Automatic'), 0.5],
    [() => members.kick(actor, member, 'Spam'), 0.5],
    [() => members.addBot(actor, bot.actorId), 0.2],
    [() => roles.updateRole(actor, town.roles.trusted.id, { permissions: random.pick(PERMISSIONS) }), 0.3],
    [() => channels.updateChannel(actor, channel, { rate_limit_per_user: random.whole(0, 60) }), 1],
    [() => channels.updateChannel(actor, channel, { name: `room-${random.whole(1, 99)}` }), 1],
  ])()
}
