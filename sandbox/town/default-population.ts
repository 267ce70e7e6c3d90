import * as does from './activities.ts'
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
  [does.deleteMessages, 40],
  [does.bulkDeleteMessages, 2],
  [does.kickMember, 5],
  [does.banStranger, 5],
  [does.unbanMember, 1],
  [does.timeOutMember, 9],
  [does.liftTimeout, 2],
  [does.addMutedRole, 4],
  [does.addTrustedRole, 4],
  [does.renameMember, 4],
  [does.moveMember, 5],
  [does.disconnectMember, 2],
  [does.setSlowMode, 3],
  [does.denyMutedRole, 2],
  [does.recolourRole, 1],
  [does.pinMessage, 3],
  [does.createInvite, 1],
  [does.startThread, 2],
]
export const MODERATION_BOT: WeightedActivities = [
  [does.banOnBehalfOfAnyone, 3],
  [does.addMutedRole, 2],
  [does.bulkDeleteMessages, 2],
  [does.timeOutMember, 2],
]
const MEMBER: WeightedActivities = [
  [does.renameSelf, 2],
  [does.createInvite, 3],
  [does.startThread, 3],
  [does.triggerAutoMod, 4],
]
