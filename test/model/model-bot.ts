import type { Archive } from '../../src/core/archive.ts'
import type { Clock } from '../../src/core/clock.ts'
import type { Coverage } from '../../src/core/coverage/coverage.ts'
import { type KnownCoverage, knownAfter, knownAt } from '../../src/core/coverage/known-coverage.ts'
import { type SyncOutcome, type SyncStatus, statusAfter } from '../../src/core/coverage/sync-status.ts'
import type { Log } from '../../src/core/log.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'
import { DiscordClock } from '../../src/sync/discord-clock.ts'
import { SyncEngine } from '../../src/sync/engine.ts'
import { Ingest } from '../../src/sync/ingest/ingest.ts'
import { ReadBudget } from '../../src/sync/read-budget.ts'
import type { ModelDiscord, Written } from './model-discord.ts'

const RESYNC_POLICY = { overlap: 15 * 60_000, sweep: 24 * 3_600_000 }
const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** What a Custos knows of the log at a moment. */
export interface Knowledge {
  readonly coverage: KnownCoverage
  readonly standing: SyncStatus
  /** When what was read before was last read again, in milliseconds since the Unix epoch; absent before. */
  readonly sweptAt?: number
}

/** What an answer would say: how the reading before it came out, and what is known then. */
export interface Answer extends Knowledge {
  readonly reading: SyncOutcome
}

/** The sync of a Custos, of which a kill leaves what is under way where it is. */
export class ModelBot {
  readonly #discord: ModelDiscord
  readonly #archive: Archive
  readonly #catchUp: SyncEngine
  readonly #ingest: Ingest
  readonly #clock: DiscordClock
  readonly #stopping = new AbortController()
  #isKilled = false
  #writesLeft = Number.POSITIVE_INFINITY

  constructor(discord: ModelDiscord, archive: Archive, host: Clock, discordTime: () => number) {
    this.#discord = discord
    this.#archive = this.#mortal(archive)
    const clock = new DiscordClock(host)
    this.#clock = clock
    const { signal } = this.#stopping
    const deps = { archive: this.#archive, clock, log: SILENT, signal }
    this.#ingest = new Ingest({ ...deps, onDropped: (guildId) => this.#catchUp.resync(guildId) })
    this.#catchUp = new SyncEngine({
      ...deps,
      events: this.#ingest,
      host,
      resyncPolicy: RESYNC_POLICY,
      budget: new ReadBudget(host, 100_000),
      source: {
        read: async (guildId, before) => this.#told(await discord.read(guildId, before), discordTime()),
        oldest: async () => this.#told(await discord.oldest(), discordTime()),
      },
    })
    this.connect()
  }

  get isKilled(): boolean {
    return this.#isKilled
  }

  /** A fresh session: the guild is there, and what was told before may have been missed. */
  connect(): void {
    this.#catchUp.of(this.#discord.guildId).markDisconnected()
    this.#catchUp.guildAvailable(this.#discord.guildId)
  }

  /** An event comes. */
  hear(written: Written): void {
    const { guildId } = this.#discord
    this.#ingest.record({ guildId, entries: [this.#discord.entry(written)], from: 'gateway' })
  }

  /** The bot notices that it may not view the log any more, or may again. */
  notice(mayView: boolean): void {
    if (mayView) this.#catchUp.guildAvailable(this.#discord.guildId)
    else this.#catchUp.accessLost(this.#discord.guildId)
  }

  async ask(from: Snowflake, askedAt: number): Promise<Answer> {
    const { guildId } = this.#discord
    const reading = await this.#catchUp.refresh(guildId, from, () => {})
    const status = statusAfter(reading, this.#catchUp.status(guildId))
    const { coverage, ...rest } = this.#knowledge(await this.#archive.coverage(guildId), status, askedAt)
    return { reading, coverage: knownAfter(reading, coverage), ...rest }
  }

  /** What is known without asking Discord, by what the archive has. */
  known(coverage: Coverage, now: number): Knowledge {
    return this.#knowledge(coverage, this.#catchUp.status(this.#discord.guildId), now)
  }

  /** The process is gone: nothing that it was about to write is written. */
  kill(): void {
    this.#isKilled = true
    this.#stopping.abort()
  }

  /** The process is gone after so many writes. */
  killAfter(writes: number): void {
    this.#writesLeft = writes
  }

  #knowledge(coverage: Coverage, status: SyncStatus, now: number): Knowledge {
    const { sweptAt } = coverage
    return {
      coverage: knownAt(this.#discord.guildId, coverage, status, now),
      standing: status,
      ...(sweptAt !== undefined && { sweptAt }),
    }
  }

  #told<Given>(given: Given, discordTime: number): Given {
    this.#clock.update(Math.floor(discordTime / 1000) * 1000)
    return given
  }

  /** The archive as this process has it: after a kill nothing comes back from it, nor goes in. */
  #mortal(archive: Archive): Archive {
    const lives = async <Given>(act: () => Promise<Given>): Promise<Given> => {
      if (this.#isKilled) return new Promise<never>(() => {})
      const given = await act()
      return this.#isKilled ? new Promise<never>(() => {}) : given
    }
    return {
      ...archive,
      coverage: (guildId) => lives(() => archive.coverage(guildId)),
      list: (guildId, filter, slice) => lives(() => archive.list(guildId, filter, slice)),
      record: (update) => {
        if (this.#writesLeft-- === 0) this.kill()
        return lives(() => archive.record(update))
      },
    }
  }
}
