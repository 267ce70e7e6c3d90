import { maxId, minId, type Snowflake, timeOf } from '../../snowflake.ts'
import { MINUTE, SECOND } from '../../time/units.ts'
import type { Arrival } from '../arrival.ts'
import { LATE, markChanged, type Post, type PostContent } from '../post.ts'

/** How many entries a post of a feed shows. More are summed up. */
export const MOST_SHOWN = 10

/** So many posts of a feed within so many milliseconds are a flood: what comes next is summed up. */
export const FLOOD = { posts: 5, within: 30 * SECOND } as const

/** How long after its last entry a summary stays open, in milliseconds. */
export const QUIET = MINUTE

/**
 * How long after it was sent a summary is closed although it goes on, in milliseconds. What comes then is in other posts,
 * since Discord lets a bot make only few edits of messages that are older than an hour.
 */
const LONGEST = 50 * MINUTE

type Summary = Extract<PostContent, { type: 'summary' }>

/** An open summary of a feed. */
export type OpenSummary = Post & { readonly content: Summary }

/** What a feed plans from. */
export interface FeedState {
  /** The number of the feed. */
  readonly watch: number
  /** The arrivals up to this one are in earlier posts. */
  readonly position: number
  /** The entries to post, each once, in order. */
  readonly arrivals: readonly Arrival[]
  /** The posts that show entries whose counts have grown. */
  readonly grown: readonly Post[]
  /** The summary that entries are added to. */
  readonly open: OpenSummary | undefined
  /** When the last posts were sent, in milliseconds since the Unix epoch. */
  readonly sentAt: readonly number[]
  readonly nextPost: number
  /** By Discord's time, in milliseconds since the Unix epoch. */
  readonly now: number
}

/** The posts of a feed that are new or changed, and in how many milliseconds its open summary ends. */
export interface FeedPlan {
  readonly posts: readonly Post[]
  readonly again?: number
}

/** Decides how a feed posts entries: as they are, or summed up where there are many of them. Each is in one post. */
export function planFeed(state: FeedState): FeedPlan {
  const { arrivals, grown, now } = state
  const isQuiet = state.open !== undefined && hasEnded(state.open, now)
  const goesOn = state.open !== undefined && !isQuiet && arrivals.length > 0 && isLong(state.open, now)
  const isOver = isQuiet || goesOn
  const open = isOver ? undefined : state.open
  const lateCount = arrivals.findLastIndex(({ entry }) => now - timeOf(entry.id) > LATE) + 1
  const late: readonly Arrival[] = arrivals.slice(0, lateCount)
  const live: readonly Arrival[] = arrivals.slice(lateCount)
  // An open flood takes everything; a summary of what came while Custos was away, only what is late.
  const added = open === undefined ? [] : open.content.reason === 'flood' ? arrivals : late
  const rest = added === arrivals ? [] : open === undefined ? [late, live] : [live]
  const parts = rest.filter((part) => isFilled(part))
  const news = newPosts(state, added.at(-1)?.number ?? state.position, parts)

  const current = state.open && closedIf(isOver || news.length > 0, extended(state.open, added, now), goesOn)
  const changes = [
    ...grown.filter(({ delivery }) => delivery.type !== 'dropped').map(markChanged),
    ...(current && current !== state.open ? [current] : []),
    ...news,
  ]
  const posts = [...new Map(changes.map((post) => [post.number, post])).values()]
  const last = news.at(-1) ?? current
  return { posts, ...(isOpenSummary(last) && { again: Math.max(0, last.content.lastAt + QUIET - now) }) }
}

/** Whether entries are added to a post. */
export function isOpenSummary(post: Post | undefined): post is OpenSummary {
  return post?.content.type === 'summary' && post.content.isOpen
}

/** A summary ends after a quiet while, or when its message was deleted. */
function hasEnded({ content, delivery }: OpenSummary, now: number): boolean {
  return delivery.type === 'dropped' || now - content.lastAt >= QUIET
}

function isLong({ delivery }: OpenSummary, now: number): boolean {
  return delivery.type === 'sent' && now - timeOf(delivery.messageId) >= LONGEST
}

/** A post for each part. Only the last one stays open. */
function newPosts(
  { watch, nextPost, now, sentAt }: FeedState,
  after: number,
  parts: readonly (readonly [Arrival, ...Arrival[]])[],
): Post[] {
  const recent = sentAt.filter((at) => now - at < FLOOD.within).length
  let last = after
  return parts.map((part, index) => {
    const isSummedUp = part.length > MOST_SHOWN || recent + index >= FLOOD.posts
    const post: Post = {
      watch,
      number: nextPost + index,
      after: last,
      to: part.at(-1)?.number ?? last,
      content: isSummedUp
        ? summaryOf(part, now, index === parts.length - 1)
        : { type: 'entries', ids: idsOf(part) },
      delivery: { type: 'planned' },
    }
    last = post.to
    return post
  })
}

function summaryOf(part: readonly [Arrival, ...Arrival[]], now: number, isOpen: boolean): Summary {
  const ids = idsOf(part)
  // One entry that Discord had left out may be found in the middle of a raid.
  const late = ids.filter((id) => now - timeOf(id) > LATE).length
  const reason = late * 2 > ids.length ? 'away' : 'flood'
  return { type: 'summary', reason, from: ids.reduce(minId), to: ids.reduce(maxId), lastAt: now, isOpen }
}

/** A summary with more entries. */
function extended(post: OpenSummary, added: readonly Arrival[], now: number): OpenSummary {
  const last = added.at(-1)
  if (last === undefined) return post
  const { content } = post
  const ids = added.map(({ entry }) => entry.id)
  const [from, to] = [ids.reduce(minId, content.from), ids.reduce(maxId, content.to)]
  return { ...markChanged(post), to: last.number, content: { ...content, from, to, lastAt: now } }
}

function closedIf(isClosed: boolean, post: OpenSummary, goesOn: boolean): OpenSummary {
  if (!isClosed) return post
  return { ...markChanged(post), content: { ...post.content, isOpen: false, ...(goesOn && { goesOn }) } }
}

function idsOf([first, ...rest]: readonly [Arrival, ...Arrival[]]): [Snowflake, ...Snowflake[]] {
  return [first.entry.id, ...rest.map(({ entry }) => entry.id)]
}

function isFilled(part: readonly Arrival[]): part is readonly [Arrival, ...Arrival[]] {
  return part.length > 0
}
