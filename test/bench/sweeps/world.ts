import { Random } from '../../../sandbox/town/random.ts'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import { type Growth, LeanLog } from './lean-log.ts'
import { profileShares } from './profiles.ts'
import type { Timeline } from './timeline.ts'

const SECOND = 1000
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How long Discord keeps an entry, in milliseconds. */
const DISCORD_KEEPS = 45 * DAY

/** How old the logs of busy servers are at the start: older than what a sweep reads, in milliseconds. */
const SHORTEST = 25 * HOUR

/** About how many entries the logs of other servers have at least: more than a page. */
const FEWEST = 200

export interface WorldOptions {
  readonly guilds: number
  /** Which share of them is busy. */
  readonly busy: number
  /** Whether Discord has every entry of the last 45 days at the start, and not only the newest. */
  readonly hasWholeLogs: boolean
}

/** The servers of a bot, and what happens in them. */
export class World {
  readonly logs: ReadonlyMap<Snowflake, LeanLog>
  /** The counts that have grown, oldest first, for some hours. */
  readonly growths: Growth[] = []
  readonly #timeline: Timeline
  /** By second: the logs in which something happens then, and when exactly. */
  readonly #next = new Map<number, { readonly log: LeanLog; readonly at: number }[]>()

  constructor(timeline: Timeline, { guilds, busy, hasWholeLogs }: WorldOptions) {
    this.#timeline = timeline
    const random = new Random(1)
    const begin = timeline.now() - DISCORD_KEEPS
    const shares = profileShares(busy)
    const logs = Array.from({ length: guilds }, (_, index) => {
      const guildId = guildIdBefore(begin, index, random)
      return new LeanLog(guildId, profileOf(index, guilds, shares), random)
    })
    this.logs = new Map(logs.map((log) => [log.guildId, log]))
    for (const log of logs) {
      const length = hasWholeLogs ? DISCORD_KEEPS : Math.max(SHORTEST, (FEWEST / log.perDay) * DAY)
      this.#plan(log, this.#actUntil(log, Math.max(begin, timeline.now() - length)))
    }
  }

  /** Lets the world go on, and passes on what the gateway sends: every new entry, and no count that grows. */
  async run(send: (entry: Entry) => void): Promise<never> {
    for (;;) {
      await this.#timeline.sleep(SECOND)
      const second = Math.floor(this.#timeline.now() / SECOND)
      for (const { log, at } of this.#next.get(second) ?? []) {
        const happened = log.act(at)
        if (happened && 'log' in happened) this.growths.push(happened)
        else if (happened) send(happened)
        this.#plan(log, at + log.untilNext())
      }
      this.#next.delete(second)
      while ((this.growths[0]?.at ?? Number.POSITIVE_INFINITY) < this.#timeline.now() - 3 * HOUR)
        this.growths.shift()
    }
  }

  /** What happened in a log before now. @returns when something happens next */
  #actUntil(log: LeanLog, start: number): number {
    let at = start + log.untilNext()
    for (; at < this.#timeline.now(); at += log.untilNext()) log.act(at)
    return at
  }

  #plan(log: LeanLog, at: number): void {
    const second = Math.floor(Math.max(at, this.#timeline.now()) / SECOND) + 1
    const others = this.#next.get(second)
    if (others) others.push({ log, at })
    else this.#next.set(second, [{ log, at }])
  }
}

/** The id of a server that was made in the years before a time. As at Discord, the last bits of ids are much alike. */
function guildIdBefore(time: number, index: number, random: Random): Snowflake {
  const madeAt = time - HOUR - random.next() * 8 * 365 * DAY
  return String(BigInt(firstIdAt(madeAt)) + BigInt(index % 16))
}

/** The profile of a server. Servers of each profile are spread evenly over all of them. */
function profileOf(index: number, guilds: number, shares: ReturnType<typeof profileShares>) {
  // The golden ratio spreads any number of them evenly.
  let left = (index * 0.618_033_988_75) % 1
  for (const [profile, share] of shares) {
    left -= share
    if (left < 0) return profile
  }
  throw new Error(`Server ${index} of ${guilds} has no profile.`)
}
