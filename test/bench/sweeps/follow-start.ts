import type { LeanLog } from './lean-log.ts'
import type { Profile } from './profiles.ts'
import type { Requests } from './requests.ts'
import type { Answer, SimulatedBot } from './simulated-bot.ts'
import type { Timeline } from './timeline.ts'

const MINUTE = 60_000

/** How many moderators ask during a start, a minute after it began. */
const ASKED = 20

/** How long a start is followed at most, in milliseconds. */
const LONGEST = 6 * 60 * MINUTE

/** What a start cost. */
export interface Start {
  /** Until the archive had all of the logs, and the background had little to do. */
  readonly requests: Requests
  /** When the servers were live. */
  readonly live: Times
  /** When the archive had all of their logs. */
  readonly complete: Times
  /** To the moderators who asked at the start. */
  readonly answers: readonly Answer[]
}

/** When something was true of servers, in milliseconds from the beginning; infinite if it never was. */
export interface Times {
  /** Of the last one. */
  readonly last: number
  /** On average, by profile. */
  readonly means: ReadonlyMap<Profile['name'], number>
}

interface Following {
  readonly bot: SimulatedBot
  readonly timeline: Timeline
  /** The servers that start. */
  readonly logs: readonly LeanLog[]
  readonly requests: Requests
  readonly readsPerMinute: number
}

/** Follows a start until the archive has all of the logs and no more requests wait than at rest. */
export async function followStart(following: Following): Promise<Start> {
  const { bot, timeline, logs, requests, readsPerMinute } = following
  const answers: Answer[] = []
  const liveAt = new Map<LeanLog, number>()
  const completeAt = new Map<LeanLog, number>()
  const isAtRest = () => requests.inLast(5) < (5 * readsPerMinute) / 2
  for (let passed = MINUTE; passed <= LONGEST; passed += MINUTE) {
    await timeline.pass(MINUTE)
    if (passed === MINUTE)
      for (const { guildId } of everyNth(logs, ASKED))
        void bot.ask(guildId).then((answer) => answers.push(answer))
    for (const log of logs) {
      if (!liveAt.has(log) && bot.isLive(log.guildId)) liveAt.set(log, passed)
      if (!completeAt.has(log) && (await bot.hasAll(log))) completeAt.set(log, passed)
    }
    if (passed >= 5 * MINUTE && completeAt.size === logs.length && isAtRest()) break
  }
  return { requests, live: timesOf(logs, liveAt), complete: timesOf(logs, completeAt), answers }
}

function everyNth<Item>(items: readonly Item[], howMany: number): Item[] {
  return Array.from(
    { length: howMany },
    (_, nth) => items[Math.floor((nth / howMany) * items.length)],
  ).flatMap((item) => item ?? [])
}

function timesOf(logs: readonly LeanLog[], at: ReadonlyMap<LeanLog, number>): Times {
  const timeOf = (log: LeanLog) => at.get(log) ?? Number.POSITIVE_INFINITY
  const means = [...Map.groupBy(logs, ({ profile }) => profile.name)].map(
    ([name, those]) => [name, those.reduce((sum, log) => sum + timeOf(log) / those.length, 0)] as const,
  )
  return { last: logs.reduce((last, log) => Math.max(last, timeOf(log)), 0), means: new Map(means) }
}
