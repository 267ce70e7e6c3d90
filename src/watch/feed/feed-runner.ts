import type { ArchiveReader } from '../../core/archive.ts'
import { GROWING } from '../../core/audit-log/action.ts'
import { timeZoneOf } from '../../core/guild-settings.ts'
import { type Snowflake, timeOf } from '../../core/snowflake.ts'
import { SECOND } from '../../core/time/units.ts'
import type { Arrival } from '../../core/watch/arrival.ts'
import { FLOOD, isOpenSummary, planFeed } from '../../core/watch/feeds/plan-feed.ts'
import { isLate, type Post } from '../../core/watch/post.ts'
import type { Feed, Watch } from '../../core/watch/watch.ts'
import type { WatchReader } from '../../core/watch/watch-store.ts'
import type { ChannelMessage } from '../../view/channel-message.ts'
import { namedInEntry } from '../../view/named-ids.ts'
import { feedEntriesReply } from '../../view/watch/feed/feed-entries.ts'
import { feedSummaryReply } from '../../view/watch/feed/feed-summary.ts'
import type { PlanRequest, PostIds, Runner } from '../runner.ts'
import type { NameLookups } from './name-lookups.ts'
import type { Recounts } from './recounts.ts'

/** How many arrivals are handled in one plan. Those of a long outage take several. */
const MOST_ARRIVALS = 500

/** How often it is looked whether a name is known, in milliseconds. */
const LOOK_AGAIN = SECOND / 4

export interface FeedDeps {
  readonly archive: WatchReader & Pick<ArchiveReader, 'entry' | 'names' | 'settings'>
  readonly postIds: PostIds
  /** Custos's own id; undefined before the first session. What Custos does itself is not posted. */
  readonly ownId: () => Snowflake | undefined
  /** Has counts read again that may have grown. */
  readonly recounts: Pick<Recounts, 'soon'>
  /** Finds out who is a bot. */
  readonly nameLookups: Pick<NameLookups, 'isAwaited'>
}

/** Posts each new entry that matches a filter: as it is or, where there are many, in a summary. */
export class FeedRunner implements Runner<Feed> {
  readonly #deps: FeedDeps

  constructor(deps: FeedDeps) {
    this.#deps = deps
  }

  async plan({ watch, unfinished, nextPost, now }: PlanRequest<Feed>) {
    const { archive, ownId, recounts } = this.#deps
    const { guildId, number, position } = watch
    const newest = await archive.newestArrival(guildId)
    const range = { after: position, to: newest }
    const arrived =
      newest > position ? await archive.arrivals(guildId, filterOf(watch), range, MOST_ARRIVALS) : []
    const bots = await this.#botsAmong(watch, arrived, now)
    if (bots === undefined) return { position, posts: [], again: LOOK_AGAIN }
    if (arrived.some(({ entry }) => GROWING.includes(entry.kind))) recounts.soon(guildId)
    const isWhole = arrived.length < MOST_ARRIVALS
    const arrivals = arrived.filter(
      ({ entry: { executorId }, grewFrom }) =>
        grewFrom === undefined && executorId !== ownId() && !bots.has(executorId),
    )
    const { posts, again } = planFeed({
      watch: number,
      position,
      arrivals,
      grown: await this.#grownPosts(watch, arrived, unfinished),
      open: unfinished.find(isOpenSummary),
      sentAt: arrivals.length > 0 ? await this.#sentAt(watch) : [],
      nextPost,
      now,
    })
    return {
      position: isWhole ? Math.max(newest, position) : (arrived.at(-1)?.number ?? position),
      posts,
      again: isWhole ? again : 0,
    }
  }

  async render(watch: Watch<Feed>, post: Post, now: number): Promise<ChannelMessage | undefined> {
    const { content } = post
    if (content.type === 'entries') return this.#renderEntries(watch, post, content.ids, now)
    if (content.type === 'summary') return this.#renderSummary(watch, post, content)
    return undefined
  }

  /**
   * The bots that made some arrivals of a feed without bots: those that were not known to be bots when the arrivals were
   * read. Undefined while it is not known yet whether a bot made one of them.
   */
  async #botsAmong(
    { guildId, definition }: Watch<Feed>,
    arrived: readonly Arrival[],
    now: number,
  ): Promise<ReadonlySet<Snowflake | null> | undefined> {
    const { archive, nameLookups } = this.#deps
    if (!definition.filter.withoutBots || arrived.length === 0) return new Set()
    const executorIds = new Set(arrived.flatMap(({ entry }) => entry.executorId ?? []))
    const names = await archive.names(guildId, [...executorIds])
    const unknown = arrived.find(
      ({ entry: { executorId } }) => executorId !== null && names.get('user', executorId) === undefined,
    )
    if (unknown !== undefined && nameLookups.isAwaited(guildId, unknown, now)) return undefined
    return new Set([...executorIds].filter((id) => names.get('user', id)?.type === 'bot'))
  }

  async #renderEntries(
    { guildId }: Watch<Feed>,
    post: Post,
    ids: readonly Snowflake[],
    now: number,
  ): Promise<ChannelMessage | undefined> {
    const { archive, postIds } = this.#deps
    const found = await Promise.all(ids.map((id) => archive.entry(guildId, id)))
    const [first, ...rest] = found.filter((entry) => entry !== undefined)
    if (first === undefined) return undefined
    const entries = [first, ...rest] as const
    const names = await archive.names(guildId, entries.flatMap(namedInEntry))
    const timeZone = timeZoneOf(await archive.settings(guildId))
    return feedEntriesReply({
      entries,
      isLate: entries.every(({ id }) => isLate(post, timeOf(id), now)),
      names,
      now,
      timeZone,
      entryId: postIds.entry(post, rest.length === 0 ? first.id : undefined),
    })
  }

  async #renderSummary(
    watch: Watch<Feed>,
    post: Post,
    content: Extract<Post['content'], { type: 'summary' }>,
  ): Promise<ChannelMessage | undefined> {
    const { archive, ownId, postIds } = this.#deps
    const { guildId } = watch
    const all = await archive.countArrivals(guildId, filterOf(watch), post)
    const counts = all.filter(({ executorId }) => executorId !== ownId())
    if (counts.length === 0) return undefined
    const executorIds = counts.flatMap(({ executorId }) => executorId ?? [])
    const names = await archive.names(guildId, [...new Set(executorIds)])
    return feedSummaryReply({ ...content, counts, names, listId: postIds.list(post, content) })
  }

  /** The posts that show the entries whose counts have grown. */
  async #grownPosts(
    { guildId, number }: Watch<Feed>,
    arrived: readonly Arrival[],
    unfinished: readonly Post[],
  ): Promise<Post[]> {
    const { archive } = this.#deps
    const grown = new Set(arrived.flatMap(({ grewFrom }) => grewFrom ?? []))
    const posts = new Map<number, Post>()
    for (const arrival of grown) {
      const isShown = ({ after, to }: Post) => after < arrival && arrival <= to
      const known = [...posts.values(), ...unfinished].find(isShown)
      const post = known ?? (await archive.postShowing(guildId, number, arrival))
      if (post) posts.set(post.number, post)
    }
    return [...posts.values()]
  }

  /** When the last posts were sent, in milliseconds since the Unix epoch. */
  async #sentAt({ guildId, number }: Watch<Feed>): Promise<number[]> {
    const newest = await this.#deps.archive.newestPosts(guildId, number, FLOOD.posts)
    return newest.flatMap(({ delivery }) => (delivery.type === 'sent' ? [timeOf(delivery.messageId)] : []))
  }
}

/** What a feed posts: nothing that is older than the feed. */
function filterOf({ setAt, definition }: Watch<Feed>): Feed['filter'] {
  return { ...definition.filter, from: setAt }
}
