import { GROWING } from '../../core/audit-log/action.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { SECOND } from '../../core/time/units.ts'
import { filterOfAlert, isAboutReading } from '../../core/watch/alerts/actions.ts'
import type { ActionSource } from '../../core/watch/alerts/read-actions.ts'
import type { Arrival } from '../../core/watch/arrival.ts'
import type { Post } from '../../core/watch/post.ts'
import type { Alert, Watch } from '../../core/watch/watch.ts'
import type { ChannelMessage } from '../../view/channel-message.ts'
import { NotYet, type Plan, type PlanRequest, type Runner } from '../runner.ts'
import { Turns } from '../turns.ts'
import type { AlertDeps } from './alert-deps.ts'
import { planArrivals } from './plan-arrivals.ts'
import { planReading } from './plan-reading.ts'
import { renderAlert } from './render-alert.ts'

/** How many arrivals are handled in one plan. Those of a long outage take several. */
const MOST_ARRIVALS = 2000

/** How soon it is tried again if Discord does not say what roles permit, in milliseconds. */
const ROLES_RETRY = 5 * SECOND

/** How many alerts are judged or shown at the same time. Some wait for Discord to say who has which role. */
const AT_ONCE = 8

/** Warns when something is done often within a short time, once a burst, and when the log can no longer be read. */
export class AlertRunner implements Runner<Alert> {
  readonly turns = new Turns(AT_ONCE)
  readonly #deps: AlertDeps

  constructor(deps: AlertDeps) {
    this.#deps = deps
  }

  render(watch: Watch<Alert>, post: Post, now: number): Promise<ChannelMessage | undefined> {
    return renderAlert(this.#deps, this.#source(watch.guildId), watch, post, now)
  }

  async plan(request: PlanRequest<Alert>): Promise<Plan> {
    const { archive, engine } = this.#deps
    const { guildId, definition, number, position, setAt } = request.watch
    const newest = Math.max(position, await archive.newestArrival(guildId))
    if (isAboutReading(definition)) {
      const last = (await archive.newestPosts(guildId, number, 1))[0]
      const posts = planReading(request, last, engine.status(guildId).lastRead)
      return { position: newest, posts }
    }
    const filter = { ...filterOfAlert(definition), from: setAt }
    const range = { after: position, to: newest }
    const arrived = newest > position ? await archive.arrivals(guildId, filter, range, MOST_ARRIVALS) : []
    // A count that has grown in an entry of days ago is not warned of: the post that warned of it is not stored any more.
    const arrivals = arrived.filter(({ grewFrom }) => grewFrom !== 0)
    this.#recount(guildId, arrivals)
    const isWhole = arrived.length < MOST_ARRIVALS
    const to = isWhole ? newest : (arrived.at(-1)?.number ?? newest)
    const { posts, again } = await planArrivals(this.#deps, this.#source(guildId), {
      ...request,
      arrivals,
      to,
    })
    return { position: to, posts, ...(isWhole ? again !== undefined && { again } : { again: 0 }) }
  }

  #source(guildId: Snowflake): ActionSource {
    const { archive, roles } = this.#deps
    const rolePermissions = () =>
      roles.permissionsIn(guildId).catch(() => {
        // It was logged why.
        throw new NotYet('Discord does not say what roles permit.', ROLES_RETRY)
      })
    return { guildId, archive, rolePermissions }
  }

  /** Discord sends no event when a count grows, and the alert may depend on it. */
  #recount(guildId: Snowflake, arrivals: readonly Arrival[]): void {
    const growing = arrivals.filter(({ entry }) => GROWING.includes(entry.kind))
    if (growing.length === 0) return
    const areNew = growing.some(({ grewFrom }) => grewFrom === undefined)
    this.#deps.engine.recountSoon(guildId, new Set(growing.map(({ entry }) => entry.kind)), areNew)
  }
}
