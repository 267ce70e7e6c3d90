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
    return this.#entries.filter((entry) => timeOf(entry.id) >= time)
  }

  /** @param keptSince entries before this time are deleted, in milliseconds since the Unix epoch */
  query({ userId, targetId, actionType, before, after, limit }: LogQuery, keptSince: number): LogEntry[] {
    const forward = after !== undefined && before === undefined
    const found: LogEntry[] = []
    const step = forward ? 1 : -1
    for (let index = forward ? 0 : this.#entries.length - 1; found.length < limit; index += step) {
      const entry = this.#entries[index]
      if (!entry) break
      const id = BigInt(entry.id)
      if (timeOf(entry.id) < keptSince) {
        if (forward) continue
        break
      }
      if (before !== undefined && id >= before) continue
      if (forward && id <= after) continue
      if (userId !== undefined && entry.user_id !== userId) continue
      if (targetId !== undefined && entry.target_id !== targetId) continue
      if (actionType !== undefined && entry.action_type !== actionType) continue
      found.push(entry)
    }
    return found
  }
}
