import { setImmediate as turn } from 'node:timers/promises'
import type { Archive } from '../../src/core/archive.ts'
import type { Coverage } from '../../src/core/coverage/coverage.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'

/** What an archive has of a guild. */
interface Kept {
  readonly coverage: Coverage
  /** The count of each entry, by its id. */
  readonly counts: ReadonlyMap<Snowflake, number>
}

/** An archive of which is known what it has, and whether anything is asked of it. */
export class WatchedArchive {
  /** The archive as the code under test uses it. */
  readonly archive: Archive
  readonly #plain: Archive
  #underWay = 0
  readonly #kept = new Map<Snowflake, Kept>()

  constructor(plain: Archive) {
    this.#plain = plain
    this.archive = {
      ...plain,
      coverage: (guildId) => this.#watch(plain.coverage(guildId)),
      list: (guildId, filter, slice) => this.#watch(plain.list(guildId, filter, slice)),
      record: (update) => {
        this.#kept.clear()
        return this.#watch(plain.record(update))
      },
    }
  }

  /** Resolves once all that can happen without Discord and without time passing has happened. */
  async settled(): Promise<void> {
    let quiet = 0
    while (quiet < 2) {
      await turn()
      quiet = this.#underWay === 0 ? quiet + 1 : 0
    }
  }

  /** What it has of a guild once it has settled. */
  async keptOf(guildId: Snowflake): Promise<Kept> {
    const known = this.#kept.get(guildId)
    if (known) return known
    const coverage = await this.#plain.coverage(guildId)
    const entries = await this.#plain.list(guildId, {}, { order: 'oldest', limit: 100_000 })
    const kept = { coverage, counts: new Map(entries.map(({ id, count }) => [id, count ?? 1])) }
    this.#kept.set(guildId, kept)
    return kept
  }

  async #watch<Given>(asked: Promise<Given>): Promise<Given> {
    this.#underWay++
    try {
      return await asked
    } finally {
      this.#underWay--
    }
  }
}
