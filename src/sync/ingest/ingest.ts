import type { Archive, ArchiveUpdate } from '../../core/archive.ts'
import type { Clock } from '../../core/clock.ts'
import { ArchiveUnavailable } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import type { SyncEngine } from '../engine.ts'
import { bisect } from './bisect.ts'
import type { QueuedEvent } from './event-line.ts'
import type { EventQueue } from './event-queue.ts'
import { mergeUpdates } from './merge-updates.ts'

interface Deps {
  readonly queue: EventQueue
  readonly archive: Archive
  /** Reads a guild again whose events were dropped. Discord still has their entries. */
  readonly engine: Pick<SyncEngine, 'resync'>
  /** Discord's clock. */
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** How long until a failed write is retried, in milliseconds. */
const RETRY = 5000

/** How many events are held while the archive cannot be written, as on a full disk, before they are dropped. */
const MOST_HELD = 50_000

/** How often a batch of the only guild that has events is retried before one of its events is suspected. */
const RETRIES = 2

/**
 * Writes the events of the gateway into the archive, in batches. Events that come while a batch is written are in the
 * next one. Events that could not be stored are held, because later ones build on them.
 */
export class Ingest {
  readonly #deps: Deps
  #writing: Promise<void> | undefined

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Accepts an event, which is stored soon. */
  record(update: ArchiveUpdate): void {
    const { clock, queue } = this.#deps
    queue.add(update, clock.elapsed())
    this.#writing ??= this.#writeAll()
  }

  /** Resolves when every event recorded so far is stored. */
  async settled(): Promise<void> {
    await this.#writing
  }

  async #writeAll(): Promise<void> {
    const { clock, log, queue, signal } = this.#deps
    let failures = 0
    while (queue.size > 0) {
      const batch = queue.take()
      const error = await this.#write(batch)
      const isDone = error === undefined || (await this.#writeOthers(batch, error, failures))
      queue.release()
      if (isDone) {
        if (failures > 0) log.info({ events: batch.length }, 'Writing to the archive works again.')
        failures = 0
        continue
      }
      if (failures++ === 0)
        log.error(
          { err: error },
          'Writing to the archive failed; events are held in memory and written again.',
        )
      if (signal.aborted) break
      if (queue.size > MOST_HELD) this.#dropAll()
      await clock.sleep(RETRY, signal).catch(() => {})
    }
    // There is no await after the last check, so the next event starts to write again.
    this.#writing = undefined
  }

  /** Writes events; returns the error, or undefined when they are stored. */
  async #write(events: readonly QueuedEvent[]): Promise<unknown> {
    try {
      const { archive, clock } = this.#deps
      await archive.record(mergeUpdates(events.map(({ update }) => update)), clock.now())
      return undefined
    } catch (error) {
      return error ?? new Error('The archive does not say why.')
    }
  }

  /**
   * Stores what it can of a batch that could not be stored as a whole, and drops the event that the archive rejects, if
   * there is one. The rest is held again. No event is to blame for an archive that is unavailable.
   * @returns whether the archive can be written
   */
  async #writeOthers(batch: readonly QueuedEvent[], failure: unknown, failures: number): Promise<boolean> {
    const { queue, signal } = this.#deps
    const maySucceed = this.#isOfOneGuild(batch) && failures < RETRIES
    if (maySucceed || failure instanceof ArchiveUnavailable) {
      queue.putBack(batch)
      return false
    }
    const { suspect, others, isWritable } = await bisect(batch, (events) => this.#write(events), signal)
    if (signal.aborted) {
      queue.putBack([...suspect, ...others])
      return false
    }
    const error = await this.#write(suspect)
    const isRejected = error !== undefined && !(error instanceof ArchiveUnavailable)
    if (isRejected && (isWritable || (await this.#canWriteAny(others)))) {
      queue.putBack(others)
      for (const event of suspect) this.#drop(event, error)
      return true
    }
    queue.putBack(error === undefined ? others : [...suspect, ...others])
    return error === undefined
  }

  #isOfOneGuild(batch: readonly QueuedEvent[]): boolean {
    const guildIds = [...batch.map(({ update }) => update.guildId), ...this.#deps.queue.guildIds]
    return new Set(guildIds).size === 1
  }

  /** Whether the last of some events can be stored or, if there are none, the next batch. */
  async #canWriteAny(events: readonly QueuedEvent[]): Promise<boolean> {
    const { queue } = this.#deps
    const others = events.length > 0 ? events.slice(-1) : queue.take()
    const isStored = others.length > 0 && (await this.#write(others)) === undefined
    if (!isStored && events.length === 0) queue.putBack(others)
    return isStored
  }

  #drop({ update: { guildId, entries } }: QueuedEvent, error: unknown): void {
    const { engine, log } = this.#deps
    log.error(
      { guild: guildId, entry: entries.map(({ id }) => id).join(' '), err: error },
      'The archive rejected an event; it was dropped, and Discord is read again.',
    )
    engine.resync(guildId)
  }

  #dropAll(): void {
    const { engine, log, queue } = this.#deps
    const { size } = queue
    const guildIds = queue.clear()
    log.error(
      { events: size, guilds: guildIds.length },
      'Too many events are held; they were dropped, and Discord is read again.',
    )
    for (const guildId of guildIds) engine.resync(guildId)
  }
}
