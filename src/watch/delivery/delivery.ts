import { timeOf } from '../../core/snowflake.ts'
import type { Post, PostContent } from '../../core/watch/post.ts'
import type { Watch } from '../../core/watch/watch.ts'
import type { ChannelMessage } from '../../view/channel-message.ts'
import { messageOf } from '../runners.ts'
import { markerOf } from './marker.ts'
import { NONCE_LIFETIME } from './nonce.ts'
import { type Delivered, type DeliveryDeps, edit, finish, request, send, store } from './send.ts'

/**
 * Sends a post that may have been sent already, or edits one that has changed. Each step is stored before the next, so
 * that after a crash, too, the post is there once.
 */
export async function deliver(deps: DeliveryDeps, watch: Watch, post: Post): Promise<Delivered> {
  const { clock, runners, turns } = deps
  const { turns: rendering = turns } = runners[watch.definition.type]
  const message = await rendering.run(watch.guildId, () => messageOf(runners, watch, post, clock.now()))
  if (message === undefined) return finish(deps, watch, post, { type: 'dropped' })
  const { delivery } = post
  switch (delivery.type) {
    case 'planned':
      return attempt(deps, watch, post, message)
    case 'attempted':
      return isNonceKept(delivery.at, clock.now())
        ? send(deps, watch, post, message, true)
        : sendUnlessFound(deps, watch, post, message, delivery.at)
    case 'sent':
      return edit(deps, watch, post, delivery.messageId, message)
    case 'dropped':
      return { type: 'done', post }
  }
}

/** Stores that a post is sent from now on, and sends it. */
async function attempt(
  deps: DeliveryDeps,
  watch: Watch,
  post: Post,
  message: ChannelMessage,
): Promise<Delivered> {
  const attempted: Post = { ...post, delivery: { type: 'attempted', at: deps.clock.now() } }
  if (!(await store(deps, watch, attempted))) return { type: 'removed' }
  const delivered = await send(deps, watch, attempted, message)
  const isNowhere = post.delivery.type === 'planned' && isNothingPosted(delivered)
  if (isNowhere && !(await store(deps, watch, post))) return { type: 'removed' }
  return delivered
}

/** Whether Discord has surely posted nothing. Without Embed Links, it posts what is not an embed. */
function isNothingPosted(delivered: Delivered): boolean {
  if (delivered.type !== 'refused') return false
  const { obstacle } = delivered
  return obstacle.type === 'channel' || !obstacle.permissions.includes('EmbedLinks')
}

/** The nonce of the first attempt may have expired, so the message is looked for. */
async function sendUnlessFound(
  deps: DeliveryDeps,
  watch: Watch,
  post: Post,
  message: ChannelMessage,
  attemptedAt: number,
): Promise<Delivered> {
  const { posting, metrics, clock } = deps
  const marker = markerOf(message)
  // Where Discord's time was wrong at the first attempt, the message is not older than what it shows.
  const since = attemptedAt > clock.now() ? newestIn(post.content) : attemptedAt
  if (marker === undefined) return attempt(deps, watch, post, message)
  const found = await request(deps, watch, () => posting.find(watch, since - NONCE_LIFETIME, marker))
  if (found.type === 'found') {
    metrics.count('custos_posts_total', { type: watch.definition.type, outcome: 'sent' })
    // What it shows may have changed since.
    return finish(deps, watch, post, { type: 'sent', messageId: found.messageId, isChanged: true })
  }
  if (found.type === 'refused') return found
  if (found.type === 'unknown') return { type: 'unknown', post }
  // Where it cannot be looked for, it is looked for from the first attempt on as soon as it can.
  return found.type === 'unreadable'
    ? send(deps, watch, post, message, true)
    : attempt(deps, watch, post, message)
}

/** Whether Discord surely knows the nonce of a post that was first sent at a moment. Discord's time can have been wrong then. */
function isNonceKept(attemptedAt: number, now: number): boolean {
  return attemptedAt <= now && now < attemptedAt + NONCE_LIFETIME
}

/** When the newest of what a post shows was made, in milliseconds since the Unix epoch. */
function newestIn(content: PostContent): number {
  switch (content.type) {
    case 'entries':
      return Math.max(...content.ids.map(timeOf))
    case 'summary':
    case 'burst':
      return timeOf(content.to)
    case 'unreadable':
      return content.since
    case 'digest':
      return content.to
  }
}
