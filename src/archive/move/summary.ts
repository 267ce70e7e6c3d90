import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { dayOf } from '../../core/snowflake.ts'
import type { Schema } from '../schema.ts'
import { pagesOf } from './rows.ts'
import type { MovedTable, Row } from './tables.ts'

/** What a table has of a guild. */
export interface GuildSummary {
  /** Empty for the rows of a table without guilds. */
  readonly guildId: string
  readonly rows: number
  /** How many entries there are of each UTC day, in days since the Unix epoch; empty for other tables. */
  readonly days: ReadonlyMap<number, number>
  /** SHA-256 of all columns of all rows in the order of the key, in hexadecimal. */
  readonly digest: string
}

/**
 * Summarizes a table, guild by guild in the order of their ids.
 * @param onRows called with how many more rows were read
 */
export async function* summariesOf(
  db: Kysely<Schema>,
  table: MovedTable,
  onRows: (rows: number) => void = () => {},
): AsyncGenerator<GuildSummary> {
  let summary: Summary | undefined
  for await (const page of pagesOf(db, table)) {
    onRows(page.length)
    for (const [guildId, rows] of Map.groupBy(page, ({ guild_id = '' }) => guild_id ?? '')) {
      if (summary && summary.guildId !== guildId) yield summary.end()
      if (summary?.guildId !== guildId) summary = new Summary(guildId, table)
      summary.add(rows)
    }
  }
  if (summary) yield summary.end()
}

class Summary {
  readonly guildId: string
  readonly #table: MovedTable
  readonly #hash = createHash('sha256')
  readonly #days = new Map<number, number>()
  #rows = 0

  constructor(guildId: string, table: MovedTable) {
    this.guildId = guildId
    this.#table = table
  }

  add(rows: readonly Row[]): void {
    const columns = Object.keys(this.#table.columns)
    const texts = rows.map((row) => JSON.stringify(columns.map((column) => row[column])))
    this.#hash.update(`${texts.join('\n')}\n`)
    this.#rows += rows.length
    if (this.#table.name === 'entry') for (const row of rows) this.#count(row)
  }

  end(): GuildSummary {
    return {
      guildId: this.guildId,
      rows: this.#rows,
      days: this.#days,
      digest: this.#hash.digest('hex'),
    }
  }

  #count({ id }: Row): void {
    const day = dayOf(id ?? '0')
    this.#days.set(day, (this.#days.get(day) ?? 0) + 1)
  }
}
