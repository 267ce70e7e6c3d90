import type { APIUser } from 'discord-api-types/v10'
import { DAY } from '../world/units.ts'
import * as activity from './activities.ts'
import { MODERATION_BOT } from './default-population.ts'
import type { Population, Resident, WeightedActivities } from './schedule.ts'

/** How many days before the end of the history Hannah stops moderating. */
const HANNAH_INACTIVE_DAYS = 53

/** How active a moderator is, what they do, and the hour (UTC) they get up at if it is unusual. */
interface Character {
  readonly weight: number
  readonly activities: WeightedActivities
  readonly wakesAt?: number
}

/** By username. */
const CHARACTERS: Readonly<Record<string, Character>> = {
  alice: {
    weight: 5,
    activities: [
      [activity.denyMutedRole, 3],
      [activity.setSlowMode, 4],
      [activity.addTrustedRole, 5],
      [activity.unbanMember, 2],
      [activity.deleteMessages, 3],
    ],
  },
  bruno: {
    weight: 12,
    activities: [
      [activity.deleteMessages, 40],
      [activity.bulkDeleteMessages, 3],
      [activity.timeOutMember, 6],
      [activity.pinMessage, 3],
    ],
  },
  chidi: {
    weight: 8,
    activities: [
      [activity.banStranger, 12],
      [activity.kickMember, 10],
      [activity.deleteMessages, 6],
      [activity.unbanMember, 1],
    ],
  },
  dalia: {
    weight: 7,
    activities: [
      [activity.timeOutMember, 18],
      [activity.liftTimeout, 5],
      [activity.addMutedRole, 4],
      [activity.deleteMessages, 8],
    ],
  },
  emre: {
    weight: 5,
    activities: [
      [activity.moveMember, 16],
      [activity.disconnectMember, 6],
    ],
  },
  fuyuko: {
    weight: 6,
    activities: [
      [activity.deleteMessages, 14],
      [activity.bulkDeleteMessages, 5],
      [activity.banStranger, 3],
    ],
    wakesAt: 2,
  },
  grace: {
    weight: 4,
    activities: [
      [activity.addTrustedRole, 10],
      [activity.addMutedRole, 3],
      [activity.startThread, 4],
      [activity.pinMessage, 4],
    ],
  },
  hannah: {
    weight: 6,
    activities: [
      [activity.deleteMessages, 12],
      [activity.kickMember, 4],
      [activity.timeOutMember, 4],
    ],
  },
  ivan: {
    weight: 1,
    activities: [
      [activity.pinMessage, 3],
      [activity.createInvite, 2],
      [activity.setSlowMode, 2],
    ],
  },
  jo: {
    weight: 0.4,
    activities: [
      [activity.deleteMessages, 3],
      [activity.pinMessage, 2],
    ],
  },
}

/** Ivan bans through this bot: the entries name the bot as executor, and Ivan only in the reason. */
const GATEKEEPER: WeightedActivities = [
  [activity.banOnBehalfOf('ivan'), 9],
  [activity.banOnBehalfOf('chidi'), 1],
  [activity.addMutedRole, 2],
  [activity.timeOutMember, 2],
]

const MEMBER: WeightedActivities = [
  [activity.createInvite, 3],
  [activity.startThread, 3],
  [activity.triggerAutoMod, 4],
]

/**
 * The members of the demo's guild, each with activities of their own.
 * @param until the end of the history, in milliseconds since the Unix epoch
 */
export function demoPopulation(until: number): Population {
  return ({ moderators, members }, time) => {
    const isWeekend = [0, 6].includes(new Date(time).getUTCDay())
    const active = moderators.filter(({ username }) => {
      if (username === 'hannah') return time <= until - HANNAH_INACTIVE_DAYS * DAY
      return username !== 'jo' || isWeekend
    })
    return [
      ...active.map(resident),
      ...members.map(({ id }) => [{ userId: id, activities: MEMBER }, 0.1] as const),
    ]
  }
}

function resident({ id, username, bot }: APIUser): readonly [Resident, weight: number] {
  if (bot) return [{ userId: id, activities: username === 'Gatekeeper' ? GATEKEEPER : MODERATION_BOT }, 5]
  const { weight, ...rest } = CHARACTERS[username] ?? {
    weight: 1,
    activities: [[activity.deleteMessages, 1]],
  }
  return [{ userId: id, ...rest }, weight]
}
