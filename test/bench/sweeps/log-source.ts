import type { Clock } from '../../../src/core/clock.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import type { AuditLogSource, PageRequest } from '../../../src/sync/audit-log-source.ts'
import { Requests } from './requests.ts'
import type { World } from './world.ts'

/** How long Discord takes for a page, in milliseconds. */
const LATENCY = 150

/** Discord's logs, as Custos requests them. Requests are counted. */
export class LogSource implements AuditLogSource {
  readonly pageSize = 100
  /** The servers in which a moderator waits for an answer. */
  readonly asking = new Set<Snowflake>()
  requests: Requests
  readonly #world: World
  readonly #clock: Clock

  constructor(world: World, clock: Clock) {
    this.#world = world
    this.#clock = clock
    this.requests = new Requests(clock.now)
  }

  async read(guildId: Snowflake, { before, actionType }: PageRequest = {}) {
    const log = await this.#log(guildId, actionType === undefined ? 'page' : 'growth')
    const entries = log.page(before, actionType)
    const [newest, oldest] = [entries[0]?.id, entries.at(-1)?.id]
    return {
      entries,
      names: [],
      isShort: entries.length < this.pageSize,
      // Discord's `Date` header has whole seconds.
      at: Math.floor(this.#clock.now() / 1000) * 1000,
      ...(newest !== undefined && oldest !== undefined && { ends: { newest, oldest } }),
    }
  }

  async oldest(guildId: Snowflake): Promise<Snowflake | undefined> {
    return (await this.#log(guildId, 'page')).oldest
  }

  async #log(guildId: Snowflake, cause: 'page' | 'growth') {
    this.requests.add(this.asking.has(guildId) ? 'answer' : cause)
    await this.#clock.sleep(LATENCY)
    const log = this.#world.logs.get(guildId)
    if (!log) throw new Error(`There is no server ${guildId}.`)
    return log
  }
}
