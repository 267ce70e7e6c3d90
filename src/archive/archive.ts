import type { Archive } from '../core/archive.ts'
import type { VacuumScope } from '../core/erasure.ts'
import { type Log, SILENT } from '../core/log.ts'
import { type Metrics, NO_METRICS } from '../core/metrics/metrics.ts'
import type { Filter } from '../core/query/filter.ts'
import { isForgottenWith } from '../core/query/saved-query.ts'
import type { Snowflake } from '../core/snowflake.ts'
import type { Connect, Connections } from './connection/connections.ts'
import { clearDeparture, dropBounds, purge, readDepartures, recordDeparture } from './erase/departures.ts'
import { applyRetention, beginErasing, removeErased } from './erase/erase.ts'
import { guildsErasing, isErasing, lowerBound } from './erase/erasures.ts'
import { countConcerning } from './erase/scrub-member.ts'
import { packDays } from './packed-days/pack.ts'
import { countActivity, executorsOf, lastSeenOf } from './read/activity.ts'
import { countBySpan } from './read/activity-spans.ts'
import { attributionsOf, countAttributions } from './read/attribution.ts'
import { countByKind, countHeld, countUnnamed } from './read/counts.ts'
import { countWithHoles, readCoverage } from './read/coverage.ts'
import { endOf, listEntries, oneEntry } from './read/entries.ts'
import { guildsHeld, newestKnown } from './read/guilds.ts'
import { findNames } from './read/names/find-names.ts'
import { namesOf } from './read/names/names.ts'
import { newestOn } from './read/newest.ts'
import { readOperations } from './read/operations.ts'
import { rankBy } from './read/ranking.ts'
import { findRepeats } from './read/repeats.ts'
import { readSettings } from './read/settings.ts'
import { createWatchStore } from './watch/store.ts'
import { type ResolvedFilter, resolveTargetType } from './where.ts'
import { checkWritable } from './write/check-writable.ts'
import { recordOperation } from './write/operations.ts'
import { record } from './write/record.ts'
import type { SavedQueryStore } from './write/saved-query-store.ts'
import { readTrustedTime, recordTrustedTime } from './write/trusted-time.ts'

interface Deps {
  readonly connections: Connections
  readonly queries: SavedQueryStore
  /** Removes erased content from the disk. @returns whether nothing is left of it */
  readonly vacuum: (scope: VacuumScope) => Promise<boolean>
  /** Whether a statement may write several guilds. Otherwise each names one, so that guilds can be on several servers. */
  readonly writesGuildsTogether: boolean
  /** How many bytes the archive takes on the disk. */
  readonly size: () => Promise<number>
  readonly metrics?: Metrics
  readonly log?: Log
  readonly close: () => Promise<void>
}

/**
 * The archive's operations on an open database.
 * @param signal aborts when nobody waits for what is read any more
 * @param log of the one who waits
 */
export function createArchive(deps: Deps, signal?: AbortSignal, log?: Log): Archive {
  const usedLog = log ?? deps.log ?? SILENT
  const { connections, queries, vacuum, writesGuildsTogether, size, metrics = NO_METRICS, close } = deps
  const writer: Connect = (guildId) => connections.writer(guildId, undefined, log)
  const reader: Connect = (guildId) => connections.reader(guildId, signal, log)
  const searcher: Connect = (guildId) => connections.searcher(guildId, signal, log)
  /** A search for a reason may read every entry that the rest of the filter leaves. */
  const readerFor = ({ reason }: Filter) => (reason === undefined ? reader : searcher)

  /** Attributions are resolved before the query, because they depend on the names the guild has now. */
  const resolve = async (
    guildId: Snowflake,
    { onBehalfOfId, ...filter }: Filter,
  ): Promise<ResolvedFilter> => {
    const resolved = resolveTargetType(filter)
    return onBehalfOfId === undefined
      ? resolved
      : { ...resolved, attributions: await attributionsOf(reader(guildId), guildId, onBehalfOfId) }
  }

  /** Queries that are not written yet are dropped too, so that they cannot be written afterwards. */
  const begin: Archive['beginErasing'] = async (request) => {
    const { guildId, upTo, memberId } = request
    const texts =
      memberId === undefined
        ? undefined
        : (await countConcerning(searcher(guildId), guildId, memberId, upTo)).withTexts
    await queries.drop((query) => isForgottenWith(query, guildId, upTo, memberId))
    return beginErasing(writer(guildId), request, texts)
  }

  return {
    ...createWatchStore({ reader, writer, readerFor, resolve, log: usedLog }),
    within: (signal, log) => createArchive(deps, signal, log),
    list: async (guildId, filter, slice) =>
      listEntries(readerFor(filter)(guildId), guildId, await resolve(guildId, filter), slice),
    entry: (guildId, id) => oneEntry(reader(guildId), guildId, id),
    newestId: (guildId) => endOf(reader(guildId), guildId, 'newest'),
    rank: async (guildId, filter, options) => {
      // Moderators are counted by an index or the daily sums, but targets and channels by reading every entry, or all of
      // the packed days.
      const read = options.by === 'executor' ? readerFor(filter) : searcher
      return rankBy(read(guildId), guildId, await resolve(guildId, filter), options)
    },
    repeats: async (guildId, filter, options) =>
      findRepeats(searcher(guildId), guildId, await resolve(guildId, filter), options),
    countByKind: async (guildId, filter) =>
      countByKind(readerFor(filter)(guildId), guildId, await resolve(guildId, filter)),
    countUnnamed: async (guildId, filter) =>
      countUnnamed(readerFor(filter)(guildId), guildId, await resolve(guildId, filter)),
    newestOn: (guildId, targetIds, kinds, before) =>
      newestOn(reader(guildId), guildId, targetIds, kinds, before),
    executors: (guildId, kinds) => executorsOf(reader(guildId), guildId, kinds),
    activity: (guildId, window, executorIds) => countActivity(reader(guildId), guildId, window, executorIds),
    activityBySpan: (guildId, bounds, executorIds) =>
      countBySpan(reader(guildId), guildId, bounds, executorIds),
    attributions: (guildId, window) => countAttributions(reader(guildId), guildId, window),
    lastSeen: (guildId, executorIds, before, kinds) =>
      lastSeenOf(reader(guildId), guildId, executorIds, before, kinds),
    countHeld: (guildId) => countHeld(reader(guildId), guildId),
    coverage: (guildId) => readCoverage(reader(guildId), guildId),
    names: (guildId, ids) => namesOf(reader(guildId), guildId, ids),
    findNames: (guildId, text, limit, type) => findNames(reader(guildId), guildId, text, limit, type),
    settings: (guildId) => readSettings(reader(guildId), guildId),
    operations: (guildId) => readOperations(reader(guildId), guildId, usedLog),
    recordOperation: (guildId, operation) => recordOperation(writer(guildId), guildId, operation),
    record: async (updates, at) => {
      const { added, arrivedIn } = await record(writer(), updates, at, writesGuildsTogether)
      for (const source of ['gateway', 'rest'] as const)
        metrics.count('custos_entries_kept_total', { source }, added[source])
      // Queries that could not be written before may be written now.
      void queries.write()
      return arrivedIn
    },
    packDays: (guildId, fewest) => packDays(connections, guildId, fewest),

    savedQuery: (guildId, number) => queries.find(guildId, number),
    lastQuery: (guildId, askerId) => queries.lastBy(guildId, askerId),
    wasAsked: (guildId) => queries.wasAsked(guildId),
    saveQuery: (query) => queries.save(query),
    takeQuery: (guildId, number) => queries.take(guildId, number),
    takenFrom: (number) => queries.takenFrom(number),

    countConcerning: (guildId, memberId) => countConcerning(searcher(guildId), guildId, memberId),
    isErasing: (guildId) => isErasing(reader(guildId), guildId),
    guildsErasing: () => guildsErasing(reader()),
    beginErasing: begin,
    finishErasing: (guildId) => removeErased(writer(guildId), guildId),
    applyRetention: (guildId, upTo, askedUpTo) => applyRetention(writer(guildId), guildId, upTo, askedUpTo),
    vacuum,
    lowerBound: (guildId, ahead, to) => lowerBound(writer(guildId), guildId, ahead, to),
    dropBounds: (before) => dropBounds(writer(), before),
    newestKnown: (upTo) => newestKnown(reader(), upTo),
    trustedTime: () => readTrustedTime(reader()),
    recordTrustedTime: (at, leap) => recordTrustedTime(writer(), at, leap),
    guilds: () => guildsHeld(reader()),
    departures: () => readDepartures(reader()),
    recordDeparture: (guildId, at, trustedAt) => recordDeparture(writer(guildId), guildId, at, trustedAt),
    clearDeparture: (guildId) => clearDeparture(writer(guildId), guildId),
    purge: async (guildId) => {
      await queries.drop((query) => query.guildId === guildId)
      return purge(writer(guildId), guildId)
    },

    checkWritable: () => checkWritable(writer()),
    size,
    countWithHoles: () => countWithHoles(reader()),
    close: async () => {
      await queries.write()
      await close()
    },
    get hasEnded() {
      return connections.hasEnded
    },
  }
}
