import type { APIUser } from 'discord-api-types/v10'
import * as does from './activities.ts'
import { MODERATION_BOT } from './default-population.ts'
import type { Population, Resident, WeightedActivities } from './schedule.ts'

const DAY = 86_400_000

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
      [does.denyMutedRole, 3],
      [does.setSlowMode, 4],
      [does.addTrustedRole, 5],
      [does.unbanMember, 2],
      [does.deleteMessages, 3],
    ],
  },
  bruno: {
    weight: 12,
    activities: [
      [does.deleteMessages, 40],
      [does.bulkDeleteMessages, 3],
      [does.timeOutMember, 6],
      [does.pinMessage, 3],
    ],
  },
  chidi: {
    weight: 8,
    activities: [
      [does.banStranger, 12],
      [does.kickMember, 10],
      [does.deleteMessages, 6],
      [does.unbanMember, 1],
    ],
  },
  dalia: {
    weight: 7,
    activities: [
      [does.timeOutMember, 18],
      [does.liftTimeout, 5],
      [does.addMutedRole, 4],
      [does.deleteMessages, 8],
    ],
  },
  emre: {
    weight: 5,
    activities: [
      [does.moveMember, 16],
      [does.disconnectMember, 6],
    ],
  },
  fuyuko: {
    weight: 6,
    activities: [
      [does.deleteMessages, 14],
      [does.bulkDeleteMessages, 5],
      [does.banStranger, 3],
    ],
    wakesAt: 2,
  },
  grace: {
    weight: 4,
    activities: [
      [does.addTrustedRole, 10],
      [does.addMutedRole, 3],
      [does.startThread, 4],
      [does.pinMessage, 4],
    ],
  },
  hannah: {
    weight: 6,
    activities: [
      [does.deleteMessages, 12],
      [does.kickMember, 4],
      [does.timeOutMember, 4],
    ],
  },
  ivan: {
    weight: 1,
    activities: [
      [does.pinMessage, 3],
      [does.createInvite, 2],
      [does.setSlowMode, 2],
    ],
  },
  jo: {
    weight: 0.4,
    activities: [
      [does.deleteMessages, 3],
      [does.pinMessage, 2],
    ],
  },
}

/** Ivan bans through this bot: the entries name the bot as executor, and Ivan only in the reason. */
const GATEKEEPER: WeightedActivities = [
  [does.banOnBehalfOf('ivan'), 9],
  [does.banOnBehalfOf('chidi'), 1],
  [does.addMutedRole, 2],
  [does.timeOutMember, 2],
]

const MEMBER: WeightedActivities = [
  [does.createInvite, 3],
  [does.startThread, 3],
  [does.triggerAutoMod, 4],
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
  const { weight, ...rest } = CHARACTERS[username] ?? { weight: 1, activities: [[does.deleteMessages, 1]] }
  return [{ userId: id, ...rest }, weight]
}
