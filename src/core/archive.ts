import type { Entry } from './audit-log/entry.ts'
import type { Coverage } from './coverage/coverage.ts'
import type { Range } from './coverage/ranges.ts'
import type { Erasure } from './erasure.ts'
import type { EntityClass } from './names/entity-class.ts'
import type { NamedEntity, NameObservation } from './names/named-entity.ts'
import type { Names } from './names/names.ts'
import type { Filter } from './query/filter.ts'
import type { Asker, SavedQuery } from './query/saved-query.ts'
import type { Party, Sum, Tally } from './query/tally.ts'
import type { Snowflake } from './snowflake.ts'

/** A part of a list of entries. */
export interface Slice {
  readonly order: 'newest' | 'oldest'
  readonly limit: number
  /** The part begins after this id, in the list's order; absent for the beginning of the list. */
  readonly past?: Snowflake | undefined
}

/** What a ranking ranks, and by what. */
export interface RankOptions {
  readonly by: Party
  /** Ranked by the number of entries, or by that of the messages or members they stand for. */
  readonly most: 'entries' | 'units'
  /** How many of the first are returned. */
  readonly top: number
}

/** Moderators, targets or channels, by how much they did or had done to them. */
export interface Ranking {
  /** The first ones, most first; the key is null where Discord does not say. */
  readonly top: readonly Tally<string | null>[]
  /** How many there are in total. */
  readonly size: number
}

/** Which repeated targets are returned: those with at least `min` entries. */
export interface RepeatsOptions {
  readonly min: number
  readonly skip: number
  readonly limit: number
}

/** How much of one kind one executor did, or was done on one day. */
export interface ActivityCount extends Sum {
  /** The executor's id, or the day in days since the Unix epoch. */
  readonly key: string
  readonly kind: number
}

/** A target that had the same actions more than once. */
export interface Repeat {
  readonly targetId: string
  /** Its class; absent if Discord does not say. */
  readonly targetType?: EntityClass
  readonly entries: number
  /** The first and the last entry's id. */
  readonly first: Snowflake
  readonly last: Snowflake
  /** Who did it, most often first; the key is null where Discord does not say. */
  readonly by: readonly Tally<string | null>[]
}

/** A part of the list of repeated targets. */
export interface Repeats {
  readonly top: readonly Repeat[]
  /** How many targets there are in total. */
  readonly size: number
}

/** Reads an archive. A method with a guild id never reads another guild's rows. */
export interface ArchiveReader {
  /** The entries of a slice, in its order. */
  list(guildId: Snowflake, filter: Filter, slice: Slice): Promise<Entry[]>
  /** How many entries there are of each kind, in no order. */
  countByKind(guildId: Snowflake, filter: Filter): Promise<Tally<number>[]>
  /**
   * How many matching entries have no executor; the filter's own executor is ignored. Not counted are the later parts of
   * a prune, for which Discord names somebody (wrongly), and what AutoMod and Discord do by themselves.
   */
  countUnnamed(guildId: Snowflake, filter: Filter): Promise<number>
  /** Ranks moderators, targets or channels by what matches a filter. */
  rank(guildId: Snowflake, filter: Filter, wanted: RankOptions): Promise<Ranking>
  /** Targets with repeated actions, most often first; of two with as many, the latest first. */
  repeats(guildId: Snowflake, filter: Filter, wanted: RepeatsOptions): Promise<Repeats>
  /** Everyone who ever did something of these kinds. */
  executors(guildId: Snowflake, kinds: readonly number[]): Promise<Snowflake[]>
  /** How much some executors did in a window, by kind, and by executor or UTC day. */
  activity(
    guildId: Snowflake,
    window: Pick<Filter, 'from' | 'to'>,
    executorIds: readonly Snowflake[],
    by: 'executor' | 'day',
  ): Promise<ActivityCount[]>
  /** How many entries bots made in a window on behalf of each person whom the guild knows. */
  attributions(guildId: Snowflake, window: Pick<Filter, 'from' | 'to'>): Promise<Map<Snowflake, number>>
  /** The last entry that each of some executors made before an id. */
  lastSeen(
    guildId: Snowflake,
    executorIds: readonly Snowflake[],
    before: Snowflake,
  ): Promise<Map<Snowflake, Snowflake>>
  /** Whether a query was ever saved in a guild. */
  hasQueries(guildId: Snowflake): Promise<boolean>
  /** How many entries of a guild the archive has. */
  countHeld(guildId: Snowflake): Promise<number>
  entry(guildId: Snowflake, id: Snowflake): Promise<Entry | undefined>
  newestId(guildId: Snowflake): Promise<Snowflake | undefined>
  coverage(guildId: Snowflake): Promise<Coverage>
  /** The last known names of everything that has one of these ids. */
  names(guildId: Snowflake, ids: readonly string[]): Promise<Names>
  /** Everything whose name contains the text, best match first. */
  findNames(guildId: Snowflake, text: string, limit: number): Promise<NamedEntity[]>
  savedQuery(id: number): Promise<SavedQuery | undefined>
  /** The query that a member ran last. */
  lastQuery(guildId: Snowflake, askerId: Snowflake): Promise<SavedQuery | undefined>
  /** Whether the archive's files may still contain something that was erased, in one guild or in any. */
  isErasing(guildId?: Snowflake): Promise<boolean>
  /** How many entries a member made, had done to them, or had made by a bot on their behalf, each counted once. */
  countConcerning(guildId: Snowflake, memberId: Snowflake): Promise<number>
}

/** Something to record about one guild. */
export interface ArchiveUpdate {
  readonly guildId: Snowflake
  readonly entries: readonly Entry[]
  /** Where the entries come from. A page read by REST replaces what an event said. */
  readonly from: 'rest' | 'gateway'
  /** The ranges that are complete with these entries. */
  readonly complete?: readonly Range[]
  /** Coverage from this id on is no longer trusted. */
  readonly invalidateFrom?: Snowflake
  /** When the log was read, in milliseconds since the Unix epoch. */
  readonly readAt?: number
  /** When a sweep read the latest entries again, in milliseconds since the Unix epoch. The guild must have been read. */
  readonly sweptAt?: number
  readonly names?: readonly NameObservation[]
  /** When `names` included every role and channel of the guild, as a snowflake: any other is gone. */
  readonly snapshotAt?: Snowflake
}

/** Everything Custos stores. */
export interface Archive extends ArchiveReader, Erasure {
  /** Writes all of the updates or, if that fails, none. */
  record(updates: readonly ArchiveUpdate[]): Promise<void>
  /** Saves a query and returns the number it is found by. It is written in the background. */
  saveQuery(query: SavedQuery): number
  /** Removes a query and returns it to the first caller; later ones get undefined. */
  takeQuery(number: number): Promise<SavedQuery | undefined>
  /** Who ran a query that was taken recently; undefined if that is not known. */
  takenFrom(number: number): Asker | undefined
  /**
   * Writes the saved queries and closes the archive, within about a second. A write that takes longer is rolled back; a
   * search is interrupted.
   */
  close(): Promise<void>
  /** Whether no thread is left. After `close`, SQLite can keep one busy for minutes. */
  readonly hasEnded: boolean
}
