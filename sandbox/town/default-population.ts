import * as activity from './activities.ts'
import type { Population, WeightedActivities } from './schedule.ts'

/** Ten moderators with the same activities, each less active than the one before, two bots, and members. */
export const defaultPopulation: Population = ({ moderators, members }) => {
  const people = moderators
    .slice(0, 10)
    .map(({ id }, index) => [{ userId: id, activities: MODERATOR }, 10 / (index + 1)] as const)
  const bots = moderators.slice(10).map(({ id }) => [{ userId: id, activities: MODERATION_BOT }, 3] as const)
  const others = members.map(({ id }) => [{ userId: id, activities: MEMBER }, 0.1] as const)
  return [...people, ...bots, ...others]
}

const MODERATOR: WeightedActivities = [
  [activity.deleteMessages, 40],
  [activity.bulkDeleteMessages, 2],
  [activity.kickMember, 5],
  [activity.banStranger, 5],
  [activity.unbanMember, 1],
  [activity.timeOutMember, 9],
  [activity.liftTimeout, 2],
  [activity.addMutedRole, 4],
  [activity.addTrustedRole, 4],
  [activity.renameMember, 4],
  [activity.moveMember, 5],
  [activity.disconnectMember, 2],
  [activity.setSlowMode, 3],
  [activity.denyMutedRole, 2],
  [activity.recolourRole, 1],
  [activity.pinMessage, 3],
  [activity.createInvite, 1],
  [activity.startThread, 2],
]
export const MODERATION_BOT: WeightedActivities = [
  [activity.banOnBehalfOfAnyone, 3],
  [activity.addMutedRole, 2],
  [activity.bulkDeleteMessages, 2],
  [activity.timeOutMember, 2],
]
const MEMBER: WeightedActivities = [
  [activity.renameSelf, 2],
  [activity.createInvite, 3],
  [activity.startThread, 3],
  [activity.triggerAutoMod, 4],
]
