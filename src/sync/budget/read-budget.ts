import type { Clock } from '../../core/clock.ts'
import { FairQueue } from '../../core/fair-queue.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { MINUTE } from '../../core/time/units.ts'
import { Timer } from '../timer.ts'
import { RequestWindow } from './request-window.ts'

/** What a request is made for. */
export type Lane =
  /** A moderator waits for what is new in a log that has been read. */
  | 'answer'
  /** A moderator waits for older pages, which can be many. */
  | 'window'
  /** Custos posts in a channel by itself, or reads what it may do there. */
  | 'post'
  /** Custos edits what it has posted. New posts come first, since a warning that comes late is worth little. */
  | 'edit'
  /** Nobody waits. */
  | 'background'

const LANES: readonly Lane[] = ['answer', 'window', 'post', 'edit', 'background']

/** How requests are divided while some wait in each lane. So no lane stops another. */
const SHARES: Readonly<Record<Lane, number>> = { answer: 6, window: 2, post: 3, edit: 1, background: 2 }

export interface RequestLimits {
  /** How many requests may be made in any second. */
  readonly perSecond: number
  /** How many requests the background may make in a minute. */
  readonly backgroundPerMinute: number
}

/**
 * Makes requests to Discord, which limits the requests of a bot over all its guilds. Within a lane, guilds
 * take turns, so that a guild that needs many requests does not delay the others.
 * https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
 */
export class ReadBudget {
  readonly #clock: Clock
  readonly #window: RequestWindow
  readonly limits: RequestLimits
  readonly #signal: AbortSignal
  readonly #wake: Timer
  readonly #waiting: Readonly<Record<Lane, FairQueue<Snowflake, PromiseWithResolvers<void>>>> = {
    answer: new FairQueue(),
    window: new FairQueue(),
    post: new FairQueue(),
    edit: new FairQueue(),
    background: new FairQueue(),
  }
  /** How many permits each lane has received, divided by its share. */
  readonly #received: Record<Lane, number> = { answer: 0, window: 0, post: 0, edit: 0, background: 0 }
  /** How many posts are on their way. */
  #posting = 0
  /** The most that any lane has received, divided by its share. */
  #reached = 0
  /** A token bucket for the background, which holds a minute's worth and fills steadily. */
  #tokens: number
  #filledAt: number

  /** @param signal aborts when Custos stops: nothing is permitted any more */
  constructor(clock: Clock, limits: RequestLimits, signal: AbortSignal) {
    this.#clock = clock
    this.#window = new RequestWindow(clock, limits.perSecond)
    this.limits = limits
    this.#signal = signal
    this.#wake = new Timer(clock, signal)
    this.#tokens = limits.backgroundPerMinute
    this.#filledAt = clock.elapsed()
    signal.addEventListener('abort', () => this.#rejectAll(), { once: true })
  }

  /**
   * Makes a request when it is permitted.
   * @throws what the request throws, or the reason of the signal when Custos stops first
   */
  async run<Result>(guildId: Snowflake, lane: Lane, request: () => Promise<Result>): Promise<Result> {
    this.#signal.throwIfAborted()
    const permit = Promise.withResolvers<void>()
    this.#enter(lane)
    this.#waiting[lane].add(guildId, permit)
    this.#give()
    await permit.promise
    try {
      return await request()
    } finally {
      if (isForPosts(lane)) this.#posting--
      this.#window.end()
      this.#give()
    }
  }

  /** Moves a guild's waiting requests to a lane. Posts stay in theirs. */
  move(guildId: Snowflake, lane: Lane): void {
    const others = LANES.filter((from) => from !== lane && !isForPosts(from))
    const moved = others.flatMap((from) => this.#waiting[from].takeAll(guildId))
    if (moved.length === 0) return
    this.#enter(lane)
    for (const permit of moved) this.#waiting[lane].add(guildId, permit)
    this.#give()
  }

  /** How many requests wait in each lane. */
  get waiting(): Readonly<Record<Lane, number>> {
    const sizes = { answer: 0, window: 0, post: 0, edit: 0, background: 0 }
    for (const lane of LANES) sizes[lane] = this.#waiting[lane].size
    return sizes
  }

  /** About how long a request for an answer would wait now, in milliseconds. */
  get expectedWait(): number {
    const busy = LANES.filter((lane) => lane === 'answer' || this.#waiting[lane].size > 0)
    const share = SHARES.answer / busy.reduce((sum, lane) => sum + SHARES[lane], 0)
    return this.#window.waitFor((this.#waiting.answer.size + 1) / share)
  }

  /** Gives as many permits as the limits allow, and wakes up for the next. */
  #give(): void {
    this.#refill()
    while (this.#window.left > 0) {
      const lane = this.#nextLane()
      const permit = lane && this.#waiting[lane].take()
      if (!permit) break
      this.#received[lane] += 1 / SHARES[lane]
      this.#reached = Math.max(this.#reached, this.#received[lane])
      if (lane === 'background') this.#tokens--
      if (isForPosts(lane)) this.#posting++
      this.#window.begin()
      permit.resolve()
    }
    const wait = this.#waitForNext()
    if (wait !== undefined) this.#wake.set(wait, () => this.#give())
  }

  /** The lane that has received least by its share, among those whose requests may be made. */
  #nextLane(): Lane | undefined {
    const ready = LANES.filter((lane) => this.#waiting[lane].size > 0 && this.#mayGiveTo(lane))
    return ready.toSorted((a, b) => this.#received[a] - this.#received[b])[0]
  }

  #mayGiveTo(lane: Lane): boolean {
    if (lane === 'background') return this.#tokens >= 1
    // Channels that Discord does not answer for leave half of the requests to the others.
    return !isForPosts(lane) || this.#posting < this.limits.perSecond / 2
  }

  /** A lane that was empty has no claim for the time it was empty, even if all lanes were. */
  #enter(lane: Lane): void {
    if (this.#waiting[lane].size === 0) this.#received[lane] = Math.max(this.#received[lane], this.#reached)
  }

  /** How long until the next permit can be given, in milliseconds; undefined if no request waits. */
  #waitForNext(): number | undefined {
    const { answer, window, post, edit, background } = this.#waiting
    const posts = this.#mayGiveTo('post') ? post.size + edit.size : 0
    const prompt = answer.size + window.size + posts
    if (prompt + background.size === 0) return undefined
    const { wait } = this.#window
    // The response will give the permit.
    if (wait === undefined) return undefined
    const forTokens = ((1 - this.#tokens) * MINUTE) / this.limits.backgroundPerMinute
    return Math.ceil(prompt > 0 ? wait : Math.max(wait, forTokens))
  }

  #refill(): void {
    const now = this.#clock.elapsed()
    const gained = ((now - this.#filledAt) * this.limits.backgroundPerMinute) / MINUTE
    this.#tokens = Math.min(this.limits.backgroundPerMinute, this.#tokens + gained)
    this.#filledAt = now
  }

  #rejectAll(): void {
    for (const lane of LANES)
      for (const permit of this.#waiting[lane].clear()) permit.reject(this.#signal.reason)
  }
}

function isForPosts(lane: Lane): boolean {
  return lane === 'post' || lane === 'edit'
}
