import type { Snowflake } from '../core/snowflake.ts'
import type { Post } from '../core/watch/post.ts'
import type { Watch, WatchDefinition } from '../core/watch/watch.ts'
import type { ChannelMessage } from '../view/channel-message.ts'
import type { Turns } from './turns.ts'

/** What a watch does next. It is stored in one transaction. */
export interface Plan {
  /** The last arrival that is handled with it. */
  readonly position: number
  /** For digests: the end of the last period that is handled with it, in milliseconds since the Unix epoch. */
  readonly doneTo?: number | undefined
  /** New posts, with the numbers after the last, and earlier ones that have changed. */
  readonly posts: readonly Post[]
  /** In how many milliseconds to plan again although nothing has arrived; absent if there is no need to. */
  readonly again?: number | undefined
}

/** What a plan is made from. */
export interface PlanRequest<Definition extends WatchDefinition> {
  readonly watch: Watch<Definition>
  /** The posts of the watch that are open, not sent or not up to date, oldest first. All others have been sent. */
  readonly unfinished: readonly Post[]
  /** The number that the next new post gets. */
  readonly nextPost: number
  /** By Discord's time, in milliseconds since the Unix epoch. */
  readonly now: number
}

/** A post cannot be made yet, and no fault is behind it: it is tried again after a while. */
export class NotYet extends Error {
  override readonly name = 'NotYet'
  /** In milliseconds. */
  readonly wait: number

  constructor(message: string, wait: number) {
    super(message)
    this.wait = wait
  }
}

/** What the watches of one type do. */
export interface Runner<Definition extends WatchDefinition> {
  /**
   * The turns in which it plans and renders. Absent if that only reads the archive: then all such runners share turns, which
   * nothing may hold that waits for Discord.
   */
  readonly turns?: Turns
  /** Decides what is posted and edited. It is only called when every earlier post has been sent. */
  plan(request: PlanRequest<Definition>): Promise<Plan>
  /**
   * The message of a post as it is now; undefined if everything it would show is erased.
   * @throws NotYet to be asked again later
   */
  render(watch: Watch<Definition>, post: Post, now: number): Promise<ChannelMessage | undefined>
}

/** The custom ids of what stands under posts. Every post has at least one, which contains `watch` and `post`. */
export interface PostIds {
  /** The menu or button that shows an entry; a button names it. */
  entry(post: Pick<Post, 'watch' | 'number'>, entryId?: Snowflake): string
  /**
   * The button that lists the entries behind a post.
   * @param shown from the first entry to the last, and whose: the key of a burst
   */
  list(
    post: Pick<Post, 'watch' | 'number'>,
    shown: { readonly from: Snowflake; readonly to: Snowflake; readonly key?: string | null },
  ): string
  /** The button that answers a command for a digest's period. */
  report(
    post: Pick<Post, 'watch' | 'number'>,
    shown: {
      readonly path: 'audit activity' | 'audit repeats' | 'audit deletes'
      readonly from: Snowflake
      readonly to: Snowflake
    },
  ): string
}
