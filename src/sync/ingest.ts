import type { Archive, ArchiveUpdate } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { gathered } from './gathered.ts'
import { type HeldEvent, HeldEvents } from './held-events.ts'
import { narrow } from './narrow.ts'

interface Deps {
  readonly archive: Archive
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** Is told of guilds whose events were let go: Discord still has their entries. */
  readonly onLetGo: (guildId: Snowflake) => void
}

/** How long until what the archive did not take is written again, in milliseconds. */
const RETRY = 5000

/** How much is held for an archive that takes nothing, such as one on a full disk, before it is read again instead. */
const MOST_HELD = 50_000

/** How often all is tried again, where only one guild has anything to write, before one event is looked for. */
const PATIENCE = 2

/**
 * Writes what the gateway tells into the archive, a bounded part of it at a time and each guild in turn. What comes
 * while a write is under way is written next as one.
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

  /** How much has been recorded so far, for `hasWritten`. */
  get recorded(): number {
    return this.#recorded
  }

  /** Whether what had been recorded at a moment is in the archive, or was let go and is read again. */
  hasWritten(recorded: number): boolean {
    return this.#held.lacksFirst(recorded) && this.#underWay.every(({ nth }) => nth > recorded)
  }

  /** Takes what the gateway tells, to be written soon. */
  record(update: ArchiveUpdate): void {
    this.#held.add({ nth: ++this.#recorded, learnt: update })
    this.#writing ??= this.#write()
  }

  /** Resolves when everything recorded so far is in the archive. */
  async settled(): Promise<void> {
    await this.#writing
  }

  /** What the archive does not take is held and written again, since what comes after it builds on it. */
  async #write(): Promise<void> {
    const { clock, log, signal } = this.#deps
    let failures = 0
    while (this.#held.size > 0) {
      const part = this.#held.take()
      this.#underWay = part
      const error = await this.#refusal(part)
      const isDone = error === undefined || (await this.#writeOthers(part, failures))
      this.#underWay = []
      if (isDone) {
        if (failures > 0) log.info({ held: part.length }, 'Writing to the archive works again.')
        failures = 0
        continue
      }
      if (failures++ === 0)
        log.error(
          { err: error },
          'Writing to the archive failed; events are held in memory and written again.',
        )
      if (signal.aborted) break
      if (this.#held.size > MOST_HELD) this.#letGo()
      await clock.sleep(RETRY, signal).catch(() => {})
    }
    // In the same turn in which nothing was left: what is recorded from now on begins a write of its own.
    this.#writing = undefined
  }

  /** Why the archive does not take some events; undefined when it has them. */
  async #refusal(events: readonly HeldEvent[]): Promise<unknown> {
    try {
      await this.#deps.archive.record(gathered(events.map(({ learnt: update }) => update)))
      return undefined
    } catch (error) {
      return error ?? new Error('The archive does not say why.')
    }
  }

  /**
   * Of a part that the archive did not take, writes what it does take, and lets go of the one event that it refuses, if
   * that is why. What is left of the part is held again.
   * @returns whether the archive takes anything
   */
  async #writeOthers(part: readonly HeldEvent[], failures: number): Promise<boolean> {
    if (this.#isOfOneGuild(part) && failures < PATIENCE) {
      this.#held.putBack(part)
      return false
    }
    const { signal } = this.#deps
    const { suspect, others, isWritable } = await narrow(part, (events) => this.#refusal(events), signal)
    if (signal.aborted) {
      this.#held.putBack([...suspect, ...others])
      return false
    }
    const error = await this.#refusal(suspect)
    if (error !== undefined && (isWritable || (await this.#takesAny(others)))) {
      this.#held.putBack(others)
      for (const event of suspect) this.#letGoOf(event, error)
      return true
    }
    this.#held.putBack(error === undefined ? others : [...suspect, ...others])
    return error === undefined
  }

  #isOfOneGuild(part: readonly HeldEvent[]): boolean {
    const guildIds = new Set([...part.map(({ learnt: update }) => update.guildId), ...this.#held.guildIds])
    return guildIds.size === 1
  }

  /** Whether the archive takes the last of some events, or, where there are none, what is held besides. */
  async #takesAny(events: readonly HeldEvent[]): Promise<boolean> {
    const others = events.length > 0 ? events.slice(-1) : this.#held.take()
    this.#underWay = [...this.#underWay, ...others]
    const isTaken = others.length > 0 && (await this.#refusal(others)) === undefined
    if (!isTaken && events.length === 0) this.#held.putBack(others)
    return isTaken
  }

  /** Leaves out what the archive refuses while it takes other events. Discord still has it, and is read again. */
  #letGoOf({ learnt: update }: HeldEvent, error: unknown): void {
    const { log, onLetGo } = this.#deps
    const entries = update.entries.map(({ id }) => id)
    log.error(
      { guild: update.guildId, entries, err: error },
      'The archive rejected an event; it was dropped, and Discord is read again.',
    )
    onLetGo(update.guildId)
  }

  /** Forgets what is held: Discord still has it, and is read when the archive can be written again. */
  #letGo(): void {
    const { log, onLetGo } = this.#deps
    const { size } = this.#held
    const guildIds = this.#held.clear()
    log.error(
      { let: size, guilds: guildIds.length },
      'Too many events are held; they were dropped, and Discord is read again.',
    )
    for (const guildId of guildIds) onLetGo(guildId)
  }
}
