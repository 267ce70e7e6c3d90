import * as automod from '../actions/automod.ts'
import * as channels from '../actions/channels.ts'
import * as members from '../actions/members.ts'
import * as messages from '../actions/messages.ts'
import * as roles from '../actions/roles.ts'
import type { Scene } from '../actions/actor.ts'
import * as things from '../actions/resources.ts'
import type { Random } from './random.ts'
import type { Town } from './town.ts'

/** Something people do in a guild as time goes by. */
export type Deed = (scene: Scene, town: Town, random: Random) => void

const HOUR = 3_600_000

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

export const someone = ({ members }: Town, random: Random) => random.pick(members).id
export const somewhere = ({ channels }: Town, random: Random) => random.pick(channels)
export const reason = (random: Random) => (random.chance(0.7) ? random.pick(REASONS) : undefined)

export const deleteSome: Deed = (scene, town, random) => {
  const [channel, author] = [somewhere(town, random), someone(town, random)]
  for (let count = random.whole(1, 4); count > 0; count--) messages.deleteMessage(scene, channel, author)
}
export const purge: Deed = (scene, town, random) =>
  messages.bulkDelete(scene, somewhere(town, random), random.whole(2, 60), reason(random))
export const kickSomeone: Deed = (scene, town, random) => {
  const userId = someone(town, random)
  const user = scene.world.users.get(userId)
  members.kick(scene, userId, reason(random))
  if (user) scene.guild.addMember(user, [], scene.world.now())
}
export const banSomeone: Deed = (scene, _town, random) => {
  const stranger = scene.world.addUser(`stranger${random.whole(1000, 9999)}`)
  members.ban(scene, stranger.id, reason(random))
}
/** Bans by a command of a bot, which names in the reason who asked for it. */
const banThroughBot = (scene: Scene, random: Random, moderator: () => string) => {
  const stranger = scene.world.addUser(`stranger${random.whole(1000, 9999)}`)
  members.ban(scene, stranger.id, `Banned by ${moderator()}: ${random.pick(REASONS)}`)
}
export const banForModerator: Deed = (scene, town, random) =>
  banThroughBot(scene, random, () => random.pick(town.moderators.slice(0, 10)).username)
export const banFor =
  (username: string): Deed =>
  (scene, _town, random) =>
    banThroughBot(scene, random, () => username)
export const unbanSomeone: Deed = (scene, _town, random) => {
  const banned = [...scene.guild.bans]
  if (banned.length > 0) members.unban(scene, random.pick(banned), 'Appeal accepted')
}
export const timeOutSomeone: Deed = (scene, town, random) =>
  members.timeout(
    scene,
    someone(town, random),
    scene.world.now() + random.whole(1, 48) * HOUR,
    reason(random),
  )
export const liftTimeout: Deed = (scene, town, random) => members.timeout(scene, someone(town, random), null)
export const mute: Deed = (scene, town, random) =>
  members.giveRoles(scene, someone(town, random), [town.roles.muted.id], reason(random))
export const trust: Deed = (scene, town, random) =>
  members.giveRoles(scene, someone(town, random), [town.roles.trusted.id])
export const renameSomeone: Deed = (scene, town, random) =>
  members.rename(scene, someone(town, random), `Reader ${random.whole(1, 999)}`)
export const moveSome: Deed = (scene, town, random) => members.move(scene, random.pick(town.voice))
export const disconnectSome: Deed = (scene) => members.disconnect(scene)
export const slowDown: Deed = (scene, town, random) =>
  channels.updateChannel(scene, somewhere(town, random), {
    rate_limit_per_user: random.pick([0, 5, 30, 300]),
  })
export const silence: Deed = (scene, town, random) =>
  channels.setOverwrite(
    scene,
    somewhere(town, random),
    channels.roleOverwrite(town.roles.muted.id, 0n, random.pick([2048n, 2112n])),
  )
export const recolour: Deed = (scene, town, random) =>
  roles.updateRole(scene, town.roles.trusted.id, { color: random.whole(0, 0xffffff) })
export const pinSomething: Deed = (scene, town, random) =>
  messages.pin(scene, somewhere(town, random), scene.world.newId(), someone(town, random))
export const invite: Deed = (scene, town, random) => {
  const code = `rr${random.whole(10_000, 99_999)}`
  const channel_id = somewhere(town, random)
  const values = {
    code,
    channel_id,
    inviter_id: scene.actorId,
    uses: 0,
    max_uses: 0,
    max_age: 604_800,
    temporary: false,
  }
  things.makeThing(scene, 'invite', values)
}
export const startThread: Deed = (scene, town, random) => {
  channels.createThread(scene, somewhere(town, random), `Chapter ${random.whole(1, 80)}`)
}
export const trip: Deed = (scene, town, random) =>
  automod.blockMessage(scene, { name: 'No scam links', trigger: 1 }, scene.actorId, somewhere(town, random))
export const renameSelf: Deed = (scene, _town, random) =>
  members.rename(scene, scene.actorId, `me ${random.whole(1, 99)}`)
