import type { Log } from '../../core/log.ts'
import type { Filter } from '../../core/query/filter.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { WatchStore } from '../../core/watch/watch-store.ts'
import type { Connect } from '../connection/connections.ts'
import type { ResolvedFilter } from '../where.ts'
import { countArrivals, listArrivals, newestArrival } from './arrivals.ts'
import { addWatch, removeWatch } from './change-watches.ts'
import { countedEntries } from './counted-entries.ts'
import { readNewest, readShowing, readUnfinished } from './posts.ts'
import { dropHandled, saveProgress } from './progress.ts'
import { readAllWatches, readWatches, readWatchesBehind } from './watches.ts'

interface Deps {
  readonly reader: Connect
  readonly writer: Connect
  /** A reader for a filter, which may have to read many entries. */
  readonly readerFor: (filter: Filter) => Connect
  readonly resolve: (guildId: Snowflake, filter: Filter) => Promise<ResolvedFilter>
  readonly log: Log
}

/** The part of an archive that is about watches. */
export function createWatchStore({ reader, writer, readerFor, resolve, log }: Deps): WatchStore {
  return {
    watches: (guildId) => readWatches(reader(guildId), guildId, log),
    allWatches: () => readAllWatches(reader(), log),
    watchesBehind: () => readWatchesBehind(reader()),
    addWatch: (guildId, change, draft) => addWatch(writer(guildId), guildId, change, draft, log),
    removeWatch: (guildId, change, number) => removeWatch(writer(guildId), guildId, change, number, log),
    saveProgress: (guildId, number, progress) => saveProgress(writer(guildId), guildId, number, progress),
    dropHandled: (guildId, before) => dropHandled(writer(guildId), guildId, before),
    arrivals: async (guildId, filter, range, limit) =>
      listArrivals(readerFor(filter)(guildId), guildId, await resolve(guildId, filter), range, limit),
    countArrivals: async (guildId, filter, range) =>
      countArrivals(readerFor(filter)(guildId), guildId, await resolve(guildId, filter), range),
    newestArrival: (guildId) => newestArrival(reader(guildId), guildId),
    countedEntries: async (guildId, filter, slice) =>
      countedEntries(readerFor(filter)(guildId), guildId, await resolve(guildId, filter), slice),
    unfinishedPosts: (guildId, watch) => readUnfinished(reader(guildId), guildId, watch, log),
    newestPosts: (guildId, watch, limit) => readNewest(reader(guildId), guildId, watch, limit, log),
    postShowing: (guildId, watch, arrival) => readShowing(reader(guildId), guildId, watch, arrival, log),
  }
}
