import type { ArchiveReader } from '../core/archive.ts'
import { backoff } from '../core/backoff.ts'
import type { Clock } from '../core/clock.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { MINUTE, SECOND } from '../core/time/units.ts'
import { isAboutReading } from '../core/watch/alerts/actions.ts'
import type { Obstacle, Watch, WatchDraft, WatchType } from '../core/watch/watch.ts'
import type { WatchChange, WatchStore } from '../core/watch/watch-store.ts'
import { pausedMessage } from '../view/watch/paused.ts'
import { Agenda } from './agenda.ts'
import { Channels } from './delivery/channels.ts'
import type { DeliveryDeps } from './delivery/send.ts'
import { PauseNotices } from './pause-notices.ts'
import type { Posting } from './posting.ts'
import { Turns } from './turns.ts'
import { type TaskDeps, WatchTask } from './watch-task.ts'

/** How many watches read or write the archive at the same time. So replies are not slowed down by many of them. */
const AT_ONCE = 4

/** The first and the longest wait before the watches are read again, in milliseconds. */
const LOAD_RETRY = { first: 5 * SECOND, longest: MINUTE }

interface Deps extends Omit<DeliveryDeps, 'channels' | 'turns'> {
  readonly archive: WatchStore & Pick<ArchiveReader, 'names'>
  /** Whether this process serves a guild. */
  readonly serves: (guildId: Snowflake) => boolean
  /** The host's clock. Only elapsed time is used. */
  readonly host: Clock
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Finds the guilds that the bot is no longer in, of some that it was in. */
type FindLeft = (known: readonly Snowflake[]) => readonly Snowflake[]

/** Whether a watch handles what arrives. A digest reads the archive when it is due. */
function follows({ definition }: Watch): boolean {
  return definition.type !== 'digest'
}

/**
 * Whether a watch can have something to do after a start although nothing has arrived: a report is due, or a log was found
 * to be unreadable before the watches were read.
 */
function isPlannedAtStart({ definition }: Watch): boolean {
  return definition.type === 'digest' || (definition.type === 'alert' && isAboutReading(definition))
}

/** The feeds, alerts and digests of the guilds that a process serves. */
export class Watcher {
  readonly #deps: Deps
  readonly #task: TaskDeps
  readonly #agenda: Agenda<WatchTask>
  readonly #notices: PauseNotices
  /** By number. */
  readonly #guilds = new Map<Snowflake, Map<number, WatchTask>>()
  /** Guilds that the bot was removed from: nothing can be posted there. */
  readonly #left = new Set<Snowflake>()
  #started: Promise<void> | undefined

  constructor(deps: Deps) {
    const { host, posting, signal } = deps
    this.#deps = deps
    this.#agenda = new Agenda(host, signal, (task) => {
      // What is due in a guild that the bot was removed from is done once it is back.
      if (!this.#left.has(task.watch.guildId)) task.due()
    })
    this.#notices = new PauseNotices({
      ...deps,
      isServed: (task) => this.#tasksOf(task.watch.guildId).includes(task),
      tell: async (watches) => {
        const [{ guildId, setBy }] = watches
        const names = await deps.archive.names(guildId, [guildId])
        await posting.tell(setBy, pausedMessage(watches, names))
      },
    })
    this.#task = {
      ...deps,
      channels: new Channels(),
      turns: new Turns(AT_ONCE),
      agenda: this.#agenda,
      onRemoved: (task) => this.#drop(task),
      onPaused: (task) => this.#notices.add(task),
    }
  }

  /**
   * A shard of the bot started a session. With the first one, the watches of the archive begin; what was left of an earlier
   * run goes on.
   * @param findLeft finds guilds that the session should list and does not
   */
  async start(findLeft: FindLeft = () => []): Promise<void> {
    this.#started ??= this.#load(findLeft)
    await this.#started
    for (const guildId of findLeft(this.guildIds)) this.guildRemoved(guildId)
  }

  /** Something arrived in guilds. It is called after it is stored. */
  arrived(guildIds: readonly Snowflake[]): void {
    for (const guildId of guildIds)
      for (const task of this.#tasksOf(guildId)) if (follows(task.watch)) task.wake()
  }

  /** Has the watches of a guild plan again, or those of one type. */
  wake(guildId: Snowflake, type?: WatchType): void {
    for (const task of this.#tasksOf(guildId))
      if (type === undefined || task.watch.definition.type === type) task.wake()
  }

  /** Stores a watch, which begins now. @returns undefined where the guild has as many as it can have */
  async add(guildId: Snowflake, change: WatchChange, draft: WatchDraft): Promise<Watch | undefined> {
    try {
      const watch = await this.#deps.archive.addWatch(guildId, change, draft)
      if (watch !== undefined) this.#take(watch).wake()
      return watch
    } catch (error) {
      void this.#findAdded(guildId)
      throw error
    }
  }

  /** Removes a watch. What it has posted stays. @returns undefined if there is none */
  async remove(guildId: Snowflake, change: WatchChange, number: number): Promise<Watch | undefined> {
    const watch = await this.#deps.archive.removeWatch(guildId, change, number)
    const task = this.#guilds.get(guildId)?.get(number)
    if (task) this.#drop(task)
    return watch
  }

  /** What keeps Custos from posting in a channel; undefined if nothing does; `unknown` if Discord did not say. */
  obstacleIn(where: Parameters<Posting['obstacleIn']>[0]): Promise<Obstacle | undefined | 'unknown'> {
    return this.#deps.posting.obstacleIn(where)
  }

  /** The channels or roles of a guild have changed, or the bot's own. */
  guildChanged(guildId: Snowflake): void {
    for (const task of this.#tasksOf(guildId)) task.retry()
  }

  /** The bot is in a guild: it joined, or the guild became available. */
  guildAvailable(guildId: Snowflake): void {
    const wasLeft = this.#left.delete(guildId)
    if (wasLeft) this.wake(guildId)
    this.guildChanged(guildId)
  }

  /** The bot was removed from a guild. Its watches stay, for as long as its data is kept. */
  guildRemoved(guildId: Snowflake): void {
    if (this.#guilds.has(guildId)) this.#left.add(guildId)
  }

  /** Data of a guild was deleted. Watches that went with it are dropped. */
  async erased(guildId: Snowflake): Promise<void> {
    const { archive, log, signal } = this.#deps
    const known = [...(this.#guilds.get(guildId)?.values() ?? [])]
    if (known.length === 0) return
    try {
      const stored = new Set((await archive.watches(guildId)).map(({ setAt }) => setAt))
      for (const task of known) if (!stored.has(task.watch.setAt)) this.#drop(task)
    } catch (error) {
      // Those that are gone end as soon as something arrives for them.
      if (!signal.aborted) log.debug({ guild: guildId, err: error }, 'What was erased could not be read.')
    }
  }

  /** How many guilds have watches. */
  get guildCount(): number {
    return this.#guilds.size
  }

  /** The guilds that have watches. */
  get guildIds(): Snowflake[] {
    return [...this.#guilds.keys()]
  }

  /** How many watches there are, by type, and how many of them are paused. */
  get counts(): ReadonlyMap<WatchType, { readonly all: number; readonly paused: number }> {
    const counts = new Map<WatchType, { all: number; paused: number }>(
      (['feed', 'alert', 'digest'] as const).map((type) => [type, { all: 0, paused: 0 }]),
    )
    for (const { watch } of this.#all()) {
      const count = counts.get(watch.definition.type)
      if (count === undefined) continue
      count.all++
      if (watch.paused !== undefined) count.paused++
    }
    return counts
  }

  /** Resolves when nothing is in progress. */
  async settled(): Promise<void> {
    await this.#notices.settled()
    await Promise.all([...this.#all()].map((task) => task.settled()))
  }

  async #load(findLeft: FindLeft): Promise<void> {
    const { archive, host, log, serves, signal } = this.#deps
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        for (const watch of await archive.allWatches()) if (serves(watch.guildId)) this.#take(watch)
        for (const guildId of findLeft(this.guildIds)) this.guildRemoved(guildId)
        for (const { guildId, number } of await archive.watchesBehind())
          if (!this.#left.has(guildId)) this.#guilds.get(guildId)?.get(number)?.wake()
        for (const task of this.#all())
          if (isPlannedAtStart(task.watch) && !this.#left.has(task.watch.guildId)) task.wake()
        return
      } catch (error) {
        if (signal.aborted) return
        log.error({ err: error }, 'The feeds, alerts and digests could not be read; they are read again.')
        await host.sleep(backoff(failures, LOAD_RETRY), signal).catch(() => {})
      }
    }
  }

  /** Looks whether a watch was stored although that failed, as when the connection was lost. The member sees it in `list`. */
  async #findAdded(guildId: Snowflake): Promise<void> {
    const { archive, host, log, signal } = this.#deps
    for (let failures = 1; ; failures++) {
      await host.sleep(backoff(failures, LOAD_RETRY), signal).catch(() => {})
      if (signal.aborted) return
      try {
        for (const watch of await archive.watches(guildId)) this.#take(watch).wake()
        return
      } catch (error) {
        if (!signal.aborted) log.debug({ guild: guildId, err: error }, 'Looking for what was set failed.')
      }
    }
  }

  /**
   * A watch that is known already stays as it is: what it has done since may not be stored yet. In a guild whose data was
   * deleted, numbers begin again, so that one of before can have the same.
   */
  #take(watch: Watch): WatchTask {
    const known = this.#guilds.get(watch.guildId)?.get(watch.number)
    if (known?.watch.setAt === watch.setAt) return known
    if (known) this.#drop(known)
    const task = new WatchTask(watch, this.#task)
    const ofGuild = this.#guilds.get(watch.guildId) ?? new Map<number, WatchTask>()
    this.#guilds.set(watch.guildId, ofGuild.set(watch.number, task))
    return task
  }

  #drop(task: WatchTask): void {
    const { guildId, number } = task.watch
    task.stop()
    const ofGuild = this.#guilds.get(guildId)
    if (ofGuild?.get(number) !== task) return
    ofGuild.delete(number)
    if (ofGuild.size > 0) return
    this.#guilds.delete(guildId)
    this.#left.delete(guildId)
  }

  /** The watches of a guild in which something can be posted. */
  #tasksOf(guildId: Snowflake): WatchTask[] {
    return this.#left.has(guildId) ? [] : [...(this.#guilds.get(guildId)?.values() ?? [])]
  }

  *#all(): Iterable<WatchTask> {
    for (const ofGuild of this.#guilds.values()) yield* ofGuild.values()
  }
}
