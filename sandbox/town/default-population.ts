import * as deeds from './activities.ts'
import type { Population, WeightedActivities } from './schedule.ts'

/** Who acts how often, and what they like to do, where nothing else is asked for. */
export const defaultPopulation: Population = ({ moderators, members }) => {
  const people = moderators
    .slice(0, 10)
    .map(({ id }, index) => [{ userId: id, activities: MODERATOR }, 10 / (index + 1)] as const)
  const bots = moderators.slice(10).map(({ id }) => [{ userId: id, activities: MODERATION_BOT }, 3] as const)
  const readers = members.map(({ id }) => [{ userId: id, activities: READER }, 0.1] as const)
  return [...people, ...bots, ...readers]
}

const MODERATOR: WeightedActivities = [
  [deeds.deleteMessages, 40],
  [deeds.bulkDeleteMessages, 2],
  [deeds.kickMember, 5],
  [deeds.banStranger, 5],
  [deeds.unbanMember, 1],
  [deeds.timeOutMember, 9],
  [deeds.liftTimeout, 2],
  [deeds.addMutedRole, 4],
  [deeds.addTrustedRole, 4],
  [deeds.renameMember, 4],
  [deeds.moveMember, 5],
  [deeds.disconnectMember, 2],
  [deeds.setSlowMode, 3],
  [deeds.denyMutedRole, 2],
  [deeds.recolourRole, 1],
  [deeds.pinMessage, 3],
  [deeds.createInvite, 1],
  [deeds.startThread, 2],
]
export const MODERATION_BOT: WeightedActivities = [
  [deeds.banOnBehalfOfAnyone, 3],
  [deeds.addMutedRole, 2],
  [deeds.bulkDeleteMessages, 2],
  [deeds.timeOutMember, 2],
]
const READER: WeightedActivities = [
  [deeds.renameSelf, 2],
  [deeds.createInvite, 3],
  [deeds.startThread, 3],
  [deeds.triggerAutoMod, 4],
]
