import { compareIds, maxId, type Snowflake, timeOf } from '../../snowflake.ts'
import { markChanged, type Post } from '../post.ts'
import { type BurstRange, type BurstRule, pauseOf } from './bursts.ts'
import type { Judgement } from './judge.ts'

/** How many bursts get posts of their own when more come at once, as after an outage. */
const MOST_POSTS = 5

type BurstContent = Extract<Post['content'], { type: 'burst' }>
type BurstPost = Post & { readonly content: BurstContent }

/** What posts are made of. Times are in milliseconds since the Unix epoch. */
interface Request {
  readonly judgement: Pick<Judgement, 'grown' | 'fresh'>
  /** The newest posts, and all that are open. */
  readonly posts: readonly Post[]
  readonly rule: BurstRule
  /** When the count of an entry within a burst last grew; undefined if none did. */
  readonly grewAt: (burst: BurstRange) => number | undefined
  readonly watch: number
  readonly nextPost: number
  readonly after: number
  readonly to: number
  readonly now: number
}

/** The posts about bursts among some posts. */
export function burstPosts(posts: readonly Post[]): BurstPost[] {
  return posts.filter((post): post is BurstPost => post.content.type === 'burst')
}

/** When the last action of a burst came: as its entry, or counted into one. */
function lastAtOf(burst: BurstRange, { grewAt }: Request): number {
  return Math.max(timeOf(burst.to), grewAt(burst) ?? 0)
}

/** The new posts about bursts, and those that have changed: they grew, or they are over. */
export function planBursts(request: Request): Post[] {
  return [...changedPosts(request), ...changedSums(request), ...newPosts(request)]
}

/** In how many milliseconds a burst is over unless something comes; undefined if none is open. */
export function untilOver(posts: readonly Post[], rule: BurstRule, now: number): number | undefined {
  const left = burstPosts(posts)
    .filter(({ content }) => content.isOpen)
    .map(({ content }) => Math.max(0, content.lastAt + pauseOf(rule) - now) + 1)
  return left.length === 0 ? undefined : Math.min(...left)
}

function changedPosts(request: Request): Post[] {
  const { judgement, posts, rule, now, to } = request
  return burstPosts(posts).flatMap((post) => {
    const { content, number } = post
    const grown = judgement.grown.get(number)
    const range = grown ?? content
    const lastAt = grown ? Math.max(content.lastAt, lastAtOf(grown, request)) : content.lastAt
    const isOpen = (grown !== undefined || content.isOpen) && now - lastAt <= pauseOf(rule)
    if (!grown && isOpen === content.isOpen) return []
    return [changed({ ...post, to }, { ...content, from: range.from, to: range.to, lastAt, isOpen })]
  })
}

/**
 * The posts that say how many more bursts there were, if others are found in their time, or if one that has a post of its
 * own grows into it: they count anew.
 */
function changedSums({ judgement, posts }: Request): Post[] {
  return posts.flatMap((post) => {
    const { content } = post
    if (content.type !== 'summary') return []
    const found = judgement.fresh.filter((burst) => isSummedBy(post, burst))
    const hasGrown = [...judgement.grown.values()].some((burst) => isSummedBy(post, burst))
    return found.length === 0 && !hasGrown
      ? []
      : [changed(post, { ...content, to: lastOf([content, ...found]) })]
  })
}

/** Whether a burst began in the time of a post that says how many more there were: it is warned of with it. */
function isSummedBy({ content }: Pick<Post, 'content'>, { from }: BurstRange): boolean {
  return (
    content.type === 'summary' && compareIds(content.from, from) <= 0 && compareIds(from, content.to) <= 0
  )
}

function newPosts(request: Request): Post[] {
  const { judgement, posts, nextPost, now, rule } = request
  const isSummed = (burst: BurstRange) => posts.some((post) => isSummedBy(post, burst))
  const fresh = judgement.fresh
    .filter((burst) => !isSummed(burst))
    .toSorted((a, b) => compareIds(a.from, b.from))
  const single = fresh.slice(fresh.length > MOST_POSTS ? 1 - MOST_POSTS : 0)
  const summed = fresh.slice(0, fresh.length - single.length)
  const [first] = summed
  const contents: Post['content'][] = [
    ...(first
      ? [
          {
            type: 'summary' as const,
            reason: 'away' as const,
            ...rangeOf(first, summed),
            lastAt: now,
            isOpen: false,
          },
        ]
      : []),
    ...single.map(({ key, from, to }) => {
      const lastAt = lastAtOf({ key, from, to }, request)
      return { type: 'burst' as const, key, from, to, lastAt, isOpen: now - lastAt <= pauseOf(rule) }
    }),
  ]
  const { watch, after, to } = request
  return contents.map((content, index) => ({
    watch,
    number: nextPost + index,
    after,
    to,
    content,
    delivery: { type: 'planned' },
  }))
}

function rangeOf(
  first: BurstRange,
  bursts: readonly BurstRange[],
): { readonly from: Snowflake; readonly to: Snowflake } {
  return { from: first.from, to: lastOf(bursts) }
}

function lastOf(ranges: readonly Pick<BurstRange, 'to'>[]): Snowflake {
  return ranges.map(({ to }) => to).reduce(maxId)
}

/** A post with other content, which is edited in if it was sent. */
export function changed(post: Post, content: Post['content']): Post {
  return markChanged({ ...post, content })
}
