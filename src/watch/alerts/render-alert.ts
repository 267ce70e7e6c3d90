import { timeZoneOf } from '../../core/guild-settings.ts'
import { firstIdAt, idAfter } from '../../core/snowflake.ts'
import { burstPosts } from '../../core/watch/alerts/burst-posts.ts'
import { type Burst, Bursts, belongsTo } from '../../core/watch/alerts/bursts.ts'
import { type ActionSource, readActions } from '../../core/watch/alerts/read-actions.ts'
import { totalsOf } from '../../core/watch/alerts/totals.ts'
import { isLate, type Post } from '../../core/watch/post.ts'
import type { Alert, Watch } from '../../core/watch/watch.ts'
import type { ChannelMessage } from '../../view/channel-message.ts'
import { namedInEntry } from '../../view/named-ids.ts'
import { burstMessage } from '../../view/watch/alert/burst-message.ts'
import { moreBurstsMessage } from '../../view/watch/alert/more-bursts-message.ts'
import { unreadableMessage } from '../../view/watch/alert/unreadable-message.ts'
import type { AlertDeps } from './alert-deps.ts'
import { exemptActors } from './exempt-actors.ts'

type Content<Type> = Extract<Post['content'], { type: Type }>

/** The message of an alert's post as it is now; undefined if everything it would show is erased. */
export async function renderAlert(
  deps: AlertDeps,
  source: ActionSource,
  watch: Watch<Alert>,
  post: Post,
  now: number,
): Promise<ChannelMessage | undefined> {
  const { content } = post
  switch (content.type) {
    case 'burst':
      return renderBurst(deps, source, watch, post, content, now)
    case 'summary':
      return renderMore(deps, source, watch, post, content)
    case 'unreadable':
      return renderUnreadable(deps, watch, post, content)
    default:
      return undefined
  }
}

async function renderBurst(
  { archive, postIds, roles }: AlertDeps,
  source: ActionSource,
  watch: Watch<Alert>,
  post: Post,
  content: Content<'burst'>,
  now: number,
): Promise<ChannelMessage | undefined> {
  const { guildId, definition } = watch
  const all = await totalsOf(source, definition, content)
  const actors = [...all.actors.keys()].filter((actorId) => actorId !== null)
  const exempt = await exemptActors(watch, actors, roles.rolesOf.bind(roles))
  const totals = exempt.size === 0 ? all : await totalsOf(source, definition, content, exempt)
  const [newest] = totals.newest.slice(-1)
  if (newest === undefined) return undefined
  const found = await Promise.all(totals.newest.toReversed().map((id) => archive.entry(guildId, id)))
  const entries = found.filter((entry) => entry !== undefined)
  const named = [content.key ?? undefined, ...actors, ...entries.flatMap(namedInEntry)]
  const names = await archive.names(guildId, [...new Set(named.filter((id) => id !== undefined))])
  return burstMessage({
    watch,
    burst: content,
    totals,
    entries,
    isOpen: content.isOpen,
    isLate: isLate(post, content.lastAt, now),
    names,
    now,
    timeZone: timeZoneOf(await archive.settings(guildId)),
    listId: postIds.list(post, content),
    entryId: postIds.entry(post, newest),
  })
}

/** The bursts of a time that have no posts of their own. */
async function renderMore(
  { archive, postIds }: AlertDeps,
  source: ActionSource,
  watch: Watch<Alert>,
  post: Post,
  content: Content<'summary'>,
): Promise<ChannelMessage | undefined> {
  const { guildId, number, definition } = watch
  const { from, to } = content
  const own = burstPosts(await archive.newestPosts(guildId, number, post.number + 10))
  const found = new Bursts(definition)
  for await (const actions of readActions(source, definition, { from, to: idAfter(to) }))
    for (const action of actions) found.add(action)
  const hasPost = (burst: Burst) =>
    own.some((each) => belongsTo(each.content, { id: burst.from, key: burst.key }, definition))
  const bursts = found.all.filter((burst) => !hasPost(burst))
  if (bursts.length === 0) return undefined
  const keys = bursts.map(({ key }) => key).filter((key) => key !== null)
  const names = await archive.names(guildId, [...new Set(keys)])
  return moreBurstsMessage({ watch, bursts, from, to, names, listId: postIds.list(post, { from, to }) })
}

function renderUnreadable(
  { postIds }: AlertDeps,
  { number, definition }: Watch<Alert>,
  post: Post,
  { since, until }: Content<'unreadable'>,
): ChannelMessage {
  return unreadableMessage({
    since,
    until,
    number,
    pingRoleId: definition.pingRoleId,
    listId: postIds.list(post, { from: firstIdAt(since), to: firstIdAt(until ?? since) }),
  })
}
