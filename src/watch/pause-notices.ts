import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { HOUR, SECOND } from '../core/time/units.ts'
import type { Watch } from '../core/watch/watch.ts'
import { Agenda } from './agenda.ts'
import type { WatchTask } from './watch-task.ts'

/**
 * How long it is gathered what is paused in a channel before a member is told, in milliseconds. Discord can refuse posts in
 * a guild that it removed the bot from before it says that it did.
 */
const GATHER = 5 * SECOND

/** How often a member is told about a channel at most, in milliseconds. */
const INTERVAL = HOUR

interface Deps {
  /** The host's clock. Only elapsed time is used. */
  readonly host: Clock
  readonly log: Log
  /** Whether something can be posted in the guild of a watch, and the watch is still there. */
  readonly isServed: (task: WatchTask) => boolean
  /** Tells the member who set some watches of a channel that they are paused. */
  readonly tell: (watches: readonly [Watch, ...Watch[]]) => Promise<void>
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** What a member was told or is to be told about a channel. */
interface Notice {
  readonly key: string
  /** The watches that were paused since. */
  readonly tasks: Set<WatchTask>
}

/** Tells members which of their watches are paused: of each channel in one message, and not often. */
export class PauseNotices {
  readonly #deps: Deps
  readonly #agenda: Agenda<Notice>
  /** By channel and member; only those of the last hour. */
  readonly #notices = new Map<string, Notice>()
  readonly #telling = new Set<Promise<void>>()

  constructor(deps: Deps) {
    this.#deps = deps
    this.#agenda = new Agenda(deps.host, deps.signal, (notice) => this.#due(notice))
  }

  /** A watch is paused, and the member who set it was not told. */
  add(task: WatchTask): void {
    const { channelId, setBy } = task.watch
    const key = keyOf(channelId, setBy)
    const notice = this.#notices.get(key) ?? { key, tasks: new Set() }
    if (!this.#notices.has(key)) this.#agenda.set(notice, GATHER)
    this.#notices.set(key, notice)
    notice.tasks.add(task)
  }

  /** Resolves when nobody is being told anything. */
  async settled(): Promise<void> {
    await Promise.all(this.#telling)
  }

  #due(notice: Notice): void {
    const { isServed } = this.#deps
    const [first, ...rest] = [...notice.tasks].filter(
      (task) => task.watch.paused?.isTold === false && isServed(task),
    )
    notice.tasks.clear()
    if (first === undefined) return void this.#notices.delete(notice.key)
    this.#agenda.set(notice, INTERVAL)
    const telling = this.#tell([first, ...rest]).finally(() => this.#telling.delete(telling))
    this.#telling.add(telling)
  }

  async #tell([first, ...rest]: readonly [WatchTask, ...WatchTask[]]): Promise<void> {
    const { log, signal, tell } = this.#deps
    try {
      await tell([first.watch, ...rest.map(({ watch }) => watch)])
      for (const task of [first, ...rest]) await task.told()
    } catch (error) {
      // It is told when posting is tried again.
      const { guildId } = first.watch
      if (!signal.aborted) log.error({ guild: guildId, err: error }, 'A member was not told what is paused.')
    }
  }
}

function keyOf(channelId: Snowflake, memberId: Snowflake): string {
  return `${channelId} ${memberId}`
}
