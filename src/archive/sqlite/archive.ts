import type { Archive } from '../../core/archive.ts'
import type { Filter } from '../../core/query/filter.ts'
import { isForgottenWith } from '../../core/query/saved-query.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Connections } from './connection/connections.ts'
import { clearDeparture, dropBounds, purge, readDepartures, recordDeparture } from './erase/departures.ts'
import { applyRetention, beginErasing, finishErasing } from './erase/erase.ts'
import { isErasing, lowerBound } from './erase/erasures.ts'
import { countConcerning } from './erase/scrub-member.ts'
import { vacuum } from './erase/vacuum.ts'
import { countActivity, countAttributions, executorsOf, lastSeenOf } from './read/activity.ts'
import { attributionsOf } from './read/attribution.ts'
import { countByKind, countHeld, countUnnamed } from './read/counts.ts'
import { readCoverage } from './read/coverage.ts'
import { endOf, listEntries, oneEntry } from './read/entries.ts'
import { guildsHeld, newestKnown } from './read/guilds.ts'
import { findNames, namesOf } from './read/names.ts'
import { rankBy } from './read/ranking.ts'
import { findRepeats } from './read/repeats.ts'
import { type ResolvedFilter, resolveTargetType } from './where.ts'
import { record } from './write/record.ts'
import type { SavedQueryStore } from './write/saved-query-store.ts'
import { readTrustedTime, recordTrustedTime } from './write/trusted-time.ts'

interface Deps {
  readonly connections: Connections
  readonly queries: SavedQueryStore
  readonly close: () => Promise<void>
}

/** The archive's operations on an open database. */
export function createArchive({ connections, queries, close }: Deps): Archive {
  const { reader, writer } = connections

  /** Attributions are resolved before the query, because they depend on the names the guild has now. */
  const resolve = async (
    guildId: Snowflake,
    { onBehalfOfId, ...filter }: Filter,
  ): Promise<ResolvedFilter> => {
    const resolved = resolveTargetType(filter)
    return onBehalfOfId === undefined
      ? resolved
      : { ...resolved, attributions: await attributionsOf(reader, guildId, onBehalfOfId) }
  }

  /** Queries that are not written yet are dropped too, so that they cannot be written afterwards. */
  const begin: Archive['beginErasing'] = async (guildId, upTo, memberId) => {
    await queries.drop((query) => isForgottenWith(query, guildId, upTo, memberId))
    await beginErasing(writer, guildId, upTo, memberId)
  }

  return {
    list: async (guildId, filter, slice) =>
      listEntries(reader, guildId, await resolve(guildId, filter), slice),
    entry: (guildId, id) => oneEntry(reader, guildId, id),
    newestId: (guildId) => endOf(reader, guildId, 'newest'),
    rank: async (guildId, filter, options) =>
      rankBy(reader, guildId, await resolve(guildId, filter), options),
    repeats: async (guildId, filter, options) =>
      findRepeats(reader, guildId, await resolve(guildId, filter), options),
    countByKind: async (guildId, filter) => countByKind(reader, guildId, await resolve(guildId, filter)),
    countUnnamed: async (guildId, filter) => countUnnamed(reader, guildId, await resolve(guildId, filter)),
    executors: (guildId, kinds) => executorsOf(reader, guildId, kinds),
    activity: (guildId, window, executorIds, by) => countActivity(reader, guildId, window, executorIds, by),
    attributions: (guildId, window) => countAttributions(reader, guildId, window),
    lastSeen: (guildId, executorIds, before) => lastSeenOf(reader, guildId, executorIds, before),
    countHeld: (guildId) => countHeld(reader, guildId),
    coverage: (guildId) => readCoverage(reader, guildId),
    names: (guildId, ids) => namesOf(reader, guildId, ids),
    findNames: (guildId, text, limit) => findNames(reader, guildId, text, limit),
    record: async (updates) => {
      await record(writer, updates)
      // Queries that could not be written before may be written now.
      void queries.write()
    },

    savedQuery: (number) => queries.find(number),
    lastQuery: (guildId, askerId) => queries.lastBy(guildId, askerId),
    hasQueries: (guildId) => queries.hasAny(guildId),
    saveQuery: (query) => queries.save(query),
    takeQuery: (number) => queries.take(number),
    takenFrom: (number) => queries.takenFrom(number),

    countConcerning: (guildId, memberId) => countConcerning(reader, guildId, memberId),
    isErasing: (guildId) => isErasing(reader, guildId),
    beginErasing: begin,
    finishErasing: (guildId) => finishErasing(writer, guildId),
    forget: async (guildId, upTo, memberId) => {
      await begin(guildId, upTo, memberId)
      return finishErasing(writer, guildId)
    },
    applyRetention: (guildId, upTo, askedUpTo) => applyRetention(writer, guildId, upTo, askedUpTo),
    vacuum: (scope) => vacuum(writer, scope),
    lowerBound: (guildId, ahead, to) => lowerBound(writer, guildId, ahead, to),
    dropBounds: (before) => dropBounds(writer, before),
    newestKnown: (upTo) => newestKnown(reader, upTo),
    trustedTime: () => readTrustedTime(reader),
    recordTrustedTime: (at, leap) => recordTrustedTime(writer, at, leap),
    guilds: () => guildsHeld(reader),
    departures: () => readDepartures(reader),
    recordDeparture: (guildId, at, trustedAt) => recordDeparture(writer, guildId, at, trustedAt),
    clearDeparture: (guildId) => clearDeparture(writer, guildId),
    purge: async (guildId) => {
      await queries.drop((query) => query.guildId === guildId)
      return purge(writer, guildId)
    },

    close: async () => {
      await queries.write()
      await close()
    },
    get hasEnded() {
      return connections.hasEnded
    },
  }
}
