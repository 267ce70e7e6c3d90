import { type RawBuilder, sql } from 'kysely'
import type { ArchiveUpdate } from '../../core/archive.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { byDialect, type DialectSql, type EntryColumn, table } from '../dialect-sql.ts'
import type { EntryRow } from '../entry-row.ts'
import type { GuildRows } from './prunes.ts'

/** A row of an entry, and its guild. */
interface GuildRow extends EntryRow {
  readonly guildId: Snowflake
}

/** The rows in as few rounds as possible, each of which has an entry once, in the order that they were read. */
export function roundsOf(written: readonly GuildRows[]): GuildRow[][] {
  const rounds: GuildRow[][] = []
  const times = new Map<string, number>()
  for (const { guildId, rows } of written) {
    for (const row of rows) {
      const key = `${guildId} ${row.id}`
      const round = times.get(key) ?? 0
      times.set(key, round + 1)
      rounds[round] ??= []
      rounds[round].push({ ...row, guildId })
    }
  }
  return rounds
}

/**
 * A statement that writes any number of entries. A count is never lowered, because counts at Discord only grow; otherwise a
 * page read by REST replaces what an event said.
 */
export function upsert(rows: readonly GuildRow[], from: ArchiveUpdate['from']): RawBuilder<unknown> {
  return byDialect((dialect) => upsertIn(dialect, rows, from))
}

function upsertIn({ entryColumns }: DialectSql, rows: readonly GuildRow[], from: ArchiveUpdate['from']) {
  const names = sql.join(
    ['guild_id', 'id', ...entryColumns.map(({ name }) => name)].map((name) => sql.ref(name)),
  )
  const columns = {
    guild_id: 'bigint',
    id: 'bigint',
    ...Object.fromEntries(entryColumns.map(({ name, type }) => [name, type])),
  } as const
  const values = rows.map((row) => [row.guildId, row.id, ...entryColumns.map((column) => column.of(row))])
  return sql`
    INSERT INTO entry (${names}) SELECT ${names} FROM ${table(columns, values)} AS written WHERE true
    ON CONFLICT (guild_id, id) DO UPDATE SET ${from === 'gateway' ? HIGHER_COUNT : replacing(entryColumns)}`
}

const HIGHER_COUNT = sql`count = excluded.count WHERE excluded.count > coalesce(entry.count, 1)`

function replacing(columns: readonly EntryColumn[]): RawBuilder<unknown> {
  const highest = sql`CASE WHEN entry.count > coalesce(excluded.count, 1) THEN entry.count ELSE excluded.count END`
  const changes = columns.map(({ name, type }) => {
    const written = name === 'count' ? highest : sql.ref(`excluded.${name}`)
    const [before, after] = [sql.ref(`entry.${name}`), written].map((value) =>
      // PostgreSQL compares JSON as text only.
      type === 'json' ? sql`CAST(${value} AS TEXT)` : value,
    )
    return { set: sql`${sql.ref(name)} = ${written}`, differs: sql`${before} IS DISTINCT FROM ${after}` }
  })
  return sql`${sql.join(changes.map(({ set }) => set))}
    WHERE ${sql.join(
      changes.map(({ differs }) => differs),
      sql` OR `,
    )}`
}
