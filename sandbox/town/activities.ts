import type { Actor } from '../actions/actor.ts'
import * as automod from '../actions/automod.ts'
import * as channels from '../actions/channels.ts'
import * as members from '../actions/members.ts'
import * as messages from '../actions/messages.ts'
import * as overwrites from '../actions/overwrites.ts'
import * as resources from '../actions/resources.ts'
import * as roles from '../actions/roles.ts'
import * as threads from '../actions/threads.ts'
import { HOUR } from '../world/units.ts'
import type { Random } from './random.ts'
import type { Town } from './town.ts'

/** Something a member does in a simulated guild, with random details. */
export type Activity = (actor: Actor, town: Town, random: Random) => void

const REASONS = [
  'Spam in every channel',
  'Rule 3: be kind',
  'Scam link: free nitro',
  'Raid account, created today',
  'Asked to stop three times',
  'إعلانات متكررة',
  '荒らし行為',
  'See <#1234> and **the pins**; do not @everyone',
]

const pickMember = ({ members }: Town, random: Random) => random.pick(members).id
const pickChannel = ({ channels }: Town, random: Random) => random.pick(channels)
const pickReason = (random: Random) => (random.chance(0.7) ? random.pick(REASONS) : undefined)

export const deleteMessages: Activity = (actor, town, random) => {
  const [channel, author] = [pickChannel(town, random), pickMember(town, random)]
  for (let count = random.whole(1, 4); count > 0; count--) messages.deleteMessage(actor, channel, author)
}
export const bulkDeleteMessages: Activity = (actor, town, random) =>
  messages.bulkDelete(actor, pickChannel(town, random), random.whole(2, 60), pickReason(random))
export const kickMember: Activity = (actor, town, random) => {
  const userId = pickMember(town, random)
  const user = actor.world.users.get(userId)
  members.kick(actor, userId, pickReason(random))
  if (user) actor.guild.addMember(user, [], actor.world.now())
}
export const banStranger: Activity = (actor, _town, random) => {
  const stranger = actor.world.addUser(`stranger${random.whole(1000, 9999)}`)
  members.ban(actor, stranger.id, pickReason(random))
}
/** Bans through a bot, whose reason names the moderator who used its command. */
const banThroughBot = (actor: Actor, random: Random, moderator: () => string) => {
  const stranger = actor.world.addUser(`stranger${random.whole(1000, 9999)}`)
  members.ban(actor, stranger.id, `Banned by ${moderator()}: ${random.pick(REASONS)}`)
}
export const banOnBehalfOfAnyone: Activity = (actor, town, random) =>
  banThroughBot(actor, random, () => random.pick(town.moderators.slice(0, 10)).username)
export const banOnBehalfOf =
  (username: string): Activity =>
  (actor, _town, random) =>
    banThroughBot(actor, random, () => username)
export const unbanMember: Activity = (actor, _town, random) => {
  const banned = [...actor.guild.bans]
  if (banned.length > 0) members.unban(actor, random.pick(banned), 'Appeal accepted')
}
export const timeOutMember: Activity = (actor, town, random) =>
  members.timeout(
    actor,
    pickMember(town, random),
    actor.world.now() + random.whole(1, 48) * HOUR,
    pickReason(random),
  )
export const liftTimeout: Activity = (actor, town, random) =>
  members.timeout(actor, pickMember(town, random), null)
export const addMutedRole: Activity = (actor, town, random) =>
  members.addRoles(actor, pickMember(town, random), [town.roles.muted.id], pickReason(random))
export const addTrustedRole: Activity = (actor, town, random) =>
  members.addRoles(actor, pickMember(town, random), [town.roles.trusted.id])
export const renameMember: Activity = (actor, town, random) =>
  members.setNickname(actor, pickMember(town, random), `Reader ${random.whole(1, 999)}`)
export const moveMember: Activity = (actor, town, random) => members.move(actor, random.pick(town.voice))
export const disconnectMember: Activity = (actor) => members.disconnect(actor)
export const setSlowMode: Activity = (actor, town, random) =>
  channels.updateChannel(actor, pickChannel(town, random), {
    rate_limit_per_user: random.pick([0, 5, 30, 300]),
  })
export const denyMutedRole: Activity = (actor, town, random) =>
  overwrites.setOverwrite(
    actor,
    pickChannel(town, random),
    overwrites.roleOverwrite(town.roles.muted.id, 0n, random.pick([2048n, 2112n])),
  )
export const recolourRole: Activity = (actor, town, random) =>
  roles.updateRole(actor, town.roles.trusted.id, { color: random.whole(0, 0xffffff) })
export const pinMessage: Activity = (actor, town, random) =>
  messages.pin(actor, pickChannel(town, random), actor.world.newId(), pickMember(town, random))
export const createInvite: Activity = (actor, town, random) => {
  const code = `rr${random.whole(10_000, 99_999)}`
  const channel_id = pickChannel(town, random)
  const values = {
    code,
    channel_id,
    inviter_id: actor.actorId,
    uses: 0,
    max_uses: 0,
    max_age: 604_800,
    temporary: false,
  }
  resources.createResource(actor, 'invite', values)
}
export const startThread: Activity = (actor, town, random) => {
  threads.createThread(actor, pickChannel(town, random), `Chapter ${random.whole(1, 80)}`)
}
export const triggerAutoMod: Activity = (actor, town, random) =>
  automod.blockMessage(actor, { name: 'No scam links', trigger: 1 }, actor.actorId, pickChannel(town, random))
export const renameSelf: Activity = (actor, _town, random) =>
  members.setNickname(actor, actor.actorId, `me ${random.whole(1, 99)}`)
