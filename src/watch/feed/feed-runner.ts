import type { ArchiveReader } from '../../core/archive.ts'
import { compareIds, type Snowflake, timeOf } from '../../core/snowflake.ts'
import { timeZoneOf } from '../../core/guild-settings.ts'
import type { Arrival } from '../../core/watch/arrival.ts'
import { FLOOD, isOpenSummary, LATE, planFeed } from '../../core/watch/feeds/plan-feed.ts'
import type { Post } from '../../core/watch/post.ts'
import type { Feed, Watch } from '../../core/watch/watch.ts'
import type { WatchReader } from '../../core/watch/watch-store.ts'
import type { ChannelMessage } from '../../view/channel-message.ts'
import { namedInEntry } from '../../view/named-ids.ts'
import { feedEntriesReply } from '../../view/watch/feed/feed-entries.ts'
import { feedSummaryReply } from '../../view/watch/feed/feed-summary.ts'
import type { PlanRequest, PostIds, Runner } from '../runner.ts'

/** How many arrivals are handled in one plan. Those of a long outage take several. */
const MOST_ARRIVALS = 500

interface Deps {
  readonly archive: WatchReader & Pick<ArchiveReader, 'entry' | 'names' | 'settings'>
  readonly postIds: PostIds
  /** Custos's own id; undefined before the first session. What Custos does itself is not posted. */
  readonly ownId: () => Snowflake | undefined
}
