import type { Log } from '../../core/log.ts'
import type { RunQuery, SavedQuery } from '../../core/query/saved-query.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Connections } from '../connection/connections.ts'
import { lastQueryOf, readQuery } from '../read/saved-queries.ts'
import { readWasAsked } from '../read/settings.ts'
import { deleteQuery, insertQueries } from './saved-queries.ts'

/** How many unwritten queries are held in memory; beyond that, the oldest is dropped. */
const MAX_UNWRITTEN = 10_000

/** How many taken queries are held in memory. */
const MAX_TAKEN = 1000

const BATCH_SIZE = 200

/** How many numbers each process reserves: enough never to run out, and the sum stays a safe integer. */
export const NUMBERS = 2 ** 32

interface Deps {
  readonly connections: Pick<Connections, 'reader' | 'writer'>
  readonly log: Log
  /** The last number that earlier processes may have used. */
  readonly lastNumber: number
}

/**
 * Saved queries. Each gets its number at once and is written in the background, so that no answer waits for the disk,
 * even during a vacuum or when the disk is full. Until a query is written, it is found in memory.
 */
export class SavedQueryStore {
  readonly #deps: Deps
  readonly #unwritten = new Map<number, SavedQuery>()
  readonly #taken = new Map<number, RunQuery>()
  #lastNumber: number
  #writing: Promise<void> | undefined
  #isFailing = false

  constructor(deps: Deps) {
    this.#deps = deps
    this.#lastNumber = deps.lastNumber
  }

  save(query: SavedQuery): number {
    const number = ++this.#lastNumber
    setBounded(this.#unwritten, number, query, MAX_UNWRITTEN)
    void this.write()
    return number
  }

  async find(guildId: Snowflake, number: number): Promise<SavedQuery | undefined> {
    const query =
      this.#unwritten.get(number) ??
      (await readQuery(this.#deps.connections.reader(guildId), guildId, number))
    return this.#taken.has(number) || query?.guildId !== guildId ? undefined : query
  }

  /** The query that a member ran last. */
  async lastBy(guildId: Snowflake, askerId: Snowflake): Promise<SavedQuery | undefined> {
    const isTheirs = (query: SavedQuery) => query.guildId === guildId && query.askerId === askerId
    return (
      [...this.#unwritten.values()].findLast(isTheirs) ??
      lastQueryOf(this.#deps.connections.reader(guildId), guildId, askerId)
    )
  }

  /** Whether a query of a guild was ever saved, even if it is deleted by now. */
  async wasAsked(guildId: Snowflake): Promise<boolean> {
    const isUnwritten = this.#unwritten.values().some((query) => query.guildId === guildId)
    return isUnwritten || readWasAsked(this.#deps.connections.reader(guildId), guildId)
  }

  /** Removes a query and returns it to the first caller; later ones get undefined. */
  async take(guildId: Snowflake, number: number): Promise<SavedQuery | undefined> {
    const query = await this.find(guildId, number)
    if (!query || this.#taken.has(number)) return undefined
    setBounded(this.#taken, number, { guildId, askerId: query.askerId, command: query.command }, MAX_TAKEN)
    try {
      await this.#notWriting()
      const isTaken =
        this.#unwritten.delete(number) ||
        (await deleteQuery(this.#deps.connections.writer(guildId), guildId, number))
      return isTaken ? query : undefined
    } catch (error) {
      this.#taken.delete(number)
      throw error
    }
  }

  /** Who ran a query that was taken since Custos was started, and by which command. */
  takenFrom(number: number): RunQuery | undefined {
    return this.#taken.get(number)
  }

  /** Drops queries that are not written yet, so that they are not written after what they belong to is erased. */
  async drop(isDropped: (query: SavedQuery) => boolean): Promise<void> {
    await this.#notWriting()
    for (const [number, query] of this.#unwritten) if (isDropped(query)) this.#unwritten.delete(number)
  }

  /** Writes the unwritten queries, oldest first. Resolves when all are written or cannot be. */
  write(): Promise<void> {
    if (this.#unwritten.size === 0) return Promise.resolve()
    this.#writing ??= this.#writeAll()
    return this.#writing
  }

  async #writeAll(): Promise<void> {
    const { connections, log } = this.#deps
    try {
      while (this.#unwritten.size > 0) {
        const batch = this.#unwritten.entries().take(BATCH_SIZE).toArray()
        await insertQueries(connections.writer(), batch)
        for (const [number] of batch) this.#unwritten.delete(number)
      }
      if (this.#isFailing) log.info({}, 'Saving queries works again.')
      this.#isFailing = false
    } catch (error) {
      if (!this.#isFailing)
        log.error({ err: error }, 'Saving queries failed; they are held in memory and saved again.')
      this.#isFailing = true
    } finally {
      // There is no await after the loop, so the next saved query starts to write again.
      this.#writing = undefined
    }
  }

  /** Resolves when nothing is being written: unwritten queries are then in no file. */
  async #notWriting(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing
  }
}

/** Sets an item of a map and drops the oldest one when there are more than `max`. */
function setBounded<Item>(map: Map<number, Item>, number: number, item: Item, max: number): void {
  map.set(number, item)
  const [oldest] = map.keys()
  if (map.size > max && oldest !== undefined) map.delete(oldest)
}
