import { backoff } from '../core/backoff.ts'
import { HOUR, MINUTE, SECOND } from '../core/time/units.ts'
import type { Post } from '../core/watch/post.ts'
import type { Obstacle, Pause, Watch } from '../core/watch/watch.ts'
import type { WatchProgress } from '../core/watch/watch-store.ts'
import { deliver } from './delivery/delivery.ts'
import { EditPace } from './delivery/edit-pace.ts'
import type { DeliveryDeps } from './delivery/send.ts'
import { NotYet, type Plan } from './runner.ts'
import { planOf } from './runners.ts'

/** The first and the longest wait after a failure, in milliseconds. */
const RETRY = { first: 2 * SECOND, longest: 5 * MINUTE }

/** How often it is tried to post where that was refused, in milliseconds. */
const PAUSED_RETRY = HOUR

/** How soon a post is edited that has changed since it was sent, in milliseconds. */
const FIRST_EDIT = SECOND

/** How soon an edit is tried again while others wait for their turn, in milliseconds. */
const BUSY_RETRY = SECOND

/** How often a position is stored that has moved while nothing was posted, in milliseconds. */
const POSITION_INTERVAL = 10 * SECOND

export interface WorkDeps extends DeliveryDeps {
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** What is next after a step. Times are in milliseconds. */
export type Next =
  /** All is posted; `again` if there is something to do although nothing arrives. */
  | { readonly type: 'done'; readonly posts: readonly Post[]; readonly again?: number | undefined }
  /** Nothing can be posted until then. */
  | { readonly type: 'blocked'; readonly again: number }
  | { readonly type: 'removed' }

/** Custos stops: what is left is done after the next start. */
const STOPPED: Next = { type: 'blocked', again: 0 }

/** Plans and posts what one watch has to post, a step at a time. */
export class WatchWork {
  watch: Watch
  readonly #deps: WorkDeps
  /** When the position was stored, by elapsed time. */
  #savedAt = Number.NEGATIVE_INFINITY
  #failures = 0
  /** Whether the archive may have stored more, or less, than is known here. */
  #isUncertain = false
  /** The number of the last post; undefined until it is needed. */
  #lastPost: number | undefined
  /** Undefined while nothing is edited. */
  #edits: EditPace | undefined

  constructor(watch: Watch, deps: WorkDeps) {
    this.watch = watch
    this.#deps = deps
  }

  /**
   * Does what there is to do.
   * @param hasMore whether something has come since it began
   */
  async step(hasMore: () => boolean): Promise<Next> {
    const { log, signal } = this.#deps
    try {
      const next = await this.#step(hasMore)
      if (next.type === 'done') this.#rest(next.posts)
      return next
    } catch (error) {
      const fields = { guild: this.watch.guildId, watch: this.watch.number, err: error }
      if (error instanceof NotYet) {
        log.debug(fields, 'A feed, alert or digest cannot post yet; it is tried again.')
        return { type: 'blocked', again: error.wait }
      }
      if (!signal.aborted) log.error(fields, 'A feed, alert or digest could not go on; it is tried again.')
      this.#isUncertain = true
      return this.#failed()
    }
  }

  /**
   * Stores that the member who set the watch was told that it is paused, or cannot be told.
   * @returns false if the watch was removed
   */
  async storeTold(): Promise<boolean> {
    const { log, signal } = this.#deps
    const { guildId, number, paused } = this.watch
    if (paused === undefined) return true
    try {
      return await this.#inTurn(() => this.#save({ paused: { ...paused, isTold: true } }))
    } catch (error) {
      const fields = { guild: guildId, watch: number, err: error }
      if (!signal.aborted) log.error(fields, 'It could not be stored that a member was told of a pause.')
      this.#isUncertain = true
      return true
    }
  }

  /** Delivers what is left, plans, and delivers that. */
  async #step(hasMore: () => boolean): Promise<Next> {
    const { archive } = this.#deps
    const { guildId, number } = this.watch
    if (this.#isUncertain && !(await this.#reread())) return { type: 'removed' }
    const unfinished = await this.#inTurn(() => archive.unfinishedPosts(guildId, number))
    let delivered = await this.#deliver(unfinished, hasMore)
    for (;;) {
      if (delivered.type !== 'done') return delivered
      if (this.#deps.signal.aborted) return STOPPED
      const plan = await this.#plan(delivered.posts)
      if (plan === undefined) return { type: 'removed' }
      if (plan.posts.length > 0) delivered = await this.#deliver(merged(delivered.posts, plan.posts), hasMore)
      if (delivered.type !== 'done') return delivered
      if (plan.again !== 0) return { ...delivered, again: sooner(delivered.again, plan.again) }
    }
  }

  /**
   * Reads how far the watch is: what was being stored when the connection was lost can be stored.
   * @returns false if the watch was removed
   */
  async #reread(): Promise<boolean> {
    const { guildId, setAt } = this.watch
    const watches = await this.#inTurn(() => this.#deps.archive.watches(guildId))
    const stored = watches.find((each) => each.setAt === setAt)
    if (stored === undefined) return false
    this.watch = stored
    this.#lastPost = undefined
    this.#isUncertain = false
    return true
  }

  /** Plans and stores the plan; undefined if the watch was removed. */
  async #plan(unfinished: readonly Post[]): Promise<Plan | undefined> {
    const { archive, clock, runners, turns } = this.#deps
    const { watch } = this
    const { guildId, number, position, doneTo } = watch
    this.#lastPost ??= (await this.#inTurn(() => archive.newestPosts(guildId, number, 1)))[0]?.number ?? 0
    const request = { watch, unfinished, nextPost: this.#lastPost + 1, now: clock.now() }
    const { turns: planning = turns } = runners[watch.definition.type]
    const plan = await planning.run(guildId, () => planOf(runners, request))
    const isDone = plan.posts.length > 0 || (plan.doneTo ?? doneTo) !== doneTo
    const isMoved = plan.position !== position && clock.elapsed() - this.#savedAt >= POSITION_INTERVAL
    // In a busy guild most of what arrives is nothing to most watches. After a crash it is handled again, to the same end.
    if (!isDone && !isMoved) this.watch = { ...watch, position: plan.position }
    else if (!(await this.#inTurn(() => this.#save(plan)))) return undefined
    this.#lastPost = Math.max(this.#lastPost, ...plan.posts.map((post) => post.number))
    return plan
  }

  /** Reads or writes the archive when it is the guild's turn. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#deps.turns.run(this.watch.guildId, work)
  }

  /**
   * Sends posts in their order, and then edits those that have changed, if they may be edited now, the most overdue first.
   * What has arrived meanwhile is planned after the first edit, since it may need a new post.
   */
  async #deliver(posts: readonly Post[], hasMore: () => boolean): Promise<Next> {
    const { clock, posting, signal } = this.#deps
    const delivered = new Map(posts.map((post) => [post.number, post]))
    let again: number | undefined
    const unsent = posts.filter(
      ({ delivery }) => delivery.type === 'planned' || delivery.type === 'attempted',
    )
    const waitFor = (post: Post) => this.#edits?.waitFor(post, clock.elapsed(), clock.now()) ?? 0
    const edited = posts.filter(isChanged).toSorted((a, b) => waitFor(a) - waitFor(b))
    for (const post of [...unsent, ...edited]) {
      const isEdit = isChanged(post)
      const wait = isEdit ? Math.max(waitFor(post), busyFor(-waitFor(post), posting.editsWaiting())) : 0
      if (wait > 0) {
        again = sooner(again, wait)
        continue
      }
      if (signal.aborted) return STOPPED
      const result = await deliver(this.#deps, this.watch, post)
      if (result.type === 'removed') return result
      if (result.type === 'refused') return this.#pause(result.obstacle)
      this.#edits ??= new EditPace()
      if (result.type === 'busy') again = sooner(again, BUSY_RETRY)
      else if (result.type === 'done') {
        if (result.post.delivery.type === 'sent') await this.#worked()
        this.#edits.done(post, clock.elapsed())
        delivered.set(post.number, result.post)
        if (isChanged(result.post)) again = sooner(again, FIRST_EDIT)
        if (isEdit && hasMore()) return { type: 'done', posts: [...delivered.values()], again: 0 }
      } else if (isEdit) {
        // An edit that fails does not keep later entries from being posted.
        this.#edits.failed(post, clock.elapsed())
        again = sooner(again, this.#edits.waitFor(post, clock.elapsed(), clock.now()))
      } else return this.#failed()
    }
    return { type: 'done', posts: [...delivered.values()], again }
  }

  async #worked(): Promise<void> {
    const { log } = this.#deps
    const { guildId, number, paused } = this.watch
    this.#failures = 0
    if (paused === undefined) return
    await this.#save({ paused: null })
    log.info({ guild: guildId, watch: number }, 'A feed, alert or digest can post again.')
  }

  /** Nothing can be posted in the channel: what arrives waits until it can. */
  async #pause(obstacle: Obstacle): Promise<Next> {
    const { clock, log } = this.#deps
    const { guildId, number, channelId, paused } = this.watch
    const pause: Pause = { since: clock.now(), isTold: false, ...paused, obstacle }
    if (!(await this.#save({ paused: pause }))) return { type: 'removed' }
    if (paused === undefined) {
      const fields = { guild: guildId, watch: number, channel: channelId, obstacle: obstacle.type }
      log.warn(fields, 'A feed, alert or digest cannot post in its channel; it is paused until it can.')
    }
    return { type: 'blocked', again: PAUSED_RETRY }
  }

  #failed(): Next {
    return { type: 'blocked', again: backoff(++this.#failures, RETRY) }
  }

  /** @returns false if the watch was removed */
  async #save({
    position,
    doneTo,
    paused,
    posts,
  }: Partial<Plan> & Pick<WatchProgress, 'paused'>): Promise<boolean> {
    const { archive } = this.#deps
    const { watch } = this
    const progress: WatchProgress = {
      ...(position !== undefined && { position }),
      ...(doneTo !== undefined && { doneTo }),
      ...(paused !== undefined && { paused }),
      ...(posts !== undefined && { posts }),
    }
    if (!(await archive.saveProgress(watch.guildId, watch.number, progress))) return false
    if (position !== undefined) this.#savedAt = this.#deps.clock.elapsed()
    this.watch = {
      ...watch,
      position: position ?? watch.position,
      doneTo: doneTo ?? watch.doneTo,
      paused: paused === undefined ? watch.paused : (paused ?? undefined),
    }
    return true
  }

  /** Keeps what is needed only while something is to be edited. */
  #rest(posts: readonly Post[]): void {
    this.#failures = 0
    if (!posts.some((post) => isChanged(post) || ('isOpen' in post.content && post.content.isOpen)))
      this.#edits = undefined
  }
}

/**
 * How long an edit makes way for those that wait for their turn, in milliseconds: for fewer of them the longer it is overdue,
 * so that the most overdue come first.
 */
function busyFor(overdue: number, editsWaiting: number): number {
  return editsWaiting * SECOND <= overdue ? 0 : BUSY_RETRY
}

function isChanged({ delivery }: Post): boolean {
  return delivery.type === 'sent' && delivery.isChanged
}

/** Earlier posts with those that have changed and new ones in place. */
function merged(posts: readonly Post[], changed: readonly Post[]): Post[] {
  return [...new Map([...posts, ...changed].map((post) => [post.number, post])).values()]
}

function sooner(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return Math.min(one, other)
}
