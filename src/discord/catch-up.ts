import { DiscordAPIError, type REST } from 'discord.js'
import type { Archive } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import { oldestWanted } from '../core/coverage.ts'
import type { Log } from '../core/log.ts'
import { compareIds, type Snowflake } from '../core/snowflake.ts'
import type { Reading, Standing } from '../core/standing.ts'
import type { Windows } from '../core/windows.ts'
import { MayNotRead, type Page, readAuditLog, Unreadable } from './audit-log.ts'
import { Background } from './background.ts'
import { GuildLog, type Progress } from './guild-log.ts'
import type { ReadBudget } from './read-budget.ts'
import { Refusals } from './refusals.ts'

/** How long an answer waits for Discord where the archive already reaches back, in milliseconds. */
const PATIENCE = 3000

/** The same where a guild is read for the first time. An interaction can be answered for 15 minutes. */
const FIRST_PATIENCE = 14 * 60_000

/** How often the one who waits is told how far the reading is, in milliseconds. */
const REPORT = 2000

interface Means {
  readonly rest: REST
  readonly archive: Archive
  readonly clock: Clock
  readonly windows: Windows
  readonly budget: ReadBudget
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Keeps the archive up with Discord's logs: before each answer, and in the background. */
export class CatchUp {
  readonly #means: Means
  readonly #logs = new Map<Snowflake, GuildLog>()
  readonly #readings = new Map<Snowflake, Reading>()
  readonly #refusals: Refusals
  readonly #background: Background

  constructor(means: Means) {
    this.#means = means
    this.#refusals = new Refusals(means.clock)
    this.#background = new Background({
      ...means,
      of: (guildId) => this.of(guildId),
      failed: (guildId, error) => this.#failed(guildId, error),
    })
  }

  of(guildId: Snowflake): GuildLog {
    const existing = this.#logs.get(guildId)
    if (existing) return existing
    const created = new GuildLog({
      ...this.#means,
      guildId,
      read: (before) => this.#read(guildId, before),
    })
    this.#logs.set(guildId, created)
    return created
  }

  standing(guildId: Snowflake): Standing {
    const reading = this.#readings.get(guildId)
    return { isLive: this.of(guildId).isFollowed, ...(reading && { reading }) }
  }

  /** Reads a guild in the background, from now on followed anew. */
  begin(guildId: Snowflake): void {
    this.of(guildId).breakOff()
    this.#refusals.forget(guildId)
    this.#background.add(guildId)
  }

  /** The bot may no longer view a guild's log: nothing more will come live. */
  bar(guildId: Snowflake): void {
    this.of(guildId).breakOff()
  }

  /** A guild is gone, or out of reach for a while: what comes live may have gaps, and there is nothing to read. */
  leave(guildId: Snowflake): void {
    this.#logs.get(guildId)?.breakOff()
    this.#background.remove(guildId)
  }

  /** Reads what an answer needs: what is new, and the log back to the beginning of its window. */
  async upTo(
    guildId: Snowflake,
    from: Snowflake,
    onProgress: (progress: Progress) => void,
  ): Promise<Reading> {
    const { budget, clock, signal } = this.#means
    const guildLog = this.of(guildId)
    const firstTime = !(await this.#reachesBack(guildId))
    const answered = new AbortController()
    const waiting = AbortSignal.any([signal, answered.signal])
    const reading = guildLog.readBackTo(from).then(
      (): Reading => 'read',
      (error: unknown) => this.#failed(guildId, error),
    )
    const patience = clock.sleep(firstTime ? FIRST_PATIENCE : PATIENCE, waiting).then(
      (): Reading => (firstTime ? 'unfinished' : 'unreadable'),
      (): Reading => 'unfinished',
    )
    if (firstTime) this.#report(guildLog, onProgress, waiting)
    const outcome = await budget.first(Promise.race([reading, patience]))
    answered.abort()
    this.#readings.set(guildId, outcome)
    return outcome
  }

  /** Whether the archive has reached as far back as Discord does. */
  async #reachesBack(guildId: Snowflake): Promise<boolean> {
    const { archive, clock } = this.#means
    const coverage = await archive.coverage(guildId)
    const [oldest] = coverage.ranges
    return oldest !== undefined && compareIds(oldest.start, oldestWanted(guildId, clock.now(), coverage)) <= 0
  }

  #report(guildLog: GuildLog, onProgress: (progress: Progress) => void, waiting: AbortSignal): void {
    this.#means.clock.sleep(REPORT, waiting).then(
      () => {
        if (guildLog.progress) onProgress(guildLog.progress)
        this.#report(guildLog, onProgress, waiting)
      },
      () => {},
    )
  }

  async #read(guildId: Snowflake, before?: Snowflake): Promise<Page> {
    this.#refusals.check(guildId)
    this.#means.budget.spend()
    try {
      const page = await readAuditLog(this.#means, guildId, before)
      this.#refusals.forget(guildId)
      return page
    } catch (error) {
      if (isRefused(error)) this.#refusals.note(guildId, error)
      throw error
    }
  }

  #failed(guildId: Snowflake, error: unknown): Reading {
    const { log, signal } = this.#means
    if (signal.aborted) return 'unfinished'
    if (error instanceof MayNotRead) {
      this.of(guildId).breakOff()
      log.warn({ guild: guildId }, 'The audit log may not be read: View Audit Log is missing.')
      return 'forbidden'
    }
    if (error instanceof Unreadable) {
      log.warn({ guild: guildId, err: error.cause ?? error }, 'The audit log could not be read.')
      return 'unreadable'
    }
    log.error({ guild: guildId, err: error }, 'What was read could not be written.')
    return 'unwritten'
  }
}

/** Whether Discord has said no, to the bot in this guild or to its token, and will go on saying so. */
function isRefused(error: unknown): error is Error {
  const isUnauthorized =
    error instanceof Unreadable && error.cause instanceof DiscordAPIError && error.cause.status === 401
  return error instanceof MayNotRead || isUnauthorized
}
