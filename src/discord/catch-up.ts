import type { REST } from 'discord.js'
import type { Archive } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import { oldestKept } from '../core/coverage.ts'
import type { Log } from '../core/log.ts'
import { compareIds, type Snowflake } from '../core/snowflake.ts'
import type { Reading, Standing } from '../core/standing.ts'
import { utcDay } from '../core/utc.ts'
import { MayNotRead, readAuditLog } from './audit-log.ts'
import { GuildLog, type Progress } from './guild-log.ts'

/** How long an answer waits for Discord where the archive already reaches back, in milliseconds. */
const PATIENCE = 3000

/** The same where a guild is read for the first time. An interaction can be answered for 15 minutes. */
const FIRST_PATIENCE = 14 * 60_000

/** How often the one who waits is told how far the reading is, in milliseconds. */
const REPORT = 2000

/** How long until the background reads again what it could not read, in milliseconds. */
const RETRY = 60_000

interface Means {
  readonly rest: REST
  readonly archive: Archive
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Keeps the archive up with Discord's logs: before each answer, and in the background. */
export class CatchUp {
  readonly #means: Means
  readonly #logs = new Map<Snowflake, GuildLog>()
  readonly #unread = new Set<Snowflake>()
  readonly #unfinished = new Set<Snowflake>()
  readonly #readings = new Map<Snowflake, Reading>()
  #background: Promise<void> | undefined

  constructor(means: Means) {
    this.#means = means
  }

  of(guildId: Snowflake): GuildLog {
    const existing = this.#logs.get(guildId)
    if (existing) return existing
    const created = new GuildLog({
      ...this.#means,
      guildId,
      read: (before) => readAuditLog(this.#means, guildId, before),
    })
    this.#logs.set(guildId, created)
    return created
  }

  standing(guildId: Snowflake): Standing {
    const reading = this.#readings.get(guildId)
    return { isLive: this.of(guildId).isFollowed, ...(reading && { reading }) }
  }

  /** Reads guilds in the background, from now on followed anew: what is new in each, then what is missing. */
  begin(guildIds: readonly Snowflake[]): void {
    for (const guildId of guildIds) {
      this.of(guildId).breakOff()
      this.#unread.add(guildId)
    }
    this.#background ??= this.#readAll().finally(() => {
      this.#background = undefined
    })
  }

  /** A guild is gone, or out of reach for a while: what comes live may have gaps, and there is nothing to read. */
  leave(guildId: Snowflake): void {
    this.#logs.get(guildId)?.breakOff()
    this.#unread.delete(guildId)
    this.#unfinished.delete(guildId)
  }

  /** Reads what an answer needs: what is new, and the log back to the beginning of its window. */
  async upTo(
    guildId: Snowflake,
    from: Snowflake,
    onProgress: (progress: Progress) => void,
  ): Promise<Reading> {
    const { clock, signal } = this.#means
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
    const outcome = await Promise.race([reading, patience])
    answered.abort()
    this.#readings.set(guildId, outcome)
    return outcome
  }

  /** Whether the archive has reached as far back as Discord does. */
  async #reachesBack(guildId: Snowflake): Promise<boolean> {
    const { archive, clock } = this.#means
    const [oldest] = (await archive.coverage(guildId)).ranges
    return oldest !== undefined && compareIds(oldest.start, oldestKept(guildId, clock.now())) <= 0
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

  async #readAll(): Promise<void> {
    for (const guildId of this.#unread) {
      this.#unread.delete(guildId)
      if (await this.#attempt(guildId, () => this.of(guildId).refresh())) this.#unfinished.add(guildId)
    }
    for (const guildId of this.#unfinished) {
      this.#unfinished.delete(guildId)
      await this.#attempt(guildId, () => this.#fill(guildId))
    }
    if (this.#unread.size > 0) await this.#readAll()
  }

  async #fill(guildId: Snowflake): Promise<void> {
    const { log } = this.#means
    const guildLog = this.of(guildId)
    let reported = 0
    while (await guildLog.readOn()) {
      const { entries, backTo } = guildLog.progress ?? { entries: 0, backTo: 0 }
      if (entries - reported < 1000) continue
      reported = entries
      log.info({ guild: guildId, entries, backTo: utcDay(backTo) }, 'Reading the audit log.')
    }
    log.info({ guild: guildId, entries: guildLog.progress?.entries ?? 0 }, 'The audit log is read.')
  }

  /** Whether a reading in the background went well. What failed is tried again, unless Discord refuses it. */
  async #attempt(guildId: Snowflake, read: () => Promise<void>): Promise<boolean> {
    const { clock, signal } = this.#means
    try {
      await read()
      return true
    } catch (error) {
      const outcome = this.#failed(guildId, error)
      if (outcome === 'unreadable') {
        clock.sleep(RETRY, signal).then(
          () => this.begin([guildId]),
          () => {},
        )
      }
      return false
    }
  }

  #failed(guildId: Snowflake, error: unknown): Reading {
    const { log, signal } = this.#means
    if (signal.aborted) return 'unfinished'
    if (!(error instanceof MayNotRead)) {
      log.warn({ guild: guildId, err: error }, 'The audit log could not be read.')
      return 'unreadable'
    }
    this.of(guildId).breakOff()
    log.warn({ guild: guildId }, 'The audit log may not be read: View Audit Log is missing.')
    return 'forbidden'
  }
}
