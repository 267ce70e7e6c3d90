import { onTestFinished } from 'vitest'
import { Random } from '../../sandbox/town/random.ts'
import type { Archive } from '../../src/core/archive.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'
import { DiscordClock } from '../../src/sync/discord-clock.ts'
import { SyncEngine } from '../../src/sync/engine.ts'
import { Ingest } from '../../src/sync/ingest/ingest.ts'
import { ReadBudget } from '../../src/sync/read-budget.ts'
import { guildIdAt, ModelDiscord } from '../model/model-discord.ts'
import { ManualClock } from './manual-clock.ts'
import { RecordedLog } from './recorded-log.ts'
import { WatchedArchive } from './watched-archive.ts'

const DAY = 86_400_000

let serial = 0

/** What reads logs, in the background and before answers, and guilds whose logs Discord gives when it is told to. */
export class OpenSync {
  readonly clock = new ManualClock()
  readonly log = new RecordedLog()
  readonly engine: SyncEngine
  readonly ingest: Ingest
  /** The guilds of whose logs a page was asked for, in order. */
  readonly requested: Snowflake[] = []
  /** What every reading comes to, in place of being answered. */
  failure: Promise<never> | undefined
  /** Until when readings wait for a limit. */
  heldUntil: number | undefined
  readonly #archive: WatchedArchive
  readonly #discords = new Map<Snowflake, ModelDiscord>()

  /** @param perMinute how many pages may be asked for in the background */
  constructor(archive: Archive, perMinute = 1000) {
    const { clock: host, log } = this
    const stopping = new AbortController()
    onTestFinished(() => stopping.abort())
    this.#archive = new WatchedArchive(archive)
    const deps = {
      archive: this.#archive.archive,
      clock: new DiscordClock(host),
      log,
      signal: stopping.signal,
    }
    this.ingest = new Ingest({ ...deps, onDropped: (guildId) => this.engine.resync(guildId) })
    this.engine = new SyncEngine({
      ...deps,
      events: this.ingest,
      host,
      resyncPolicy: { overlap: 15 * 60_000, sweep: DAY },
      budget: new ReadBudget(host, perMinute),
      source: {
        read: (guildId, before) => {
          this.requested.push(guildId)
          if (this.failure) return this.failure
          return this.#discordOf(guildId).read(guildId, before)
        },
        oldest: (guildId) => this.#discordOf(guildId).oldest(),
        heldUntil: () => this.heldUntil,
      },
    })
  }

  /** A guild that was made so long ago, in milliseconds. */
  guild(age: number): ModelDiscord {
    const { now } = this.clock
    const discord = new ModelDiscord(guildIdAt(now() - age, ++serial), now, new Random(serial))
    this.#discords.set(discord.guildId, discord)
    return discord
  }

  /** Lets all happen that can without Discord and without time passing. */
  settled(): Promise<void> {
    return this.#archive.settled()
  }

  /** Lets Discord answer one request of a guild. */
  async answer({ requests }: ModelDiscord): Promise<void> {
    requests.shift()?.answer()
    await this.settled()
  }

  /** Lets Discord answer until nothing more is asked. */
  async answerAll(): Promise<void> {
    await this.settled()
    for (;;) {
      const waiting = [...this.#discords.values()].find(({ requests }) => requests.length > 0)
      if (!waiting) return
      await this.answer(waiting)
    }
  }

  #discordOf(guildId: Snowflake): ModelDiscord {
    const discord = this.#discords.get(guildId)
    if (!discord) throw new Error(`There is no guild ${guildId}.`)
    return discord
  }
}
