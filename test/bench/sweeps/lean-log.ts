import type { AuditLogEvent } from 'discord-api-types/v10'
import type { Random } from '../../../sandbox/town/random.ts'
import { GROWING } from '../../../src/core/audit-log/action.ts'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import type { Profile } from './profiles.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The most entries that Discord sends at once. */
export const PAGE = 100

/** For how long a count grows, in milliseconds: a sweep an hour later still reads the entry. */
const GROWS = 22 * HOUR

/** A count that has grown. */
export interface Growth {
  readonly log: LeanLog
  readonly id: Snowflake
  readonly count: number
  /** In milliseconds since the Unix epoch. */
  readonly at: number
}

/** One server's audit log at Discord, as numbers: a simulation holds millions of entries. */
export class LeanLog {
  readonly guildId: Snowflake
  readonly profile: Profile
  /** How often a day something happens, on average. */
  readonly perDay: number
  readonly #random: Random
  readonly #choices: readonly (readonly [AuditLogEvent | 'growth', weight: number])[]
  /** By entry, oldest first: when it was made, in milliseconds since the Unix epoch. */
  readonly #times: number[] = []
  readonly #types: AuditLogEvent[] = []
  readonly #counts: number[] = []

  constructor(guildId: Snowflake, profile: Profile, random: Random) {
    this.guildId = guildId
    this.profile = profile
    this.#random = random
    this.#choices = [...profile.entries, ['growth', profile.growths]]
    this.perDay = this.#choices.reduce((sum, [, perDay]) => sum + perDay, 0)
  }

  /** How long until something happens, in milliseconds. */
  untilNext(): number {
    return (-Math.log(1 - this.#random.next()) * DAY) / this.perDay
  }

  /** Something happens. @returns the new entry, or the count that has grown without one; undefined if none could grow */
  act(at: number): Entry | Growth | undefined {
    const choice = this.#random.weighted(this.#choices)
    if (choice === 'growth') return this.#grow(at)
    this.#times.push(at)
    this.#types.push(choice)
    this.#counts.push(1)
    return this.#entry(this.#times.length - 1)
  }

  /** The newest page before an id, of all action types or of one, newest entry first. */
  page(before?: Snowflake, actionType?: number): Entry[] {
    const entries: Entry[] = []
    for (let index = this.#indexBefore(before); index >= 0 && entries.length < PAGE; index--) {
      if (actionType === undefined || this.#types[index] === actionType) entries.push(this.#entry(index))
    }
    return entries
  }

  /** The id of the oldest entry; undefined in an empty log. */
  get oldest(): Snowflake | undefined {
    return this.#times.length === 0 ? undefined : this.#idAt(0)
  }

  /** The types of the entries since a time, newest first. */
  typesSince(time: number): readonly AuditLogEvent[] {
    return this.#types.slice(this.#times.findLastIndex((at) => at < time) + 1).reverse()
  }

  #grow(at: number): Growth | undefined {
    const first = this.#times.findLastIndex((time) => time < at - GROWS) + 1
    const growing = this.#types.slice(first).flatMap((type, index) => (GROWING.includes(type) ? index : []))
    if (growing.length === 0) return undefined
    const index = first + this.#random.pick(growing)
    const count = (this.#counts[index] ?? 0) + 1
    this.#counts[index] = count
    return { log: this, id: this.#idAt(index), count, at }
  }

  /** The index of the newest entry before an id; -1 if there is none. */
  #indexBefore(before?: Snowflake): number {
    if (before === undefined) return this.#times.length - 1
    let [low, high] = [0, this.#times.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (BigInt(this.#idAt(middle)) < BigInt(before)) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  #idAt(index: number): Snowflake {
    return String(BigInt(firstIdAt(this.#times[index] ?? 0)) + BigInt(index & 0xfffff))
  }

  #entry(index: number): Entry {
    const { guildId } = this
    return entryOf(guildId, this.#idAt(index), this.#types[index] ?? 0, this.#counts[index] ?? 1)
  }
}

/** An entry as Custos parses it. */
export function entryOf(guildId: Snowflake, id: Snowflake, actionType: number, count: number): Entry {
  const channelId = '5'
  const options = GROWING.includes(actionType) ? { channel_id: channelId, count: String(count) } : {}
  return {
    guildId,
    id,
    kind: actionType,
    executorId: '7',
    onBehalfOfId: null,
    targetId: '8',
    channelId: 'count' in options ? channelId : null,
    count: 'count' in options ? count : null,
    reason: null,
    changes: [],
    options,
    payload: { id, action_type: actionType, user_id: '7', target_id: '8', options },
  }
}
