import type { APIUser } from 'discord-api-types/v10'
import * as deeds from './activities.ts'
import { MODERATION_BOT } from './default-population.ts'
import type { Population, Resident, WeightedActivities } from './schedule.ts'
import type { Town } from './town.ts'

const DAY = 86_400_000

/** How long ago Hannah did the last thing she did. */
const QUIET_SINCE = 53

/** What each moderator likes to do, by their username, and how much of it; the hour they are up, where it is unusual. */
const CHARACTERS: Readonly<
  Record<string, readonly [weight: number, habits: WeightedActivities, awake?: number]>
> = {
  alice: [
    5,
    [
      [deeds.denyMutedRole, 3],
      [deeds.setSlowMode, 4],
      [deeds.addTrustedRole, 5],
      [deeds.unbanMember, 2],
      [deeds.deleteMessages, 3],
    ],
  ],
  bruno: [
    12,
    [
      [deeds.deleteMessages, 40],
      [deeds.bulkDeleteMessages, 3],
      [deeds.timeOutMember, 6],
      [deeds.pinMessage, 3],
    ],
  ],
  chidi: [
    8,
    [
      [deeds.banStranger, 12],
      [deeds.kickMember, 10],
      [deeds.deleteMessages, 6],
      [deeds.unbanMember, 1],
    ],
  ],
  dalia: [
    7,
    [
      [deeds.timeOutMember, 18],
      [deeds.liftTimeout, 5],
      [deeds.addMutedRole, 4],
      [deeds.deleteMessages, 8],
    ],
  ],
  emre: [
    5,
    [
      [deeds.moveMember, 16],
      [deeds.disconnectMember, 6],
    ],
  ],
  fuyuko: [
    6,
    [
      [deeds.deleteMessages, 14],
      [deeds.bulkDeleteMessages, 5],
      [deeds.banStranger, 3],
    ],
    2,
  ],
  grace: [
    4,
    [
      [deeds.addTrustedRole, 10],
      [deeds.addMutedRole, 3],
      [deeds.startThread, 4],
      [deeds.pinMessage, 4],
    ],
  ],
  hannah: [
    6,
    [
      [deeds.deleteMessages, 12],
      [deeds.kickMember, 4],
      [deeds.timeOutMember, 4],
    ],
  ],
  ivan: [
    1,
    [
      [deeds.pinMessage, 3],
      [deeds.createInvite, 2],
      [deeds.setSlowMode, 2],
    ],
  ],
  jo: [
    0.4,
    [
      [deeds.deleteMessages, 3],
      [deeds.pinMessage, 2],
    ],
  ],
}

/** Ivan bans by a command of the bot Gatekeeper, so that the log names the bot, and him in the reason alone. */
const GATEKEEPER: WeightedActivities = [
  [deeds.banOnBehalfOf('ivan'), 9],
  [deeds.banOnBehalfOf('chidi'), 1],
  [deeds.addMutedRole, 2],
  [deeds.timeOutMember, 2],
]

const READER: WeightedActivities = [
  [deeds.createInvite, 3],
  [deeds.startThread, 3],
  [deeds.triggerAutoMod, 4],
]

/**
 * The people of a lively guild, each with habits of their own.
 * @param until when the history ends that they are cast for; one of them went quiet a while before
 */
export function demoPopulation(until: number): Population {
  return ({ moderators, members }, time) => {
    const weekend = [0, 6].includes(new Date(time).getUTCDay())
    const ids = moderators.flatMap((user) => {
      if (user.username === 'hannah' && time > until - QUIET_SINCE * DAY) return []
      // Jo has time on weekends alone.
      if (user.username === 'jo' && !weekend) return []
      return [character(user)]
    })
    const readers = members.map(({ id }) => [{ userId: id, activities: READER }, 0.1] as const)
    return [...ids, ...readers]
  }
}

function character({ id, username, bot }: APIUser): readonly [Resident, number] {
  if (bot) return [{ userId: id, activities: username === 'Gatekeeper' ? GATEKEEPER : MODERATION_BOT }, 5]
  const [weight, activities, awake] = CHARACTERS[username] ?? [1, [[deeds.deleteMessages, 1]]]
  return [{ userId: id, activities, ...(awake !== undefined && { wakesAt: awake }) }, weight]
}

/** Such as the twelfth of a guild's moderators: by their name, or whoever is first. */
export function moderatorId({ moderators }: Town, username: string): string {
  return (moderators.find((user) => user.username === username) ?? moderators[0])?.id ?? ''
}
