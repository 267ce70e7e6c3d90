import type { ReadOutcome } from '../../core/coverage/sync-status.ts'
import { changed } from '../../core/watch/alerts/burst-posts.ts'
import type { Post } from '../../core/watch/post.ts'
import type { Alert } from '../../core/watch/watch.ts'
import type { PlanRequest } from '../runner.ts'

/**
 * The post that warns that the log can no longer be read, or says that it can again. If Discord did not say which, there is
 * none: it may only be down.
 * @param last the last post
 * @param lastRead how the last read ended; undefined before the first
 */
export function planReading(
  { watch, nextPost, now }: PlanRequest<Alert>,
  last: Post | undefined,
  lastRead: ReadOutcome | undefined,
): Post[] {
  const content = last?.content.type === 'unreadable' ? last.content : undefined
  const isWarned = content !== undefined && content.until === undefined
  if (lastRead === 'read' && last && isWarned) return [changed(last, { ...content, until: now })]
  if (lastRead !== 'forbidden' || isWarned) return []
  const { number, position } = watch
  return [
    {
      watch: number,
      number: nextPost,
      after: position,
      to: position,
      content: { type: 'unreadable', since: now },
      delivery: { type: 'planned' },
    },
  ]
}
