import type { Filter } from '../query/filter.ts'
import type { Slice } from '../query/slice.ts'
import type { Snowflake } from '../snowflake.ts'
import type { Arrival, ArrivalRange, ArrivedCount, CountedEntry } from './arrival.ts'
import type { Post } from './post.ts'
import type { Pause, Watch, WatchDraft } from './watch.ts'

/** Reads the feeds, alerts and digests of guilds, and what they depend on. */
export interface WatchReader {
  /** The watches of a guild, by number. One that only a newer version understands is left out, and logged. */
  watches(guildId: Snowflake): Promise<Watch[]>
  /** The matching arrivals of a range, in order. */
  arrivals(guildId: Snowflake, filter: Filter, range: ArrivalRange, limit: number): Promise<Arrival[]>
  /** Counts the matching entries that arrived new in a range, by executor and kind. Those that only grew are not counted. */
  countArrivals(guildId: Snowflake, filter: Filter, range: ArrivalRange): Promise<ArrivedCount[]>
  /** The number of the last arrival of a guild; 0 before the first. */
  newestArrival(guildId: Snowflake): Promise<number>
  /** What an alert counts of the matching entries of a slice, in its order. */
  countedEntries(guildId: Snowflake, filter: Filter, slice: Slice): Promise<CountedEntry[]>
  /** The posts of a watch that are open, not sent or not up to date, oldest first. */
  unfinishedPosts(guildId: Snowflake, watch: number): Promise<Post[]>
  /** The newest posts of a watch, newest first. */
  newestPosts(guildId: Snowflake, watch: number, limit: number): Promise<Post[]>
  /** The post of a watch that shows an arrival, if it is still stored. */
  postShowing(guildId: Snowflake, watch: number, arrival: number): Promise<Post | undefined>
}

/** Who changes the watches of a guild, and by which interaction. */
export interface WatchChange {
  /** The id of the interaction. The same change is made once. */
  readonly id: Snowflake
  readonly by: Snowflake
}

/** What a watch has done. Fields that are absent stay as they are. */
export interface WatchProgress {
  readonly position?: number
  readonly doneTo?: number
  /** Null when it can post again. */
  readonly paused?: Pause | null
  /** New posts and changed ones. */
  readonly posts?: readonly Post[]
}

/** Stores the feeds, alerts and digests of guilds. */
export interface WatchStore extends WatchReader {
  /** The watches of all guilds, in no order, without those that only a newer version understands. */
  allWatches(): Promise<Watch[]>
  /**
   * The watches that have arrivals to handle, or posts that are open, not sent or not up to date, by guild and number.
   */
  watchesBehind(): Promise<{ readonly guildId: Snowflake; readonly number: number }[]>
  /**
   * Stores a watch, and that a member set it. It begins with what was made since the interaction: what of that is stored
   * already arrives for it, too.
   * @returns undefined where the guild has `MOST_WATCHES` already
   */
  addWatch(guildId: Snowflake, change: WatchChange, draft: WatchDraft): Promise<Watch | undefined>
  /** Removes a watch with its posts, and stores that a member removed it. @returns the watch; undefined if there is none */
  removeWatch(guildId: Snowflake, change: WatchChange, number: number): Promise<Watch | undefined>
  /** Stores what a watch has done, in one transaction. @returns false if it was removed meanwhile: nothing is stored then */
  saveProgress(guildId: Snowflake, number: number, progress: WatchProgress): Promise<boolean>
  /**
   * Deletes the arrivals of a guild that all of its watches have handled, and the posts that need nothing more, if they are
   * older than a moment in milliseconds since the Unix epoch. The newest post of each watch stays.
   */
  dropHandled(guildId: Snowflake, before: number): Promise<void>
}
