import type { Entry } from './audit-log/entry.ts'
import type { Coverage } from './coverage/coverage.ts'
import type { Range } from './coverage/ranges.ts'
import type { EntityClass } from './names/entity-class.ts'
import type { NamedEntity, NameObservation } from './names/named-entity.ts'
import type { Names } from './names/names.ts'
import type { Filter } from './query/filter.ts'
import type { Asker, SavedQuery } from './query/saved-query.ts'
import type { Party, Sum, Tally } from './query/tally.ts'
import type { Snowflake } from './snowflake.ts'

/** Which entries of a list are wanted: those past an id, going one way. */
export interface Slice {
  readonly order: 'newest' | 'oldest'
  readonly limit: number
  /** The id before the first wanted one, in the list's order; absent for the list's beginning. */
  readonly past?: Snowflake | undefined
}

/** What a ranking is of. */
export interface RankWanted {
  readonly by: Party
  /** What is most: log entries, or the messages or members they stand for. */
  readonly most: 'entries' | 'units'
  readonly top: number
}

/** Moderators, targets or channels by how much was done. */
export interface Ranking {
  /** Those with the most, in order; null stands for what Discord does not tell. */
  readonly top: readonly Tally<string | null>[]
  /** How many there are in all. */
  readonly size: number
}

/** Which targets are wanted: those hit at least so often, from one of them on. */
export interface RepeatsWanted {
  readonly min: number
  readonly skip: number
  readonly limit: number
}

/** How much of one kind was done, by one executor or on one day. */
export interface ActivityCount extends Sum {
  /** The executor's id, or the day in days since the Unix epoch. */
  readonly key: string
  readonly kind: number
}

/** A target that was hit more than once. */
export interface Repeat {
  readonly targetId: string
  /** Its class; absent where Discord does not say. */
  readonly targetType?: EntityClass
  readonly entries: number
  /** The first and the last entry. */
  readonly first: Snowflake
  readonly last: Snowflake
  /** By whom, most often first; null stands for what Discord does not tell. */
  readonly by: readonly Tally<string | null>[]
}

/** A part of the targets that were hit again and again. */
export interface Repeats {
  readonly top: readonly Repeat[]
  /** How many targets there are in all. */
  readonly size: number
}

/** What is asked of the archive. Nothing here ever reads another guild's rows. */
export interface ArchiveReader {
  /** Entries in the slice's order. */
  list(guildId: Snowflake, filter: Filter, slice: Slice): Promise<Entry[]>
  /** How many entries there are of each kind, in no order. */
  countByKind(guildId: Snowflake, filter: Filter): Promise<Tally<number>[]>
  /**
   * For how many of the entries that a filter means, whoever acted, Discord names nobody. The later parts of a prune are
   * not counted, because Discord names somebody for them (wrongly), nor is what AutoMod or Discord did by itself.
   */
  countUnnamed(guildId: Snowflake, filter: Filter): Promise<number>
  /** How many there are for each moderator, target or channel: those with the most, and how many there are. */
  rank(guildId: Snowflake, filter: Filter, wanted: RankWanted): Promise<Ranking>
  /** Targets that were hit again and again: those hit most first, of two hit as often the one hit last. */
  repeats(guildId: Snowflake, filter: Filter, wanted: RepeatsWanted): Promise<Repeats>
  /** Who ever did one of some kinds of things. */
  executors(guildId: Snowflake, kinds: readonly number[]): Promise<Snowflake[]>
  /** How much some people did in a window, by kind, and by who did it or by the UTC day. */
  activity(
    guildId: Snowflake,
    window: Pick<Filter, 'from' | 'to'>,
    executorIds: readonly Snowflake[],
    by: 'executor' | 'day',
  ): Promise<ActivityCount[]>
  /** How often bots did something in a window for each person whom they named and who is known. */
  attributions(guildId: Snowflake, window: Pick<Filter, 'from' | 'to'>): Promise<Map<Snowflake, number>>
  /** The last entry that each of some people made before another. */
  lastSeen(
    guildId: Snowflake,
    executorIds: readonly Snowflake[],
    before: Snowflake,
  ): Promise<Map<Snowflake, Snowflake>>
  /** Whether anything was asked in a guild before. */
  hasQueries(guildId: Snowflake): Promise<boolean>
  /** How many entries are held. */
  countHeld(guildId: Snowflake): Promise<number>
  entry(guildId: Snowflake, id: Snowflake): Promise<Entry | undefined>
  newestId(guildId: Snowflake): Promise<Snowflake | undefined>
  coverage(guildId: Snowflake): Promise<Coverage>
  /** The names last seen for everything that has one of these ids. */
  names(guildId: Snowflake, ids: readonly string[]): Promise<Names>
  /** What is known by a name that contains the text, best match first. */
  findNames(guildId: Snowflake, text: string, limit: number): Promise<NamedEntity[]>
  savedQuery(id: number): Promise<SavedQuery | undefined>
  /** What a member asked last. */
  lastQuery(guildId: Snowflake, askerId: Snowflake): Promise<SavedQuery | undefined>
  /** Whether something that was erased, in one guild or in any, may still stand in the archive's files. */
  isErasing(guildId?: Snowflake): Promise<boolean>
  /** How many entries a member made, how many were done to them, and those that bots made for them, each once. */
  countConcerning(guildId: Snowflake, memberId: Snowflake): Promise<number>
}

/** What went when something was forgotten: entries, and texts of entries that stay. */
export interface Gone {
  readonly removed: number
  readonly scrubbed: number
}

/** Where traces are wiped: in what was written lately, which is quick, or wherever they could be. */
export type Traces = 'the log' | 'the file'

/** What the archive forgets on purpose. It is long work, done bit by bit, so that nobody waits for it. */
export interface Erasure {
  /**
   * Forgets a guild's entries, the names they told and what was asked, up to an id; or what one member is called and
   * the texts by and about them. It is as good as gone from this moment on, and does not come back by reading.
   */
  forget(guildId: Snowflake, upTo: Snowflake, memberId?: Snowflake): Promise<Gone>
  /**
   * Forgets a guild's entries up to an id, if one is given, and what was asked up to a moment (in milliseconds since
   * the Unix epoch), and finishes what was begun to be forgotten.
   */
  applyRetention(guildId: Snowflake, upTo: Snowflake | undefined, askedUpTo: number): Promise<Gone>
  /** The first part of `forget`, which is quick: from then on it is erased, whatever happens to the process. */
  beginErasing(guildId: Snowflake, upTo: Snowflake, memberId?: Snowflake): Promise<void>
  /** The rest of `forget`, in one guild, or in all where a stop or a full disk left something behind. */
  finishErasing(guildId?: Snowflake): Promise<Gone>
  /**
   * Wipes off the disk what was erased and could still be read there. Nobody can write while the file is written anew.
   * @returns whether the write-ahead log is empty
   * @throws Error when the file cannot be written anew
   */
  vacuum(of: Traces): Promise<boolean>
  /**
   * Lowers the bound up to which everything of a guild was too old, where it lies ahead of an id, as after a clock that
   * was wrong; without a new one, nothing is forgotten any more. A bound that a member confirmed stays.
   * @returns whether it did
   */
  lowerBound(guildId: Snowflake, ahead: Snowflake, to: Snowflake | undefined): Promise<boolean>
  /** Drops what is remembered of purged guilds, where it was forgotten before an id. @returns of how many */
  dropBounds(before: Snowflake): Promise<number>
  /** The newest id, up to another, of all entries; where there is none, of all guilds that anything is held of. */
  newestKnown(upTo: Snowflake): Promise<Snowflake | undefined>
  /** The last moment that was trusted, in milliseconds since the Unix epoch; undefined before the first. */
  trustedTime(): Promise<number | undefined>
  /**
   * Remembers a moment that was trusted, in milliseconds since the Unix epoch, and by how much more than has passed it
   * is past the last one. Departures that were dated too early move on with that.
   */
  recordTrustedTime(at: number, leap: number): Promise<void>
  /** The guilds that anything is held of, beside bounds of what was forgotten. */
  guilds(): Promise<Snowflake[]>
  /**
   * When the bot was removed from guilds of which something is held, by the trusted time, in milliseconds since the Unix
   * epoch.
   */
  departures(): Promise<Map<Snowflake, number>>
  /**
   * Notes that the bot was removed from a guild, and when, in milliseconds since the Unix epoch.
   * @param at by Discord's time
   * @param trustedAt by the trusted time, which may be behind
   * @returns whether that is news and anything is held of it
   */
  recordDeparture(guildId: Snowflake, at: number, trustedAt: number): Promise<boolean>
  /** Notes that the bot is in a guild again. @returns whether it had been removed */
  clearDeparture(guildId: Snowflake): Promise<boolean>
  /**
   * Removes all that is held of a guild the bot was removed from, but for the ids that keep what was forgotten from
   * coming back with it. @returns how many entries
   */
  purge(guildId: Snowflake): Promise<number>
}

/** What was learnt about one guild at once. */
export interface ArchiveUpdate {
  readonly guildId: Snowflake
  readonly entries: readonly Entry[]
  /** Where the entries come from: a page read by REST is newer truth than an event. */
  readonly from: 'rest' | 'gateway'
  /** What is thereby known to be complete. */
  readonly complete?: readonly Range[]
  /** From where on nothing said before to be complete counts any more. */
  readonly invalidateFrom?: Snowflake
  /** When Discord was read, in milliseconds since the Unix epoch. */
  readonly readAt?: number
  /** When what was read before was read again, in milliseconds since the Unix epoch; only of a guild that was read. */
  readonly sweptAt?: number
  readonly names?: readonly NameObservation[]
  /** The moment, as an id, at which every role and channel of the guild was named: any other is gone. */
  readonly snapshotAt?: Snowflake
}

/** Everything Custos remembers. */
export interface Archive extends ArchiveReader, Erasure {
  /** Keeps what was learnt, all of it or, should the disk refuse, nothing. */
  record(learnt: readonly ArchiveUpdate[]): Promise<void>
  /** Keeps a question and gives the number it is found by again, at once: it is written when there is time. */
  saveQuery(question: SavedQuery): number
  /** Takes a question away for good: of all who do, one gets it, and the others undefined. */
  takeQuery(number: number): Promise<SavedQuery | undefined>
  /** Who had asked a question that was taken away lately; undefined where that is not known. */
  takenFrom(number: number): Asker | undefined
  /**
   * Closes the archive within about a second, once the questions of before are written. What is being written is
   * finished, unless it takes longer; then it is as if it had not begun. A search that is under way is broken off.
   */
  close(): Promise<void>
  /** Whether none of its threads is left. After `close`, one can go on for minutes where SQLite keeps it busy. */
  readonly hasEnded: boolean
}
