import { onTestFinished } from 'vitest'
import { Random } from '../../sandbox/town/random.ts'
import type { Archive } from '../../src/core/archive.ts'
import { coverageAfterSync, coverageAt, type KnownCoverage } from '../../src/core/coverage/known-coverage.ts'
import type { SyncOutcome } from '../../src/core/coverage/sync-status.ts'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import { ReadBudget } from '../../src/sync/budget/read-budget.ts'
import { SyncEngine } from '../../src/sync/engine.ts'
import { EventQueue } from '../../src/sync/ingest/event-queue.ts'
import { Ingest } from '../../src/sync/ingest/ingest.ts'
import { DiscordClock } from '../../src/sync/time/discord-clock.ts'
import { guildIdAt, ModelDiscord, PAGE } from '../model/model-discord.ts'
import { WatchedArchive } from './archive/watched-archive.ts'
import { HostClock, ManualClock } from './manual-clock.ts'
import { RecordedLog } from './recorded-log.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let serial = 0

/** How the sync of an answer ended, and the coverage after it. */
export interface SyncResult {
  readonly outcome: SyncOutcome
  readonly known: KnownCoverage
}

interface Options {
  /** Discord's time; a new clock by default. */
  readonly clock?: ManualClock
  /** How far the host's clock is ahead at the start, in milliseconds. */
  readonly hostAhead?: number
  /** How many pages the background may read in a minute. */
  readonly perMinute?: number
  /** How many pages may be read in a second. */
  readonly perSecond?: number
  /** How far back a sweep reads, in milliseconds. */
  readonly sweep?: number
  /** The time that Discord's responses show. */
  readonly shownTime?: (now: number) => number
  /** Called when a log can be read, or no longer. */
  readonly onReadable?: (guildId: Snowflake) => void
}

/** The sync of some guilds, without a bot. Discord's logs are in memory, and requests are answered when a test says so. */
export class OpenSync {
  /** Discord's time. */
  readonly clock: ManualClock
  /** The host's clock. */
  readonly host: HostClock
  readonly log = new RecordedLog()
  readonly engine: SyncEngine
  readonly ingest: Ingest
  /** The guilds whose pages were requested, in order. */
  readonly requested: Snowflake[] = []
  /** The error of every request, if they fail. */
  failure: Promise<never> | undefined
  /** Until when a rate limit holds requests, in milliseconds since the Unix epoch. */
  heldUntil: number | undefined
  readonly #archive: WatchedArchive
  readonly #discords = new Map<Snowflake, ModelDiscord>()
  readonly #stopping = new AbortController()

  constructor(archive: Archive, options: Options = {}) {
    const {
      perMinute = 1000,
      perSecond = 1000,
      sweep = DAY,
      shownTime = (now) => now,
      hostAhead = 0,
      onReadable = () => {},
    } = options
    this.clock = options.clock ?? new ManualClock()
    this.host = new HostClock(this.clock, hostAhead)
    const { log, host } = this
    onTestFinished(() => this.stop())
    this.#archive = new WatchedArchive(archive)
    const clock = new DiscordClock(host)
    const { signal } = this.#stopping
    const deps = { archive: this.#archive.archive, clock, log, signal }
    const queue = new EventQueue()
    this.engine = new SyncEngine({
      ...deps,
      queue,
      host,
      onReadable,
      resyncPolicy: { overlap: 15 * 60_000, sweep },
      budget: new ReadBudget(host, { perSecond, backgroundPerMinute: perMinute }, signal),
      source: {
        pageSize: PAGE,
        read: async (guildId, request) => {
          this.requested.push(guildId)
          if (this.failure !== undefined) return this.failure
          const page = await this.#discordOf(guildId).read(guildId, request)
          const at = shownTime(page.at)
          clock.update(at)
          return { ...page, at }
        },
        oldest: (guildId) => this.#discordOf(guildId).oldest(),
        heldUntil: () => this.heldUntil,
      },
    })
    this.ingest = new Ingest({ ...deps, queue, engine: this.engine })
  }

  /** Adds a guild of this age, in milliseconds. */
  guild(age: number): ModelDiscord {
    const { now } = this.clock
    return this.join(new ModelDiscord(guildIdAt(now() - age, ++serial), now, new Random(serial)))
  }

  /** Adds a guild of another sync, as after a restart. */
  join(discord: ModelDiscord): ModelDiscord {
    this.#discords.set(discord.guildId, discord)
    return discord
  }

  /** Sends an entry live. */
  send(discord: ModelDiscord, written = discord.write(this.clock.now())): void {
    this.engine.entryReceived(discord.guildId)
    this.ingest.record({ guildId: discord.guildId, entries: [discord.entry(written)], from: 'gateway' })
  }

  /** Runs the sync of an answer for a window of this length, in milliseconds, while Discord answers every request. */
  async sync({ guildId }: ModelDiscord, window = DAY): Promise<SyncResult> {
    const askedAt = this.clock.now()
    const refreshed = this.engine.refresh(guildId, { from: firstIdAt(askedAt - window) }, () => {})
    await this.answerAll()
    const { outcome, coverage, status, countsAsOf } = await refreshed
    const known = coverageAt(guildId, coverage, status, askedAt)
    return { outcome, known: coverageAfterSync(outcome, known, countsAsOf) }
  }

  /** Lets hours pass one by one, with the background reads in each. */
  async passHours(hours: number): Promise<void> {
    for (let hour = 0; hour < hours; hour++) {
      this.clock.advance(HOUR)
      await this.answerAll()
    }
  }

  /** Resolves when nothing more happens until Discord answers or time passes. */
  settled(): Promise<void> {
    return this.#archive.settled()
  }

  /** Lets Discord answer one request of a guild. */
  async answer({ requests }: ModelDiscord): Promise<void> {
    requests.shift()?.answer()
    await this.settled()
  }

  /** Lets Discord answer until nothing more is requested. */
  async answerAll(): Promise<void> {
    await this.settled()
    for (;;) {
      const waiting = [...this.#discords.values()].find(({ requests }) => requests.length > 0)
      if (!waiting) return
      await this.answer(waiting)
    }
  }

  /** Ends the sync, as when the process ends. */
  stop(): void {
    this.#stopping.abort()
    for (const { requests } of this.#discords.values()) requests.length = 0
  }

  #discordOf(guildId: Snowflake): ModelDiscord {
    const discord = this.#discords.get(guildId)
    if (!discord) throw new Error(`There is no guild ${guildId}.`)
    return discord
  }
}
