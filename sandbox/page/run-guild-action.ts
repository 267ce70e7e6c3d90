import type { Actor } from '../actions/actor.ts'
import * as channels from '../actions/channels.ts'
import * as members from '../actions/members.ts'
import * as messages from '../actions/messages.ts'
import * as roles from '../actions/roles.ts'
import type { Town } from '../town/town.ts'
import { type ActionField, GUILD_ACTIONS, type GuildActionName } from './guild-actions.ts'
import type { Requests } from './protocol.ts'

const DAY = 86_400_000

type ActionInput = { readonly [Name in 'whom' | 'channel' | 'role']: string } & {
  readonly count: number
  readonly reason: string | undefined
}

const RUN: Readonly<Record<GuildActionName, (scene: Actor, told: ActionInput) => void>> = {
  delete: (actor, { channel, whom, count }) => {
    for (let left = count; left > 0; left--) messages.deleteMessage(actor, channel, whom)
  },
  purge: (actor, { channel, count, reason }) => messages.bulkDelete(actor, channel, count, reason),
  timeout: (actor, { whom, reason }) => members.timeout(actor, whom, actor.world.now() + DAY, reason),
  kick: (actor, { whom, reason }) => members.kick(actor, whom, reason),
  ban: (actor, { whom, reason }) => members.ban(actor, whom, reason),
  unban: (actor, { whom, reason }) => members.unban(actor, whom, reason),
  give: (actor, { whom, role, reason }) => members.addRoles(actor, whom, [role], reason),
  take: (actor, { whom, role, reason }) => members.removeRoles(actor, whom, [role], reason),
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
  whom: 'whom',
  channel: 'where',
  role: 'which role',
  count: 'how many',
  reason: 'why',
}

/** Lets someone do something in the guild. Gives what is missing, in a sentence; undefined when it is done. */
export function runGuildAction({ discord, guild }: Town, asked: Requests['act']): string | undefined {
  const { who, what, whom = '', channel = '', role = '', count = 1, reason } = asked
  const update = { whom, channel, role, count, reason: reason === '' ? undefined : reason }
  const missing = GUILD_ACTIONS[what].asks.find((each) => update[each] === '')
  if (missing) return `Say ${FIELD_LABELS[missing]}.`
  RUN[what]({ world: discord.world, guild, actorId: who }, update)
  return undefined
}
