import type { Post } from '../core/watch/post.ts'
import type { Alert, Digest, Feed, Watch, WatchDefinition } from '../core/watch/watch.ts'
import type { ChannelMessage } from '../view/channel-message.ts'
import type { AlertDeps } from './alerts/alert-deps.ts'
import { AlertRunner } from './alerts/alert-runner.ts'
import { type DigestDeps, DigestRunner } from './digests/digest-runner.ts'
import { type FeedDeps, FeedRunner } from './feed/feed-runner.ts'
import type { Plan, PlanRequest, Runner } from './runner.ts'

/** The runner of each type of watch. */
export interface Runners {
  readonly feed: Runner<Feed>
  readonly alert: Runner<Alert>
  readonly digest: Runner<Digest>
}

/** The runners, by the type of their watches. */
export function createRunners(deps: FeedDeps & AlertDeps & DigestDeps): Runners {
  return { feed: new FeedRunner(deps), alert: new AlertRunner(deps), digest: new DigestRunner(deps) }
}

/** What the watch of a request does next, by the runner of its type. */
export function planOf(runners: Runners, request: PlanRequest<WatchDefinition>): Promise<Plan> {
  const { watch } = request
  const { definition } = watch
  switch (definition.type) {
    case 'feed':
      return runners.feed.plan({ ...request, watch: { ...watch, definition } })
    case 'alert':
      return runners.alert.plan({ ...request, watch: { ...watch, definition } })
    case 'digest':
      return runners.digest.plan({ ...request, watch: { ...watch, definition } })
  }
}

/** The message of a post as it is now, by the runner of its watch's type; undefined if everything it would show is erased. */
export function messageOf(
  runners: Runners,
  watch: Watch,
  post: Post,
  now: number,
): Promise<ChannelMessage | undefined> {
  const { definition } = watch
  switch (definition.type) {
    case 'feed':
      return runners.feed.render({ ...watch, definition }, post, now)
    case 'alert':
      return runners.alert.render({ ...watch, definition }, post, now)
    case 'digest':
      return runners.digest.render({ ...watch, definition }, post, now)
  }
}
