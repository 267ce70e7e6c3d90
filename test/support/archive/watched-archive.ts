import { setImmediate as nextTick } from 'node:timers/promises'
import type { Archive } from '../../../src/core/archive.ts'
import type { Coverage } from '../../../src/core/coverage/coverage.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'

/** What an archive has of a guild. */
interface Content {
  readonly coverage: Coverage
  /** The count of each entry, by its id. */
  readonly counts: ReadonlyMap<Snowflake, number>
}

/** An archive whose content can be read, and whose calls can be waited for. */
export class WatchedArchive {
  /** The archive as the code under test uses it. */
  readonly archive: Archive
  readonly #plain: Archive
  #running = 0
  readonly #content = new Map<Snowflake, Content>()

  constructor(plain: Archive) {
    this.#plain = plain
    this.archive = {
      ...plain,
      coverage: (guildId) => this.#watch(plain.coverage(guildId)),
      countByKind: (guildId, filter) => this.#watch(plain.countByKind(guildId, filter)),
      list: (guildId, filter, slice) => this.#watch(plain.list(guildId, filter, slice)),
      record: (...recorded) => {
        this.#content.clear()
        return this.#watch(plain.record(...recorded))
      },
    }
  }

  /** Resolves when nothing more happens until Discord answers or time passes. */
  async settled(): Promise<void> {
    let idleTicks = 0
    while (idleTicks < 2) {
      await nextTick()
      idleTicks = this.#running === 0 ? idleTicks + 1 : 0
    }
  }

  /** What it has of a guild. */
  async contentOf(guildId: Snowflake): Promise<Content> {
    const known = this.#content.get(guildId)
    if (known) return known
    const coverage = await this.#plain.coverage(guildId)
    const entries = await this.#plain.list(guildId, {}, { order: 'oldest', limit: 100_000 })
    const content = { coverage, counts: new Map(entries.map(({ id, count }) => [id, count ?? 1])) }
    this.#content.set(guildId, content)
    return content
  }

  async #watch<Result>(call: Promise<Result>): Promise<Result> {
    this.#running++
    try {
      return await call
    } finally {
      this.#running--
    }
  }
}
