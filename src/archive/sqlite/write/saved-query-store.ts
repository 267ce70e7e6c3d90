import type { Kysely } from 'kysely'
import type { Log } from '../../../core/log.ts'
import type { Asker, SavedQuery } from '../../../core/query/saved-query.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import type { Schema } from '../schema.ts'
import { lastQueryOf, readQuery, deleteQuery, hasQueries, insertQueries } from './saved-queries.ts'

type Db = Kysely<Schema>

/** How many questions are held while they cannot be written; of more, the oldest is forgotten. */
const MOST_HELD = 10_000

/** Of how many that were taken it is known that they were. */
const MOST_TAKEN = 1000

/** How many are written at once. */
const AT_ONCE = 200

/**
 * The questions that were asked. Each has its number at once and is written behind, so that no answer waits for the
 * disk: not while the file is written anew, nor when it is full. Until it is written it is found in memory.
 */
export class SavedQueryStore {
  readonly #writer: Db
  readonly #reader: Db
  readonly #log: Log
  readonly #held = new Map<number, SavedQuery>()
  readonly #taken = new Map<number, Asker>()
  #last: number
  #writing: Promise<void> | undefined
  #isFailing = false

  /** @param last the last number that was given before, and before now */
  constructor(writer: Db, reader: Db, log: Log, last: number) {
    this.#writer = writer
    this.#reader = reader
    this.#log = log
    this.#last = last
  }

  keep(query: SavedQuery): number {
    const number = ++this.#last
    putBounded(this.#held, number, query, MOST_HELD)
    void this.write()
    return number
  }

  async find(number: number): Promise<SavedQuery | undefined> {
    const query = this.#held.get(number) ?? (await readQuery(this.#reader, number))
    return this.#taken.has(number) ? undefined : query
  }

  /** What a member asked last. */
  async lastBy(guildId: Snowflake, askerId: Snowflake): Promise<SavedQuery | undefined> {
    const isTheirs = (query: SavedQuery) => query.guildId === guildId && query.askerId === askerId
    return [...this.#held.values()].findLast(isTheirs) ?? lastQueryOf(this.#reader, guildId, askerId)
  }

  async wasAsked(guildId: Snowflake): Promise<boolean> {
    return this.#held.values().some((each) => each.guildId === guildId) || hasQueries(this.#reader, guildId)
  }

  /** Takes a question away: of all who do, the first gets it. */
  async take(number: number): Promise<SavedQuery | undefined> {
    const query = await this.find(number)
    if (!query || this.#taken.has(number)) return undefined
    const { guildId, askerId } = query
    putBounded(this.#taken, number, { guildId, askerId }, MOST_TAKEN)
    try {
      await this.#still()
      const isTaken = this.#held.delete(number) || (await deleteQuery(this.#writer, number))
      return isTaken ? query : undefined
    } catch (error) {
      this.#taken.delete(number)
      throw error
    }
  }

  /** Who had asked a question that was taken, since Custos was started. */
  takenFrom(number: number): Asker | undefined {
    return this.#taken.get(number)
  }

  /** Drops those that are not written yet, so that they cannot be once what they belong to is erased. */
  async drop(isDropped: (question: SavedQuery) => boolean): Promise<void> {
    await this.#still()
    for (const [number, query] of this.#held) if (isDropped(query)) this.#held.delete(number)
  }

  /** Writes what is held, the oldest first. Resolves when all is written, or cannot be. */
  write(): Promise<void> {
    if (this.#held.size === 0) return Promise.resolve()
    this.#writing ??= this.#writeAll()
    return this.#writing
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#held.size > 0) {
        const some = this.#held.entries().take(AT_ONCE).toArray()
        await insertQueries(this.#writer, some)
        for (const [number] of some) this.#held.delete(number)
      }
      if (this.#isFailing) this.#log.info({}, 'Questions are written again.')
      this.#isFailing = false
    } catch (error) {
      if (!this.#isFailing) this.#log.error({ err: error }, 'Questions could not be written; they are held.')
      this.#isFailing = true
    } finally {
      // At once, so that what is asked next begins a writing of its own.
      this.#writing = undefined
    }
  }

  /** Resolves when nothing is being written: what is held then is in no file. */
  async #still(): Promise<void> {
    while (this.#writing) await this.#writing
  }
}

/** Adds to a map that forgets its oldest item when there are too many. */
function putBounded<Item>(map: Map<number, Item>, number: number, item: Item, most: number): void {
  map.set(number, item)
  const [oldest] = map.keys()
  if (map.size > most && oldest !== undefined) map.delete(oldest)
}
