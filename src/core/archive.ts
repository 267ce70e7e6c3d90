import type { Coverage, Range } from './coverage.ts'
import type { Entry } from './entry.ts'
import type { Filter } from './filter.ts'
import type { Known, Naming } from './known.ts'
import type { Question } from './question.ts'
import type { Snowflake } from './snowflake.ts'
import type { Party, Sum, Tally } from './tally.ts'

/** Which entries of a list are wanted: those past an id, going one way. */
export interface Slice {
  readonly order: 'newest' | 'oldest'
  readonly limit: number
  /** The id before the first wanted one, in the list's order; absent for the list's beginning. */
  readonly past?: Snowflake | undefined
}

export interface RankWanted {
  readonly by: Party
  /** What is most: log entries, or the messages or members they stand for. */
  readonly most: 'entries' | 'units'
  readonly top: number
}

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
  readonly entries: number
  /** The first and the last entry. */
  readonly first: Snowflake
  readonly last: Snowflake
  /** A kind of action that hit it. */
  readonly kind: number
  /** By whom, most often first; null stands for what Discord does not tell. */
  readonly by: readonly Tally<string | null>[]
}

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
  /** How many there are for each moderator, target or channel: those with the most, and how many there are. */
  rank(guildId: Snowflake, filter: Filter, wanted: RankWanted): Promise<Ranking>
  /** Targets that were hit again and again: those hit most first, of two hit as often the one hit last. */
  repeats(guildId: Snowflake, filter: Filter, wanted: RepeatsWanted): Promise<Repeats>
  /** Who ever did one of some kinds of things. */
  doers(guildId: Snowflake, kinds: readonly number[]): Promise<Snowflake[]>
  /** How much some people did in a window, by kind, and by who did it or by the UTC day. */
  activity(
    guildId: Snowflake,
    window: Pick<Filter, 'from' | 'to'>,
    executorIds: readonly Snowflake[],
    by: 'executor' | 'day',
  ): Promise<ActivityCount[]>
  /** How often bots did something in a window for each person whom they named and who is known. */
  credits(guildId: Snowflake, window: Pick<Filter, 'from' | 'to'>): Promise<Map<Snowflake, number>>
  /** The last entry that each of some people made before another. */
  lastSeen(
    guildId: Snowflake,
    executorIds: readonly Snowflake[],
    before: Snowflake,
  ): Promise<Map<Snowflake, Snowflake>>
  /** Whether anything was asked in a guild before. */
  wasAsked(guildId: Snowflake): Promise<boolean>
  /** How many entries are held. */
  held(guildId: Snowflake): Promise<number>
  entry(guildId: Snowflake, id: Snowflake): Promise<Entry | undefined>
  newestId(guildId: Snowflake): Promise<Snowflake | undefined>
  coverage(guildId: Snowflake): Promise<Coverage>
  /** The names last seen for these ids. */
  names(guildId: Snowflake, ids: readonly string[]): Promise<Map<string, Known>>
  /** What is known by a name that contains the text, best match first. */
  find(guildId: Snowflake, text: string, limit: number): Promise<Known[]>
  question(id: number): Promise<Question | undefined>
}

/** What was learnt about one guild at once. */
export interface Learnt {
  readonly guildId: Snowflake
  readonly entries: readonly Entry[]
  /** Where the entries come from: a page read by REST is newer truth than an event. */
  readonly from: 'rest' | 'gateway'
  /** What is thereby known to be complete. */
  readonly complete?: readonly Range[]
  /** When Discord was read, in milliseconds since the Unix epoch. */
  readonly readAt?: number
  readonly names?: readonly Naming[]
  /** The moment, as an id, at which every role and channel of the guild was named: any other is gone. */
  readonly rollCall?: Snowflake
}

/** Everything Custos remembers. */
export interface Archive extends ArchiveReader {
  /** Keeps what was learnt, all of it or, should the disk refuse, nothing. */
  keep(learnt: readonly Learnt[]): Promise<void>
  /** Keeps a question and gives the number it is found by again. */
  keepQuestion(question: Question): Promise<number>
  close(): Promise<void>
}
