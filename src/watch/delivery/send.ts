import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import type { Metrics } from '../../core/metrics/metrics.ts'
import { type Snowflake, timeOf } from '../../core/snowflake.ts'
import type { DeliveryResult } from '../../core/watch/delivery-result.ts'
import type { Delivery, Post } from '../../core/watch/post.ts'
import type { Obstacle, Watch } from '../../core/watch/watch.ts'
import type { WatchStore } from '../../core/watch/watch-store.ts'
import type { ChannelMessage } from '../../view/channel-message.ts'
import { unshownReply } from '../../view/watch/unshown.ts'
import type { Posting } from '../posting.ts'
import type { Runners } from '../runners.ts'
import type { Turns } from '../turns.ts'
import type { Channels } from './channels.ts'
import { nonceOf } from './nonce.ts'

export interface DeliveryDeps {
  readonly archive: WatchStore
  readonly posting: Posting
  readonly runners: Runners
  readonly channels: Channels
  /** Limits how much is read and written at the same time. */
  readonly turns: Turns
  /** Discord's time. */
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
}

/** What came of delivering a post. */
export type Delivered =
  /** It needs nothing more for now. */
  | { readonly type: 'done'; readonly post: Post }
  /** Nothing can be posted in the channel. */
  | { readonly type: 'refused'; readonly obstacle: Obstacle }
  /** It is to be tried again. */
  | { readonly type: 'unknown'; readonly post: Post }
  /** It is not edited yet, because other edits wait. */
  | { readonly type: 'busy' }
  /** The watch was removed. */
  | { readonly type: 'removed' }

/**
 * Sends a post, and stores what came of it.
 * @param isThere whether it may be there already: Discord gives the message as it was sent first, so it is edited then
 */
export async function send(
  deps: DeliveryDeps,
  watch: Watch,
  post: Post,
  message: ChannelMessage,
  isThere = false,
): Promise<Delivered> {
  const nonce = nonceOf(watch.guildId, post)
  const result = await request(deps, watch, () => deps.posting.send(watch, message, nonce))
  if (message.withoutFiles && lacksOnlyFiles(result))
    return send(deps, watch, post, message.withoutFiles, isThere)
  if (result.type === 'invalid') return sendUnshown(deps, watch, post)
  if (result.type === 'sent') timePost(deps, watch, post)
  return conclude(deps, watch, post, result, 'sent', isThere)
}

/** Whether a message was refused for its files alone. */
function lacksOnlyFiles(result: DeliveryResult): boolean {
  if (result.type !== 'refused' || result.obstacle.type !== 'permissions') return false
  const { permissions } = result.obstacle
  return permissions.length === 1 && permissions[0] === 'AttachFiles'
}

/** Behind how many others an edit waits for its turn at most: as long as it waits, nothing else is posted in its channel. */
const MOST_WAITING = 20

const BUSY = { type: 'busy' } as const

/** Edits a post that has changed, and stores what came of it. */
export async function edit(
  deps: DeliveryDeps,
  watch: Watch,
  post: Post,
  messageId: Snowflake,
  message: ChannelMessage,
): Promise<Delivered> {
  const { posting } = deps
  const result = await request(deps, watch, async () =>
    posting.editsWaiting() <= MOST_WAITING ? posting.edit(watch, messageId, message) : BUSY,
  )
  if (result.type === 'busy') return result
  if (message.withoutFiles && lacksOnlyFiles(result))
    return edit(deps, watch, post, messageId, message.withoutFiles)
  if (result.type === 'invalid') {
    countInvalid(deps, watch)
    deps.log.error(fieldsOf(watch, post), 'Discord does not accept a changed post; it stays as it is.')
    return finish(deps, watch, post, { type: 'sent', messageId, isChanged: false })
  }
  return conclude(deps, watch, post, result, 'edited')
}

/** Discord did not accept a post. So that nothing happens unseen, another one says that it cannot be shown. */
async function sendUnshown(deps: DeliveryDeps, watch: Watch, post: Post): Promise<Delivered> {
  countInvalid(deps, watch)
  deps.log.error(fieldsOf(watch, post), 'Discord does not accept a post; another one says so in its place.')
  const nonce = nonceOf(watch.guildId, post)
  const result = await request(deps, watch, () => deps.posting.send(watch, unshownReply(post), nonce))
  if (result.type === 'invalid') return finish(deps, watch, post, { type: 'dropped' })
  return conclude(deps, watch, post, result, 'sent')
}

/** Stores what came of a request. */
async function conclude(
  deps: DeliveryDeps,
  watch: Watch,
  post: Post,
  result: Exclude<DeliveryResult, { type: 'invalid' }>,
  done: 'sent' | 'edited',
  isChanged = false,
): Promise<Delivered> {
  const outcome = result.type === 'sent' ? done : result.type
  deps.metrics.count('custos_posts_total', { type: watch.definition.type, outcome })
  if (result.type === 'refused') return result
  if (result.type === 'unknown') return { type: 'unknown', post }
  return finish(
    deps,
    watch,
    post,
    result.type === 'deleted'
      ? { type: 'dropped' }
      : { type: 'sent', messageId: result.messageId, isChanged },
  )
}

/** Stores how far a post has come. */
export async function finish(
  deps: DeliveryDeps,
  watch: Watch,
  post: Post,
  delivery: Delivery,
): Promise<Delivered> {
  const finished: Post = { ...post, delivery }
  return (await store(deps, watch, finished)) ? { type: 'done', post: finished } : { type: 'removed' }
}

/** @returns false if the watch was removed */
export function store({ archive, turns }: DeliveryDeps, watch: Watch, post: Post): Promise<boolean> {
  return turns.run(watch.guildId, () => archive.saveProgress(watch.guildId, watch.number, { posts: [post] }))
}

/** Makes a request in the channel of a watch. */
export function request<Result>(
  { channels }: DeliveryDeps,
  { channelId }: Watch,
  make: () => Promise<Result>,
): Promise<Result> {
  return channels.run(channelId, make)
}

/** How long it took from the last act that a post shows. */
function timePost(
  { clock, metrics }: DeliveryDeps,
  { definition: { type } }: Watch,
  { content }: Post,
): void {
  const id = 'ids' in content ? content.ids.at(-1) : 'isOpen' in content ? content.to : undefined
  if (id !== undefined) metrics.time('custos_post_delay_seconds', { type }, clock.now() - timeOf(id))
}

function countInvalid({ metrics }: DeliveryDeps, { definition: { type } }: Watch): void {
  metrics.count('custos_posts_total', { type, outcome: 'invalid' })
}

function fieldsOf({ guildId, number }: Watch, post: Post): object {
  return { guild: guildId, watch: number, post: post.number }
}
