import { backoff } from '../../core/backoff.ts'
import { timeOf } from '../../core/snowflake.ts'
import { HOUR, MINUTE, SECOND } from '../../core/time/units.ts'
import type { Post, PostContent } from '../../core/watch/post.ts'

/** How long a post stays as it is before it is edited, in milliseconds: longer the longer it is already edited. */
const SHORTEST = 3 * SECOND
const LONGEST = 30 * SECOND
const PART = 20

/**
 * The same for messages that are older than an hour, of which Discord lets a bot edit only a few, whatever their channel's
 * limit is. How few it does not say.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#json (30046)
 */
const OLD = HOUR
const LONGEST_OF_OLD = 5 * MINUTE

/** The longest wait after edits that failed, in milliseconds. */
const LONGEST_RETRY = 5 * MINUTE

/** Says when each post of a watch may be edited. */
export class EditPace {
  readonly #posts = new Map<number, { readonly at: number; readonly failures: number }>()

  /** A post was sent or edited at a moment of elapsed time. */
  done({ number }: Post, at: number): void {
    this.#posts.set(number, { at, failures: 0 })
  }

  /** An edit failed at a moment of elapsed time. */
  failed({ number }: Post, at: number): void {
    const failures = (this.#posts.get(number)?.failures ?? 0) + 1
    this.#posts.set(number, { at, failures })
  }

  /**
   * In how many milliseconds a post may be edited; 0 or less if it may be now, and then for how long already. The last edit
   * need not wait.
   * @param elapsed the elapsed time
   * @param now Discord's time
   */
  waitFor({ number, content, delivery }: Post, elapsed: number, now: number): number {
    const last = this.#posts.get(number)
    if (last === undefined) return -LONGEST
    const { at, failures } = last
    if (failures > 0) return at + backoff(failures, { first: SHORTEST, longest: LONGEST_RETRY }) - elapsed
    if (isOver(content)) return Math.min(0, at + SHORTEST - elapsed)
    const isOld = delivery.type === 'sent' && now - timeOf(delivery.messageId) > OLD
    return at + (isOld ? LONGEST_OF_OLD : intervalOf(content, now)) - elapsed
  }
}

function isOver(content: PostContent): boolean {
  return 'isOpen' in content && !content.isOpen
}

function intervalOf(content: PostContent, now: number): number {
  if (!('isOpen' in content)) return SHORTEST
  return Math.min(LONGEST, Math.max(SHORTEST, (now - timeOf(content.from)) / PART))
}
