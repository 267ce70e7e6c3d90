import * as channels from '../actions/channels.ts'
import * as members from '../actions/members.ts'
import * as messages from '../actions/messages.ts'
import * as roles from '../actions/roles.ts'
import type { Scene } from '../actions/actor.ts'
import type { Town } from '../town/town.ts'
import { ABOUT_DEEDS, type Asked, type Deed } from './guild-actions.ts'
import type { Asks } from './protocol.ts'

const DAY = 86_400_000

type Told = { readonly [Name in 'whom' | 'channel' | 'role']: string } & {
  readonly count: number
  readonly reason: string | undefined
}

const PLAYED: Readonly<Record<Deed, (scene: Scene, told: Told) => void>> = {
  delete: (scene, { channel, whom, count }) => {
    for (let left = count; left > 0; left--) messages.deleteMessage(scene, channel, whom)
  },
  purge: (scene, { channel, count, reason }) => messages.bulkDelete(scene, channel, count, reason),
  timeout: (scene, { whom, reason }) => members.timeout(scene, whom, scene.world.now() + DAY, reason),
  kick: (scene, { whom, reason }) => members.kick(scene, whom, reason),
  ban: (scene, { whom, reason }) => members.ban(scene, whom, reason),
  unban: (scene, { whom, reason }) => members.unban(scene, whom, reason),
  give: (scene, { whom, role, reason }) => members.giveRoles(scene, whom, [role], reason),
  take: (scene, { whom, role, reason }) => members.takeRoles(scene, whom, [role], reason),
  recolour: (scene, { role, reason }) => {
    const before = scene.guild.roles.get(role)?.color ?? 0
    roles.updateRole(scene, role, { color: (before + 0x2b5d97) & 0xffffff }, reason)
  },
  slow: (scene, { channel, reason }) => {
    const before = scene.guild.channels.get(channel)?.rate_limit_per_user ?? 0
    channels.updateChannel(scene, channel, { rate_limit_per_user: before === 0 ? 30 : 0 }, reason)
  },
}

const WORDS: Readonly<Record<Asked, string>> = {
  whom: 'whom',
  channel: 'where',
  role: 'which role',
  count: 'how many',
  reason: 'why',
}

/** Lets someone do something in the guild. Gives what is missing, in a sentence; undefined when it is done. */
export function act({ discord, guild }: Town, asked: Asks['act']): string | undefined {
  const { who, what, whom = '', channel = '', role = '', count = 1, reason } = asked
  const told = { whom, channel, role, count, reason: reason === '' ? undefined : reason }
  const missing = ABOUT_DEEDS[what].asks.find((each) => told[each] === '')
  if (missing) return `Say ${WORDS[missing]}.`
  PLAYED[what]({ world: discord.world, guild, actorId: who }, told)
  return undefined
}
