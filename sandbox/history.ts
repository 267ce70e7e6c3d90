import * as automod from './acts/automod.ts'
import * as channels from './acts/channels.ts'
import * as members from './acts/members.ts'
import * as messages from './acts/messages.ts'
import * as roles from './acts/roles.ts'
import type { Scene } from './acts/scene.ts'
import * as things from './acts/things.ts'
import { Random } from './random.ts'
import type { Town } from './town.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

export interface HistoryOptions {
  readonly days: number
  /** How many acts there are on a usual day, in all. */
  readonly perDay: number
  readonly seed: number
}

/** An act of the history: what, by whom, and when. */
interface Planned {
  readonly time: number
  readonly actorId: string
  readonly act: Act
}

type Act = (scene: Scene, town: Town, random: Random) => void

/** Lets a guild have lived for some days: the same days for the same seed. Nobody hears of it now. */
export function liveThrough(town: Town, { days, perDay, seed }: HistoryOptions): void {
  const random = new Random(seed)
  const { world } = town.discord
  const start = world.now() - days * DAY
  const midnight = start - (start % DAY)
  const plan: Planned[] = []
  for (let day = 0; day <= days; day++) {
    const acts = Math.round(perDay * (0.6 + random.next() * 0.8))
    for (let index = 0; index < acts; index++) {
      const [actor, habits] = random.weighted(casting(town))
      // People sleep: most happens between noon and midnight.
      const hour = (12 + (random.next() + random.next() - 0.7) * 14) % 24
      const time = midnight + day * DAY + hour * HOUR
      const act = random.weighted(habits)
      if (time >= start && time < world.now()) plan.push({ time, actorId: actor, act })
    }
  }
  for (const { time, actorId, act } of plan.sort((a, b) => a.time - b.time)) {
    world.at(time, () => act({ world, guild: town.guild, actorId }, town, random))
  }
}

type Habits = readonly (readonly [Act, number])[]

/** Who acts how often, and what they like to do. */
function casting({ moderators, members }: Town): (readonly [readonly [string, Habits], number])[] {
  const people = moderators
    .slice(0, 10)
    .map(({ id }, index) => [[id, PEOPLE] as const, 10 / (index + 1)] as const)
  const bots = moderators.slice(10).map(({ id }) => [[id, MODERATION_BOT] as const, 3] as const)
  const readers = members.map(({ id }) => [[id, READER] as const, 0.1] as const)
  return [...people, ...bots, ...readers]
}

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

const someone = ({ members }: Town, random: Random) => random.pick(members).id
const somewhere = ({ channels }: Town, random: Random) => random.pick(channels)
const reason = (random: Random) => (random.chance(0.7) ? random.pick(REASONS) : undefined)

const deleteSome: Act = (scene, town, random) => {
  const [channel, author] = [somewhere(town, random), someone(town, random)]
  for (let count = random.whole(1, 4); count > 0; count--) messages.deleteMessage(scene, channel, author)
}
const purge: Act = (scene, town, random) =>
  messages.bulkDelete(scene, somewhere(town, random), random.whole(2, 60), reason(random))
const kickSomeone: Act = (scene, town, random) => {
  const userId = someone(town, random)
  const user = scene.world.users.get(userId)
  members.kick(scene, userId, reason(random))
  if (user) scene.guild.addMember(user, [], scene.world.now())
}
const banSomeone: Act = (scene, _town, random) => {
  const stranger = scene.world.addUser(`stranger${random.whole(1000, 9999)}`)
  members.ban(scene, stranger.id, reason(random))
}
const banForModerator: Act = (scene, town, random) => {
  const stranger = scene.world.addUser(`stranger${random.whole(1000, 9999)}`)
  const { username } = random.pick(town.moderators.slice(0, 10))
  members.ban(scene, stranger.id, `Banned by ${username}: ${random.pick(REASONS)}`)
}
const unbanSomeone: Act = (scene, _town, random) => {
  const banned = [...scene.guild.bans]
  if (banned.length > 0) members.unban(scene, random.pick(banned), 'Appeal accepted')
}
const timeOutSomeone: Act = (scene, town, random) =>
  members.timeout(
    scene,
    someone(town, random),
    scene.world.now() + random.whole(1, 48) * HOUR,
    reason(random),
  )
const liftTimeout: Act = (scene, town, random) => members.timeout(scene, someone(town, random), null)
const mute: Act = (scene, town, random) =>
  members.giveRoles(scene, someone(town, random), [town.roles.muted.id], reason(random))
const trust: Act = (scene, town, random) =>
  members.giveRoles(scene, someone(town, random), [town.roles.trusted.id])
const renameSomeone: Act = (scene, town, random) =>
  members.rename(scene, someone(town, random), `Reader ${random.whole(1, 999)}`)
const moveSome: Act = (scene, town, random) => members.move(scene, random.pick(town.voice))
const disconnectSome: Act = (scene) => members.disconnect(scene)
const slowDown: Act = (scene, town, random) =>
  channels.updateChannel(scene, somewhere(town, random), {
    rate_limit_per_user: random.pick([0, 5, 30, 300]),
  })
const silence: Act = (scene, town, random) =>
  channels.setOverwrite(
    scene,
    somewhere(town, random),
    channels.roleOverwrite(town.roles.muted.id, 0n, random.pick([2048n, 2112n])),
  )
const recolour: Act = (scene, town, random) =>
  roles.updateRole(scene, town.roles.trusted.id, { color: random.whole(0, 0xffffff) })
const pinSomething: Act = (scene, town, random) =>
  messages.pin(scene, somewhere(town, random), scene.world.newId(), someone(town, random))
const invite: Act = (scene, town, random) => {
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
const startThread: Act = (scene, town, random) => {
  channels.createThread(scene, somewhere(town, random), `Chapter ${random.whole(1, 80)}`)
}
const trip: Act = (scene, town, random) =>
  automod.blockMessage(scene, { name: 'No scam links', trigger: 1 }, scene.actorId, somewhere(town, random))

const PEOPLE: Habits = [
  [deleteSome, 40],
  [purge, 2],
  [kickSomeone, 5],
  [banSomeone, 5],
  [unbanSomeone, 1],
  [timeOutSomeone, 9],
  [liftTimeout, 2],
  [mute, 4],
  [trust, 4],
  [renameSomeone, 4],
  [moveSome, 5],
  [disconnectSome, 2],
  [slowDown, 3],
  [silence, 2],
  [recolour, 1],
  [pinSomething, 3],
  [invite, 1],
  [startThread, 2],
]
const MODERATION_BOT: Habits = [
  [banForModerator, 3],
  [mute, 2],
  [purge, 2],
  [timeOutSomeone, 2],
]
const READER: Habits = [
  [renameSelf, 2],
  [invite, 3],
  [startThread, 3],
  [trip, 4],
]

function renameSelf(scene: Scene, _town: Town, random: Random): void {
  members.rename(scene, scene.actorId, `me ${random.whole(1, 99)}`)
}
