import type { Actor } from '../actions/actor.ts'
import * as channels from '../actions/channels.ts'
import * as members from '../actions/members.ts'
import * as messages from '../actions/messages.ts'
import * as roles from '../actions/roles.ts'
import type { Town } from '../town/town.ts'
import { DAY } from '../world/units.ts'
import { type ActionField, GUILD_ACTIONS, type GuildActionName } from './guild-actions.ts'
import type { Requests } from './protocol.ts'

/** The fields of the form; ids are empty if not given. */
interface ActionInput {
  readonly member: string
  readonly channel: string
  readonly role: string
  readonly count: number
  readonly reason: string | undefined
}

const RUN: Readonly<Record<GuildActionName, (actor: Actor, input: ActionInput) => void>> = {
  delete: (actor, { channel, member, count }) => {
    for (let left = count; left > 0; left--) messages.deleteMessage(actor, channel, member)
  },
  purge: (actor, { channel, count, reason }) => messages.bulkDelete(actor, channel, count, reason),
  timeout: (actor, { member, reason }) => members.timeout(actor, member, actor.world.now() + DAY, reason),
  kick: (actor, { member, reason }) => members.kick(actor, member, reason),
  ban: (actor, { member, reason }) => members.ban(actor, member, reason),
  unban: (actor, { member, reason }) => members.unban(actor, member, reason),
  give: (actor, { member, role, reason }) => members.addRoles(actor, member, [role], reason),
  take: (actor, { member, role, reason }) => members.removeRoles(actor, member, [role], reason),
  recolour: (actor, { role, reason }) => {
    const before = actor.guild.roles.get(role)?.color ?? 0
    roles.updateRole(actor, role, { color: (before + 0x2b5d97) & 0xffffff }, reason)
  },
  slow: (actor, { channel, reason }) => {
    const before = actor.guild.channels.get(channel)?.rate_limit_per_user ?? 0
    channels.updateChannel(actor, channel, { rate_limit_per_user: before === 0 ? 30 : 0 }, reason)
  },
}

const FIELD_LABELS: Readonly<Record<ActionField, string>> = {
  member: 'a member',
  channel: 'a channel',
  role: 'a role',
  count: 'a number',
  reason: 'a reason',
}

/** Takes an action in the guild. Returns a sentence about a missing field, or undefined when done. */
export function runGuildAction({ discord, guild }: Town, request: Requests['act']): string | undefined {
  const { actor, action, member = '', channel = '', role = '', count = 1, reason } = request
  const input = { member, channel, role, count, reason: reason === '' ? undefined : reason }
  const missing = GUILD_ACTIONS[action].fields.find((field) => input[field] === '')
  if (missing) return `Choose ${FIELD_LABELS[missing]}.`
  RUN[action]({ world: discord.world, guild, actorId: actor }, input)
  return undefined
}
