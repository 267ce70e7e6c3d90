import type { Archive, Learnt } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Snowflake } from '../core/snowflake.ts'

interface Means {
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

/** Writes what the gateway tells into the archive: what comes while a write is under way is written next as one. */
export class Ingest {
  readonly #means: Means
  #learnt: Learnt[] = []
  #writing: Promise<void> | undefined
  #recorded = 0
  #written = 0

  constructor(means: Means) {
    this.#means = means
  }

  /** How much has been recorded so far, for `hasWritten`. */
  get recorded(): number {
    return this.#recorded
  }

  /** Whether what had been recorded at a moment is in the archive, or was let go and is read again. */
  hasWritten(recorded: number): boolean {
    return this.#written >= recorded
  }

  /** Takes what the gateway tells, to be written soon. */
  record(learnt: Learnt): void {
    this.#recorded++
    this.#learnt.push(learnt)
    this.#writing ??= this.#write()
  }

  /** Resolves when everything recorded so far is in the archive. */
  async settled(): Promise<void> {
    await this.#writing
  }

  /** What the archive does not take is held and written again, since what comes after it builds on it. */
  async #write(): Promise<void> {
    const { archive, clock, log, signal } = this.#means
    let failed = false
    while (this.#learnt.length > 0) {
      const learnt = this.#learnt
      this.#learnt = []
      try {
        await archive.keep(gathered(learnt))
        this.#written += learnt.length
        if (failed) log.info({ held: learnt.length }, 'The archive is written again.')
        failed = false
      } catch (error) {
        this.#learnt = [...learnt, ...this.#learnt]
        if (!failed) log.error({ err: error }, 'The archive could not be written; what comes is held.')
        failed = true
        if (signal.aborted) break
        if (this.#learnt.length > MOST_HELD) this.#letGo()
        await clock.sleep(RETRY, signal).catch(() => {})
      }
    }
    // In the same turn in which nothing was left: what is recorded from now on begins a write of its own.
    this.#writing = undefined
  }

  /** Forgets what is held: Discord still has it, and is read when the archive can be written again. */
  #letGo(): void {
    const { log, onLetGo } = this.#means
    const guildIds = new Set(this.#learnt.map(({ guildId }) => guildId))
    log.error({ let: this.#learnt.length, guilds: guildIds.size }, 'Too much is held; Discord is read again.')
    this.#written += this.#learnt.length
    this.#learnt = []
    for (const guildId of guildIds) onLetGo(guildId)
  }
}

function gathered(learnt: readonly Learnt[]): Learnt[] {
  return [...Map.groupBy(learnt, ({ guildId }) => guildId)].map(([guildId, parts]) => ({
    guildId,
    from: 'gateway',
    entries: parts.flatMap(({ entries }) => entries),
    names: parts.flatMap(({ names = [] }) => names),
    ...lastRollCall(parts),
  }))
}

function lastRollCall(parts: readonly Learnt[]): Pick<Learnt, 'rollCall'> {
  const rollCall = parts.findLast((part) => part.rollCall !== undefined)?.rollCall
  return rollCall === undefined ? {} : { rollCall }
}
