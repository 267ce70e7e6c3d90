import { setImmediate as immediate } from 'node:timers/promises'
import type { Random } from '../../sandbox/town/random.ts'
import { Snowflakes } from '../../sandbox/world/snowflakes.ts'
import { type Entry, parseEntry } from '../../src/core/audit-log/entry.ts'
import { compareIds, firstIdAt, type Snowflake, timeOf } from '../../src/core/snowflake.ts'
import {
  type AuditLogSource,
  type LogPage,
  LogUnavailable,
  type PageRequest,
} from '../../src/sync/audit-log-source.ts'

/** The size of a page: small, so that reading the log takes many pages. */
export const PAGE = 4

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const BAN = 22
/** A delete: its count can grow. */
export const DELETE = 72
const MOVE = 26
const DISCONNECT = 27

/** The types whose counts can grow, and how frequent they are. */
const GROWING = [
  [DELETE, 3],
  [MOVE, 1],
  [DISCONNECT, 1],
] as const

/** For how long later actions are merged into an entry, in milliseconds: a little less than a sweep reads. */
const MERGED = 23.9 * HOUR

/** An entry as Discord stores it. Times are in milliseconds since the Unix epoch. */
export interface ModelEntry {
  readonly id: Snowflake
  readonly type: number
  /** When it appeared in the log. */
  readonly visibleAt: number
  /** When later actions were merged into it. Each adds one to its count. */
  readonly grownAt: number[]
}

/** The count of an entry just before a time; now by default. */
export function countAt({ grownAt }: ModelEntry, time = Number.POSITIVE_INFINITY): number {
  return 1 + grownAt.filter((grown) => grown < time).length
}

/** The ids of the entries on the newest page. */
export function newestOf(log: readonly ModelEntry[]): Set<Snowflake> {
  return new Set(log.slice(-PAGE).map(({ id }) => id))
}

/**
 * How Discord answers: normally, with an error, with an error to requests for one action type or to all others, with a
 * denial, or with an empty page by mistake.
 */
export type Behaviour = 'normal' | 'failing' | 'failingNarrowed' | 'failingWhole' | 'denying' | 'empty'

interface Request {
  /** Whether it is for one action type. */
  readonly isNarrowed: boolean
  answer(): void
}

/** One guild's log at Discord. It answers a request when a test tells it to, according to its behaviour. */
export class ModelDiscord implements AuditLogSource {
  readonly guildId: Snowflake
  readonly pageSize = PAGE
  readonly entries: ModelEntry[] = []
  behaviour: Behaviour = 'normal'
  /** Whether the bot has View Audit Log. */
  mayView = true
  /** Requests that wait for an answer, in order. */
  readonly requests: Request[] = []
  readonly #now: () => number
  readonly #random: Random
  readonly #ids = new Snowflakes()

  constructor(guildId: Snowflake, now: () => number, random: Random) {
    this.guildId = guildId
    this.#now = now
    this.#random = random
  }

  /** A moderator does something. What can grow may be merged into an earlier entry, without an event. */
  act(): ModelEntry | undefined {
    return this.#random.chance(0.3) && this.grow() ? undefined : this.write(this.#now())
  }

  /** Something is merged into an earlier entry, without an event. @returns whether there is one */
  grow(): boolean {
    const kind = this.#random.weighted(GROWING)
    const since = this.#now() - MERGED
    const growing = this.entries.filter(({ id, type }) => type === kind && timeOf(id) > since)
    if (growing.length === 0) return false
    const entry = this.#random.chance(0.5) ? growing.at(-1) : this.#random.pick(growing)
    entry?.grownAt.push(this.#now())
    return true
  }

  /** An entry appears late: its id is from up to this long ago, in milliseconds. */
  actLate(ago: number): ModelEntry {
    return this.write(this.#now() - this.#random.whole(1, ago))
  }

  /** Adds an entry with an id from a time. It appears in the log now by default. */
  write(
    time: number,
    visibleAt = this.#now(),
    type = this.#random.chance(0.4) ? this.#random.weighted(GROWING) : BAN,
  ): ModelEntry {
    const id = this.#ids.make(time)
    const entry = { id, type, visibleAt, grownAt: [] }
    this.entries.push(entry)
    this.entries.sort((a, b) => compareIds(a.id, b.id))
    return entry
  }

  /** Deletes entries that are older than this many milliseconds, as Discord does. */
  drop(age: number): void {
    const left = this.entries.filter(({ id }) => timeOf(id) >= this.#now() - age)
    this.entries.splice(0, this.entries.length, ...left)
  }

  read(_guildId: Snowflake, { before, actionType }: PageRequest = {}): Promise<LogPage> {
    return this.#request(actionType !== undefined, () => {
      const shown = this.behaviour === 'empty' ? [] : this.#newest(before, actionType)
      const [newest, oldest] = [shown[0]?.id, shown.at(-1)?.id]
      return {
        entries: shown.map((entry) => this.entry(entry)),
        names: [],
        isShort: shown.length < PAGE,
        at: this.#wholeSeconds(),
        ...(newest !== undefined && oldest !== undefined && { ends: { newest, oldest } }),
      }
    })
  }

  /** Answers every request until a read is over. */
  async answerUntil<Result>(reading: Promise<Result>): Promise<Result> {
    let isOver = false
    const over = reading.finally(() => {
      isOver = true
    })
    over.catch(() => {})
    while (!isOver) {
      this.requests.shift()?.answer()
      await immediate()
    }
    return over
  }

  oldest(): Promise<Snowflake | undefined> {
    return this.#request(false, () => this.entries[0]?.id)
  }

  /** An entry as Discord sends it now, by REST or as an event. */
  entry(entry: ModelEntry): Entry {
    const { id, type } = entry
    const count = String(countAt(entry))
    const options = type === BAN ? {} : { options: { channel_id: '5', count } }
    const parsed = parseEntry(this.guildId, {
      id,
      action_type: type,
      user_id: '7',
      target_id: '8',
      ...options,
    })
    if ('rejected' in parsed) throw new Error(parsed.rejected)
    return parsed.entry
  }

  #fails(isNarrowed: boolean): boolean {
    return (
      this.behaviour === 'failing' || this.behaviour === (isNarrowed ? 'failingNarrowed' : 'failingWhole')
    )
  }

  #newest(before?: Snowflake, actionType?: number): ModelEntry[] {
    const those = this.entries.filter(
      ({ id, type }) =>
        (before === undefined || compareIds(id, before) < 0) &&
        (actionType === undefined || type === actionType),
    )
    return those.slice(-PAGE).reverse()
  }

  /** Discord's `Date` header has whole seconds only. */
  #wholeSeconds(): number {
    return Math.floor(this.#now() / 1000) * 1000
  }

  #request<Result>(isNarrowed: boolean, answerWith: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      const answer = () => {
        if (this.#fails(isNarrowed)) reject(new LogUnavailable('unreadable', 'Discord fails.'))
        else if (!this.mayView || this.behaviour === 'denying') {
          reject(new LogUnavailable('forbidden', 'Discord denies it.'))
        } else resolve(answerWith())
      }
      this.requests.push({ isNarrowed, answer })
    })
  }
}

/** The id of a guild that was made at a time. */
export function guildIdAt(time: number, serial: number): Snowflake {
  return String(BigInt(firstIdAt(time)) + BigInt(serial))
}
