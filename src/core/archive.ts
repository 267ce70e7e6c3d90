import type { Entry } from './audit-log/entry.ts'
import type { Coverage } from './coverage/coverage.ts'
import type { Range } from './coverage/ranges.ts'
import type { Erasure } from './erasure.ts'
import type { GuildSettings } from './guild-settings.ts'
import type { Log } from './log.ts'
import type { EntityClass } from './names/entity-class.ts'
import type { FoundEntity, NameObservation } from './names/named-entity.ts'
import type { Names } from './names/names.ts'
import type { Operation } from './operation.ts'
import type { ActivityCount, Attributed, SpanCount } from './query/activity.ts'
import type { Filter, Kinds } from './query/filter.ts'
import type { Ranking, RankOptions, Repeats, RepeatsOptions } from './query/ranking.ts'
import type { RunQuery, SavedQuery } from './query/saved-query.ts'
import type { Slice } from './query/slice.ts'
import type { Tally } from './query/tally.ts'
import type { Snowflake } from './snowflake.ts'
import type { WatchReader, WatchStore } from './watch/watch-store.ts'

/** How many entries concern a member. */
export interface ConcerningCounts {
  readonly entries: number
  /** How many of them have texts, which an erasure of the member erases. */
  readonly withTexts: number
}

/** Reads an archive. A method with a guild id never reads another guild's rows. */
export interface ArchiveReader extends WatchReader {
  /** The entries of a slice, in its order. */
  list(guildId: Snowflake, filter: Filter, slice: Slice): Promise<Entry[]>
  /** How many entries there are of each kind, in no order. */
  countByKind(guildId: Snowflake, filter: Filter): Promise<Tally<number>[]>
  /**
   * How many matching entries have no executor; the filter's own executor is ignored. The later parts of a prune, for
   * which Discord names a wrong executor, and what AutoMod and Discord do by themselves are not counted.
   */
  countUnnamed(guildId: Snowflake, filter: Filter): Promise<number>
  /** Ranks moderators, targets or channels by what matches a filter. */
  rank(guildId: Snowflake, filter: Filter, options: RankOptions): Promise<Ranking>
  /** Targets with repeated actions, most actions first, then the latest first. */
  repeats(guildId: Snowflake, filter: Filter, options: RepeatsOptions): Promise<Repeats>
  /** The newest entry of each kind on each target before an id, in no order. */
  newestOn(
    guildId: Snowflake,
    targetIds: readonly Snowflake[],
    kinds: readonly number[],
    before: Snowflake,
  ): Promise<Entry[]>
  /** Everyone who is the executor of an entry of these kinds. */
  executors(guildId: Snowflake, kinds: readonly number[]): Promise<Snowflake[]>
  /** What some executors did in a window, by executor and kind. */
  activity(
    guildId: Snowflake,
    window: Pick<Filter, 'from' | 'to'>,
    executorIds: readonly Snowflake[],
  ): Promise<ActivityCount[]>
  /**
   * What some executors did within spans, by span and kind.
   * @param bounds where each span begins, oldest first, and where the last one ends
   */
  activityBySpan(
    guildId: Snowflake,
    bounds: readonly Snowflake[],
    executorIds: readonly Snowflake[],
  ): Promise<SpanCount[]>
  /** What bots did in a window on behalf of each member whose name or id is recorded. */
  attributions(guildId: Snowflake, window: Pick<Filter, 'from' | 'to'>): Promise<Map<Snowflake, Attributed>>
  /** The last entry that each of some executors made before an id, of all kinds or of some. */
  lastSeen(
    guildId: Snowflake,
    executorIds: readonly Snowflake[],
    before: Snowflake,
    kinds?: Kinds,
  ): Promise<Map<Snowflake, Snowflake>>
  /** Whether a member has ever run a command in a guild. */
  wasAsked(guildId: Snowflake): Promise<boolean>
  /** How many entries of a guild are stored. */
  countHeld(guildId: Snowflake): Promise<number>
  entry(guildId: Snowflake, id: Snowflake): Promise<Entry | undefined>
  newestId(guildId: Snowflake): Promise<Snowflake | undefined>
  coverage(guildId: Snowflake): Promise<Coverage>
  /** The last names of everything that has one of these ids. */
  names(guildId: Snowflake, ids: readonly string[]): Promise<Names>
  /**
   * Everything whose name contains the text, or whose username or id begins with it, most likely first: what has exactly
   * that name, username or id comes before anything else. An empty text finds what something was done to lately.
   * @param type the class of what is found; absent for any
   */
  findNames(guildId: Snowflake, text: string, limit: number, type?: EntityClass): Promise<FoundEntity[]>
  savedQuery(guildId: Snowflake, number: number): Promise<SavedQuery | undefined>
  /** The query that a member ran last. */
  lastQuery(guildId: Snowflake, askerId: Snowflake): Promise<SavedQuery | undefined>
  /** Whether the archive's files may still contain something that was erased in a guild. */
  isErasing(guildId: Snowflake): Promise<boolean>
  settings(guildId: Snowflake): Promise<GuildSettings>
  /** What members had Custos do in a guild, newest first. */
  operations(guildId: Snowflake): Promise<Operation[]>
  /** Counts the entries that were made by a member, by a bot on their behalf, or about them. Each counts once. */
  countConcerning(guildId: Snowflake, memberId: Snowflake): Promise<ConcerningCounts>
}

/** Something to record about one guild. */
export interface ArchiveUpdate {
  readonly guildId: Snowflake
  readonly entries: readonly Entry[]
  /** Where the entries come from. An entry that was read by REST replaces the one that the gateway sent. */
  readonly from: 'rest' | 'gateway'
  /** The ranges that are complete with these entries. */
  readonly complete?: readonly Range[]
  /** Coverage from this id on is no longer trusted. */
  readonly invalidateFrom?: Snowflake
  /** When the log was read, in milliseconds since the Unix epoch. */
  readonly readAt?: number
  /** When a sweep ended, in milliseconds since the Unix epoch. The guild must have been read before. */
  readonly sweptAt?: number
  readonly names?: readonly NameObservation[]
  /** When `names` had every role and channel of the guild, as a snowflake. Any other is gone. */
  readonly snapshotAt?: Snowflake
}

/** Everything Custos stores. */
export interface Archive extends ArchiveReader, WatchStore, Erasure {
  /**
   * The same archive for somebody who waits for what is read: once the signal aborts, a read that waits its turn or is a
   * search through reasons rejects with the signal's reason. Writes are not affected.
   * @param log of the one who waits; by default that of the archive
   */
  within(signal: AbortSignal, log?: Log): Archive
  /**
   * Writes all of the updates or, if that fails, none.
   * @param at when the arrivals come, by Discord's time, in milliseconds since the Unix epoch; by default, when each entry
   * was made
   * @returns the guilds in which something has arrived for watches
   */
  record(updates: readonly ArchiveUpdate[], at?: number): Promise<readonly Snowflake[]>
  /**
   * Stores what a member had Custos do. If that changes a setting, the setting is changed with it, unless somebody
   * changed it later. A setting that is set already is not stored again.
   */
  recordOperation(guildId: Snowflake, operation: Operation): Promise<void>
  /**
   * Packs the days of a guild that are over, so that targets and channels are ranked without reading every entry.
   * @param fewest of how many entries it is worth it; by default, of as many as take long to read
   * @returns how many days were packed
   */
  packDays(guildId: Snowflake, fewest?: number): Promise<number>
  /** Saves a query and returns the number it is found by. It is written in the background. */
  saveQuery(query: SavedQuery): number
  /** Removes a query and returns it to the first caller; later ones get undefined. */
  takeQuery(guildId: Snowflake, number: number): Promise<SavedQuery | undefined>
  /** Who ran a query that was taken recently, and by which command; undefined for any other number. */
  takenFrom(number: number): RunQuery | undefined
  /** Writes something small that nobody sees. @throws when the archive cannot be written */
  checkWritable(): Promise<void>
  /** How many bytes the archive takes on the disk. */
  size(): Promise<number>
  /** In how many guilds something is missing between two complete ranges. */
  countWithHoles(): Promise<number>
  /**
   * Writes the saved queries and closes the archive, within about a second. A write that takes longer is rolled back; a
   * search is interrupted.
   */
  close(): Promise<void>
  /** Whether all threads have ended. After `close`, SQLite can keep one busy for minutes. */
  readonly hasEnded: boolean
}
