import * as deeds from './activities.ts'
import type { Casting, Habits } from './schedule.ts'

/** Who acts how often, and what they like to do, where nothing else is asked for. */
export const usualCasting: Casting = ({ moderators, members }) => {
  const people = moderators
    .slice(0, 10)
    .map(({ id }, index) => [{ actorId: id, habits: PEOPLE }, 10 / (index + 1)] as const)
  const bots = moderators.slice(10).map(({ id }) => [{ actorId: id, habits: MODERATION_BOT }, 3] as const)
  const readers = members.map(({ id }) => [{ actorId: id, habits: READER }, 0.1] as const)
  return [...people, ...bots, ...readers]
}

const PEOPLE: Habits = [
  [deeds.deleteSome, 40],
  [deeds.purge, 2],
  [deeds.kickSomeone, 5],
  [deeds.banSomeone, 5],
  [deeds.unbanSomeone, 1],
  [deeds.timeOutSomeone, 9],
  [deeds.liftTimeout, 2],
  [deeds.mute, 4],
  [deeds.trust, 4],
  [deeds.renameSomeone, 4],
  [deeds.moveSome, 5],
  [deeds.disconnectSome, 2],
  [deeds.slowDown, 3],
  [deeds.silence, 2],
  [deeds.recolour, 1],
  [deeds.pinSomething, 3],
  [deeds.invite, 1],
  [deeds.startThread, 2],
]
export const MODERATION_BOT: Habits = [
  [deeds.banForModerator, 3],
  [deeds.mute, 2],
  [deeds.purge, 2],
  [deeds.timeOutSomeone, 2],
]
const READER: Habits = [
  [deeds.renameSelf, 2],
  [deeds.invite, 3],
  [deeds.startThread, 3],
  [deeds.trip, 4],
]
