import type { OptionValues } from '../../../sandbox/member-client/command-options.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import type { ShownPost } from './shown-posts.ts'

/** What happened in a guild since a watch was set. */
export interface Truth {
  /** The entries of the log, oldest first. */
  readonly entries: readonly LogEntry[]
  /** When it was set, and now, in milliseconds since the Unix epoch. */
  readonly setAt: number
  readonly now: number
  /**
   * The numbers of its posts that are still stored: those of the last days. A count that is found to have grown later is not
   * edited in any more.
   */
  readonly stored: ReadonlySet<number>
  /** Whether it was removed, so that some of them may have stayed in its queue. */
  readonly isRemoved: boolean
}

/** A feed, alert or digest as a moderator sets it. */
export interface WatchSpec {
  readonly type: 'feed' | 'alert' | 'digest'
  /** The options of its command. */
  readonly values: OptionValues & { readonly to: string }
  /**
   * Compares what it posted with what it should have posted.
   * @param posts in the order in which they stand in the channel
   * @returns the differences, a line each
   */
  judge(posts: readonly ShownPost[], truth: Truth): string[]
}
