import { compareIds, firstIdAt, maxId, type Snowflake, timeOf } from '../../core/snowflake.ts'
import type { AlertAction } from '../../core/watch/alerts/actions.ts'
import { burstPosts, planBursts, untilOver } from '../../core/watch/alerts/burst-posts.ts'
import { type BurstRange, pauseOf } from '../../core/watch/alerts/bursts.ts'
import { type Judgement, judge } from '../../core/watch/alerts/judge.ts'
import { type ActionSource, readActions } from '../../core/watch/alerts/read-actions.ts'
import type { Arrival } from '../../core/watch/arrival.ts'
import type { Post } from '../../core/watch/post.ts'
import type { Alert, Watch } from '../../core/watch/watch.ts'
import type { PlanRequest } from '../runner.ts'
import type { AlertDeps } from './alert-deps.ts'
import { exemptActors } from './exempt-actors.ts'

/** How many of the newest posts can still get more actions. */
const NEWEST_POSTS = 30

/** How many actions around new ones are looked at, the newest first. */
const MOST_AROUND = 100_000

interface Request extends PlanRequest<Alert> {
  /** The new arrivals. */
  readonly arrivals: readonly Arrival[]
  /** The number of the last arrival that is handled. */
  readonly to: number
}

/** The posts that new arrivals lead to, and in how many milliseconds to plan again. */
export async function planArrivals(
  { archive, roles }: AlertDeps,
  source: ActionSource,
  request: Request,
): Promise<{ readonly posts: readonly Post[]; readonly again: number | undefined }> {
  const { watch, unfinished, arrivals, nextPost, to, now } = request
  const { guildId, number, definition: rule, position } = watch
  const newest = arrivals.length > 0 ? await archive.newestPosts(guildId, number, NEWEST_POSTS) : []
  const posts = [...new Map([...newest, ...unfinished].map((post) => [post.number, post])).values()]
  const judgement = await judgeArrivals(source, watch, arrivals, posts, roles)
  const planned = planBursts({
    judgement,
    posts,
    rule,
    grewAt: (burst) => grewAt(arrivals, burst),
    watch: number,
    nextPost,
    after: position,
    to,
    now,
  })
  const after = [...new Map([...posts, ...planned].map((post) => [post.number, post])).values()]
  return { posts: planned, again: untilOver(after, rule, now) }
}

async function judgeArrivals(
  source: ActionSource,
  watch: Watch<Alert>,
  arrivals: readonly Arrival[],
  posts: readonly Post[],
  roles: AlertDeps['roles'],
): Promise<Pick<Judgement, 'grown' | 'fresh'>> {
  if (arrivals.length === 0) return { grown: new Map(), fresh: [] }
  const rule = watch.definition
  const ids = new Set(arrivals.map(({ entry }) => entry.id))
  const actions = await actionsAround(source, watch, ids)
  const known = new Map(burstPosts(posts).map(({ number, content }) => [number, content] as const))
  const isNew = (id: Snowflake) => ids.has(id)
  const judgement = judge(actions, isNew, known, rule)
  // Roles are only looked up when it would warn.
  const exempt = await exemptActors(watch, judgement.actors, roles.rolesOf.bind(roles))
  if (exempt.size === 0) return judgement
  const counted = actions.filter(({ actorId }) => actorId === null || !exempt.has(actorId))
  return judge(counted, isNew, known, rule)
}

/** The actions that can be in one burst with new ones, oldest first. */
async function actionsAround(
  source: ActionSource,
  { definition: rule, setAt }: Watch<Alert>,
  ids: ReadonlySet<Snowflake>,
): Promise<AlertAction[]> {
  const actions: AlertAction[] = []
  for (const { first, last } of clusters([...ids].toSorted(compareIds), rule.within + 2 * pauseOf(rule))) {
    const from = maxId(firstIdAt(timeOf(first) - rule.within), setAt)
    let end = timeOf(last)
    const keys = new Set<string | null>()
    for await (const read of readActions(source, rule, { from })) {
      for (const { id, key } of read) if (ids.has(id)) keys.add(key)
      for (const action of read) {
        if (timeOf(action.id) > end + pauseOf(rule)) break
        actions.push(action)
        if (keys.has(action.key)) end = Math.max(end, timeOf(action.id))
      }
      const [newest] = read.slice(-1)
      if (actions.length > MOST_AROUND) actions.splice(0, actions.length - MOST_AROUND)
      if (newest && timeOf(newest.id) > end + pauseOf(rule)) break
    }
  }
  return actions
}

/** Ids in groups that are so far apart that no burst has entries of two. */
function clusters(
  ids: readonly Snowflake[],
  apart: number,
): { readonly first: Snowflake; readonly last: Snowflake }[] {
  const found: { first: Snowflake; last: Snowflake }[] = []
  for (const id of ids) {
    const cluster = found.at(-1)
    if (cluster && timeOf(id) - timeOf(cluster.last) <= apart) cluster.last = id
    else found.push({ first: id, last: id })
  }
  return found
}

/** When the count of an entry within a burst last grew, in milliseconds since the Unix epoch. */
function grewAt(arrivals: readonly Arrival[], { from, to }: BurstRange): number | undefined {
  const grown = arrivals.filter(
    ({ entry, grewFrom }) =>
      grewFrom !== undefined && compareIds(entry.id, from) >= 0 && compareIds(entry.id, to) <= 0,
  )
  return grown.length === 0 ? undefined : Math.max(...grown.map(({ at }) => at))
}
