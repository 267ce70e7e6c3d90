import type { APIUser } from 'discord-api-types/v10'
import * as deeds from './activities.ts'
import { MODERATION_BOT } from './default-population.ts'
import type { Casting, Habits, Player } from './schedule.ts'
import type { Town } from './town.ts'

const DAY = 86_400_000

/** How long ago Hannah did the last thing she did. */
const QUIET_SINCE = 53

/** What each moderator likes to do, by their username, and how much of it; the hour they are up, where it is unusual. */
const CHARACTERS: Readonly<Record<string, readonly [weight: number, habits: Habits, awake?: number]>> = {
  alice: [
    5,
    [
      [deeds.silence, 3],
      [deeds.slowDown, 4],
      [deeds.trust, 5],
      [deeds.unbanSomeone, 2],
      [deeds.deleteSome, 3],
    ],
  ],
  bruno: [
    12,
    [
      [deeds.deleteSome, 40],
      [deeds.purge, 3],
      [deeds.timeOutSomeone, 6],
      [deeds.pinSomething, 3],
    ],
  ],
  chidi: [
    8,
    [
      [deeds.banSomeone, 12],
      [deeds.kickSomeone, 10],
      [deeds.deleteSome, 6],
      [deeds.unbanSomeone, 1],
    ],
  ],
  dalia: [
    7,
    [
      [deeds.timeOutSomeone, 18],
      [deeds.liftTimeout, 5],
      [deeds.mute, 4],
      [deeds.deleteSome, 8],
    ],
  ],
  emre: [
    5,
    [
      [deeds.moveSome, 16],
      [deeds.disconnectSome, 6],
    ],
  ],
  fuyuko: [
    6,
    [
      [deeds.deleteSome, 14],
      [deeds.purge, 5],
      [deeds.banSomeone, 3],
    ],
    2,
  ],
  grace: [
    4,
    [
      [deeds.trust, 10],
      [deeds.mute, 3],
      [deeds.startThread, 4],
      [deeds.pinSomething, 4],
    ],
  ],
  hannah: [
    6,
    [
      [deeds.deleteSome, 12],
      [deeds.kickSomeone, 4],
      [deeds.timeOutSomeone, 4],
    ],
  ],
  ivan: [
    1,
    [
      [deeds.pinSomething, 3],
      [deeds.invite, 2],
      [deeds.slowDown, 2],
    ],
  ],
  jo: [
    0.4,
    [
      [deeds.deleteSome, 3],
      [deeds.pinSomething, 2],
    ],
  ],
}

/** Ivan bans by a command of the bot Gatekeeper, so that the log names the bot, and him in the reason alone. */
const GATEKEEPER: Habits = [
  [deeds.banFor('ivan'), 9],
  [deeds.banFor('chidi'), 1],
  [deeds.mute, 2],
  [deeds.timeOutSomeone, 2],
]

const READER: Habits = [
  [deeds.invite, 3],
  [deeds.startThread, 3],
  [deeds.trip, 4],
]

/**
 * The people of a lively guild, each with habits of their own.
 * @param until when the history ends that they are cast for; one of them went quiet a while before
 */
export function livelyCasting(until: number): Casting {
  return ({ moderators, members }, time) => {
    const weekend = [0, 6].includes(new Date(time).getUTCDay())
    const cast = moderators.flatMap((user) => {
      if (user.username === 'hannah' && time > until - QUIET_SINCE * DAY) return []
      // Jo has time on weekends alone.
      if (user.username === 'jo' && !weekend) return []
      return [character(user)]
    })
    const readers = members.map(({ id }) => [{ actorId: id, habits: READER }, 0.1] as const)
    return [...cast, ...readers]
  }
}

function character({ id, username, bot }: APIUser): readonly [Player, number] {
  if (bot) return [{ actorId: id, habits: username === 'Gatekeeper' ? GATEKEEPER : MODERATION_BOT }, 5]
  const [weight, habits, awake] = CHARACTERS[username] ?? [1, [[deeds.deleteSome, 1]]]
  return [{ actorId: id, habits, ...(awake !== undefined && { awake }) }, weight]
}

/** Such as the twelfth of a guild's moderators: by their name, or whoever is first. */
export function named({ moderators }: Town, username: string): string {
  return (moderators.find((user) => user.username === username) ?? moderators[0])?.id ?? ''
}
