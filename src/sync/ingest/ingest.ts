import type { Archive, ArchiveUpdate } from '../../core/archive.ts'
import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { bisect } from './bisect.ts'
import { type HeldEvent, HeldEvents } from './held-events.ts'
import { mergeUpdates } from './merge-updates.ts'

interface Deps {
  readonly archive: Archive
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** Runs for each guild that events were dropped of. Discord still has their entries. */
  readonly onDropped: (guildId: Snowflake) => void
}

/** How long until a failed write is retried, in milliseconds. */
const RETRY = 5000

/** How many events are held while the archive cannot be written, as on a full disk, before they are dropped. */
const MOST_HELD = 50_000

/** How often a batch of the only guild that has events is retried before one of its events is suspected. */
const RETRIES = 2

/**
 * Writes the events of the gateway into the archive, in batches, guilds in rotation. Events that come while a batch is
 * written are in the next one. Events that could not be stored are held, because later ones build on them.
 */
export class Ingest {
  readonly #deps: Deps
  readonly #held = new HeldEvents()
  #underWay: readonly HeldEvent[] = []
  #writing: Promise<void> | undefined
  #recorded = 0

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** How many events were recorded so far, for `hasWritten`. */
  get recorded(): number {
    return this.#recorded
  }

  /** Whether the first so many events are stored, or were dropped and are read again. */
  hasWritten(recorded: number): boolean {
    return this.#held.hasNoneOfFirst(recorded) && this.#underWay.every(({ sequence }) => sequence > recorded)
  }

  /** Accepts an event, which is stored soon. */
  record(update: ArchiveUpdate): void {
    this.#held.add({ sequence: ++this.#recorded, update })
    this.#writing ??= this.#writeAll()
  }

  /** Resolves when every event recorded so far is stored. */
  async settled(): Promise<void> {
    await this.#writing
  }

  async #writeAll(): Promise<void> {
    const { clock, log, signal } = this.#deps
    let failures = 0
    while (this.#held.size > 0) {
      const batch = this.#held.takeBatch()
      this.#underWay = batch
      const error = await this.#write(batch)
      const isDone = error === undefined || (await this.#writeOthers(batch, failures))
      this.#underWay = []
      if (isDone) {
        if (failures > 0) log.info({ held: batch.length }, 'Writing to the archive works again.')
        failures = 0
        continue
      }
      if (failures++ === 0)
        log.error(
          { err: error },
          'Writing to the archive failed; events are held in memory and written again.',
        )
      if (signal.aborted) break
      if (this.#held.size > MOST_HELD) this.#dropAll()
      await clock.sleep(RETRY, signal).catch(() => {})
    }
    // Without an await since the last check, so that the next event starts to write anew.
    this.#writing = undefined
  }

  /** Writes events; returns the error, or undefined where they are stored. */
  async #write(events: readonly HeldEvent[]): Promise<unknown> {
    try {
      await this.#deps.archive.record(mergeUpdates(events.map(({ update }) => update)))
      return undefined
    } catch (error) {
      return error ?? new Error('The archive does not say why.')
    }
  }

  /**
   * Stores what it can of a batch that could not be stored whole, and drops the event that is to blame, if there is one.
   * The rest is held again.
   * @returns whether the archive can be written
   */
  async #writeOthers(batch: readonly HeldEvent[], failures: number): Promise<boolean> {
    if (this.#isOfOneGuild(batch) && failures < RETRIES) {
      this.#held.putBack(batch)
      return false
    }
    const { signal } = this.#deps
    const { suspect, others, isWritable } = await bisect(batch, (events) => this.#write(events), signal)
    if (signal.aborted) {
      this.#held.putBack([...suspect, ...others])
      return false
    }
    const error = await this.#write(suspect)
    if (error !== undefined && (isWritable || (await this.#canWriteAny(others)))) {
      this.#held.putBack(others)
      for (const event of suspect) this.#drop(event, error)
      return true
    }
    this.#held.putBack(error === undefined ? others : [...suspect, ...others])
    return error === undefined
  }

  #isOfOneGuild(batch: readonly HeldEvent[]): boolean {
    const guildIds = new Set([...batch.map(({ update }) => update.guildId), ...this.#held.guildIds])
    return guildIds.size === 1
  }

  /** Whether the last of some events can be stored, or, where there are none, the next batch. */
  async #canWriteAny(events: readonly HeldEvent[]): Promise<boolean> {
    const others = events.length > 0 ? events.slice(-1) : this.#held.takeBatch()
    this.#underWay = [...this.#underWay, ...others]
    const isStored = others.length > 0 && (await this.#write(others)) === undefined
    if (!isStored && events.length === 0) this.#held.putBack(others)
    return isStored
  }

  #drop({ update }: HeldEvent, error: unknown): void {
    const { log, onDropped } = this.#deps
    const entries = update.entries.map(({ id }) => id)
    log.error(
      { guild: update.guildId, entries, err: error },
      'The archive rejected an event; it was dropped, and Discord is read again.',
    )
    onDropped(update.guildId)
  }

  #dropAll(): void {
    const { log, onDropped } = this.#deps
    const { size } = this.#held
    const guildIds = this.#held.clear()
    log.error(
      { events: size, guilds: guildIds.length },
      'Too many events are held; they were dropped, and Discord is read again.',
    )
    for (const guildId of guildIds) onDropped(guildId)
  }
}
