import { timeOf } from './snowflakes.ts'

/** An entry in the shape Discord sends. Tests add malformed entries, so most fields can hold anything. */
export interface LogEntry {
  readonly id: string
  readonly user_id?: string | null
  readonly target_id?: string | null
  readonly action_type?: number | null
  readonly changes?: unknown
  readonly options?: Readonly<Record<string, unknown>> | null
  readonly reason?: string
}

export interface LogQuery {
  readonly userId?: string | undefined
  readonly targetId?: string | undefined
  readonly actionType?: number | undefined
  readonly before?: bigint | undefined
  readonly after?: bigint | undefined
  readonly limit: number
}

/**
 * A guild's audit log with Discord's paging rules: newest first, or oldest first with `after`. `after` is ignored if
 * `before` is given.
 * https://docs.discord.com/developers/resources/audit-log#get-guild-audit-log
 */
export class AuditLog {
  /** Called when an entry is added or its count grows. */
  onChange: (() => void) | undefined
  /** Oldest first. */
  readonly #entries: LogEntry[] = []

  add(entry: LogEntry): void {
    const id = BigInt(entry.id)
    const index = this.#entries.findLastIndex((other) => BigInt(other.id) <= id)
    this.#entries.splice(index + 1, 0, entry)
    this.onChange?.()
  }

  /**
   * Replaces the newest entry that fits and is not older than `notBefore`. Discord sends no event for it.
   * @param notBefore milliseconds since the Unix epoch
   * @returns whether an entry was replaced
   */
  merge(fits: (entry: LogEntry) => boolean, notBefore: number, grow: (entry: LogEntry) => LogEntry): boolean {
    const index = this.#entries.findLastIndex((entry) => timeOf(entry.id) < notBefore || fits(entry))
    const found = this.#entries[index]
    if (!found || timeOf(found.id) < notBefore) return false
    this.#entries[index] = grow(found)
    this.onChange?.()
    return true
  }

  /** Every entry since a time, oldest first, whatever Discord has deleted: tests compare answers with it. */
  since(time = 0): LogEntry[] {
    return this.#entries.slice(this.#firstAt(time))
  }

  /** @param keptSince entries before this time are deleted, in milliseconds since the Unix epoch */
  query({ userId, targetId, actionType, before, after, limit }: LogQuery, keptSince: number): LogEntry[] {
    const forward = after !== undefined && before === undefined
    const found: LogEntry[] = []
    const step = forward ? 1 : -1
    const oldest = this.#firstAt(keptSince)
    const first = forward ? Math.max(oldest, this.#countBefore(after + 1n)) : this.#countBefore(before) - 1
    for (let index = first; index >= oldest && found.length < limit; index += step) {
      const entry = this.#entries[index]
      if (!entry) break
      if (userId !== undefined && entry.user_id !== userId) continue
      if (targetId !== undefined && entry.target_id !== targetId) continue
      if (actionType !== undefined && entry.action_type !== actionType) continue
      found.push(entry)
    }
    return found
  }

  /** The position of the first entry at or after a time. */
  #firstAt(time: number): number {
    return this.#position((entry) => timeOf(entry.id) >= time)
  }

  /** How many entries are older than an id; all of them without one. */
  #countBefore(id: bigint | undefined): number {
    return id === undefined ? this.#entries.length : this.#position((entry) => BigInt(entry.id) >= id)
  }

  /** The position of the first entry for which something is true that is true for all after it. */
  #position(isTrue: (entry: LogEntry) => boolean): number {
    let [from, to] = [0, this.#entries.length]
    while (from < to) {
      const middle = (from + to) >> 1
      const entry = this.#entries[middle]
      if (entry && isTrue(entry)) to = middle
      else from = middle + 1
    }
    return from
  }
}
