import type { Archive, ArchiveUpdate } from '../../../src/core/archive.ts'
import type { Coverage } from '../../../src/core/coverage/coverage.ts'
import { joinRanges } from '../../../src/core/coverage/ranges.ts'
import type { Filter } from '../../../src/core/query/filter.ts'
import { compareIds, minId, type Snowflake } from '../../../src/core/snowflake.ts'
import { entryOf } from './lean-log.ts'

interface Stored {
  readonly coverage: Coverage
  /** Kind and count of each entry, by its id. */
  readonly entries: Map<Snowflake, readonly [kind: number, count: number]>
}

/**
 * An archive with only what a sync uses, in maps: SQLite takes a millisecond for a page, too long for the millions of
 * pages of the largest simulations. The benchmark runs the smallest one with both, and their requests have to be the same.
 * @param real a real archive, for everything else
 */
export function leanArchive(real: Archive): Archive {
  const guilds = new Map<Snowflake, Stored>()
  const find = (guildId: Snowflake): Stored =>
    guilds.get(guildId) ?? { coverage: { ranges: [], readAt: null }, entries: new Map() }
  const matching = (guildId: Snowflake, filter: Filter) =>
    [...find(guildId).entries].filter(([id, [kind]]) => matches(filter, id, kind))
  return {
    ...real,
    coverage: async (guildId) => find(guildId).coverage,
    countByKind: async (guildId, filter) => {
      const byKind = Map.groupBy(matching(guildId, filter), ([, [kind]]) => kind)
      return [...byKind].map(([key, those]) => ({
        key,
        entries: those.length,
        units: those.reduce((sum, [, [, count]]) => sum + count, 0),
      }))
    },
    list: async (guildId, filter, { order, limit }) =>
      matching(guildId, filter)
        .sort(([a], [b]) => (order === 'oldest' ? compareIds(a, b) : compareIds(b, a)))
        .slice(0, limit)
        .map(([id, [kind, count]]) => entryOf(guildId, id, kind, count)),
    record: async (updates) => {
      for (const update of updates) {
        const { coverage, entries } = find(update.guildId)
        for (const { id, kind, count } of update.entries) {
          entries.set(id, [kind, Math.max(count ?? 1, entries.get(id)?.[1] ?? 1)])
        }
        guilds.set(update.guildId, { coverage: coverageAfter(coverage, update), entries })
      }
      return []
    },
  }
}

function coverageAfter(coverage: Coverage, update: ArchiveUpdate): Coverage {
  // What is left are the times.
  const { guildId, entries, from, names, snapshotAt, complete = [], invalidateFrom, ...times } = update
  const trusted =
    invalidateFrom === undefined
      ? coverage.ranges
      : coverage.ranges
          .filter(({ start }) => compareIds(start, invalidateFrom) < 0)
          .map(({ start, end }) => ({ start, end: minId(end, invalidateFrom) }))
  return { ...coverage, ...times, ranges: joinRanges([...trusted, ...complete]) }
}

function matches({ from, to, kinds }: Filter, id: Snowflake, kind: number): boolean {
  if (kinds !== undefined && 'anyOf' in kinds && !kinds.anyOf.includes(kind)) return false
  return (from === undefined || compareIds(id, from) >= 0) && (to === undefined || compareIds(id, to) < 0)
}
