import { setTimeout as sleep } from 'node:timers/promises'
import type { Guild } from '../../../sandbox/world/guild.ts'
import { compareArchive, type Differences } from '../compare.ts'
import type { Period } from './connections.ts'
import { faultsWith, kill, type Lengths } from './faults.ts'
import { judge, type Verdict } from './judge.ts'
import { ProcessesSetup, type SetupOptions } from './setup.ts'
import { Traffic } from './traffic.ts'

/** The pause between two looks at what is due, in milliseconds. */
const TICK = 50

/** How long the bot may take for what is expected of it after the last fault, in milliseconds. */
const LONGEST_WAIT = 180_000

export interface ProcessesSoakOptions extends SetupOptions {
  /** How long moderators act and ask, in milliseconds. */
  readonly length: number
  /** After how long the next process is killed, the first after half of it, in milliseconds; undefined for never. */
  readonly killEvery?: number | undefined
  /** After how long the next fault of any kind happens, in milliseconds; undefined for never. */
  readonly faultEvery?: number | undefined
  /** How long the faults last. */
  readonly faultLengths: Lengths
  /** After how long another process has to have connected the shards of one that is gone, in milliseconds. */
  readonly takeOver: number
  readonly eventsPerSecond: number
  readonly questionsPerSecond: number
}

export interface ProcessesSoakResult extends Verdict {
  readonly faults: Readonly<Record<string, number>>
  /** The entries in Discord’s logs. */
  readonly entries: number
  /** The feeds and alerts that were set, and the messages that they posted. */
  readonly watches: number
  readonly posts: number
  readonly lost: number
  readonly invented: number
  readonly wrong: number
}

/**
 * Runs a bot in several processes, which share the shards and a database, while moderators act and ask all the time and
 * processes fail; then compares the archive with Discord’s logs.
 */
export async function soakProcesses(options: ProcessesSoakOptions): Promise<ProcessesSoakResult> {
  const setup = await ProcessesSetup.start(options)
  try {
    return await new ProcessesSoak(setup, options).run()
  } finally {
    await setup.close()
  }
}

class ProcessesSoak {
  readonly #setup: ProcessesSetup
  readonly #options: ProcessesSoakOptions
  readonly #traffic: Traffic
  readonly #faults: Record<string, number> = {}
  readonly #ending: { readonly due: number; readonly end: () => void | Promise<void> }[] = []
  readonly #problems: string[] = []
  readonly #outages = { ofDatabase: noPeriods(), ofProcesses: noPeriods() }

  constructor(setup: ProcessesSetup, options: ProcessesSoakOptions) {
    const { seed, eventsPerSecond, questionsPerSecond } = options
    const { town, guilds } = setup
    this.#setup = setup
    this.#options = options
    this.#traffic = new Traffic({ town, guilds, seed, eventsPerSecond, questionsPerSecond })
  }

  async run(): Promise<ProcessesSoakResult> {
    const { guilds } = this.#setup
    await this.#settle('at the start')
    await this.#setup.watches.setAll()
    const from = performance.now()
    this.#traffic.start()
    await this.#fail(from + this.#options.length)
    await this.#endFaults(Number.POSITIVE_INFINITY)
    await this.#traffic.stop()
    await this.#settle('at the end')
    const until = performance.now()
    const { lost, invented, wrong, problems } = await this.#compare()
    const posts = await this.#wrongPosts()
    const range = { from, until }
    const verdict = judge(this.#setup, this.#traffic, {
      range,
      outages: this.#outages,
      takeOver: this.#options.takeOver,
    })
    return {
      ...verdict,
      faults: this.#faults,
      entries: guilds.reduce((sum, { log }) => sum + log.since().length, 0),
      ...this.#setup.watches.counts,
      lost,
      invented,
      wrong,
      problems: [...this.#problems, ...problems, ...posts, ...verdict.problems],
    }
  }

  /** Lets processes fail until a time. */
  async #fail(until: number): Promise<void> {
    const { killEvery = Number.POSITIVE_INFINITY, faultEvery = Number.POSITIVE_INFINITY } = this.#options
    const { faultLengths } = this.#options
    const { random } = this.#setup
    const faults = faultsWith(faultLengths)
    let [nextKill, nextFault] = [performance.now() + killEvery / 2, performance.now() + faultEvery]
    for (; performance.now() < until; await sleep(TICK)) {
      this.#noteOutage()
      await this.#endFaults(performance.now())
      if (performance.now() >= nextKill) {
        nextKill += killEvery
        await this.#inject('a process is killed', kill(faultLengths.short))
      }
      if (performance.now() >= nextFault) {
        nextFault += faultEvery
        await this.#inject(
          ...random.weighted(faults.map(([name, fault, weight]) => [[name, fault] as const, weight])),
        )
      }
    }
  }

  async #inject(name: string, fault: ReturnType<typeof kill>): Promise<void> {
    const from = performance.now()
    const ending = await fault(this.#setup)
    // PostgreSQL may be up again by now.
    if (name.startsWith('PostgreSQL')) this.#outages.ofDatabase.push({ from, until: performance.now() })
    this.#faults[name] = (this.#faults[name] ?? 0) + 1
    if (ending) this.#ending.push({ due: performance.now() + ending.after, end: ending.end })
  }

  async #endFaults(now: number): Promise<void> {
    for (const each of this.#ending.filter(({ due }) => due <= now)) {
      this.#ending.splice(this.#ending.indexOf(each), 1)
      await each.end()
    }
  }

  #noteOutage(): void {
    const { bots, database, options } = this.#setup
    const running = bots.filter((bot) => bot.isRunning && !bot.isCutOff).length
    if (!database.isUp) extend(this.#outages.ofDatabase)
    if (running < Math.ceil(options.shards / options.shardsPerProcess)) extend(this.#outages.ofProcesses)
  }

  /** Resolves once all shards are connected and all answers are right. */
  async #settle(when: string): Promise<void> {
    const { guilds, registrations } = this.#setup
    if (!(await this.#setup.until(() => registrations.length > 0, LONGEST_WAIT)))
      throw new Error('The commands are never registered.')
    if (!(await this.#setup.allServed(LONGEST_WAIT))) this.#problems.push(`Not all shards connect ${when}.`)
    let wrong: string[] = []
    const areRight = async () => {
      wrong = (await Promise.all(guilds.map((guild: Guild) => this.#traffic.wrongAnswers(guild)))).flat()
      return wrong.length === 0
    }
    if (!(await this.#setup.until(areRight, LONGEST_WAIT)))
      this.#problems.push(...wrong.map((line) => `${when}: ${line}`))
  }

  /** Waits until every feed and alert has posted what it should have. @returns what is wrong if that does not happen */
  async #wrongPosts(): Promise<string[]> {
    let problems: string[] = []
    await this.#setup.until(async () => {
      problems = await this.#setup.watches.problems()
      return problems.length === 0
    }, LONGEST_WAIT)
    return problems
  }

  /** Compares the archive with Discord’s logs, as soon as the last events are written. */
  async #compare(): Promise<Differences> {
    let differences = await compareArchive(this.#setup)
    await this.#setup.until(async () => {
      differences = await compareArchive(this.#setup)
      const { lost, invented, wrong, problems } = differences
      return lost + invented + wrong + problems.length === 0
    }, 20_000)
    return differences
  }
}

function noPeriods(): Period[] {
  return []
}

/** Records that something goes on, which may have been recorded a moment ago. */
function extend(periods: Period[]): void {
  const now = performance.now()
  const last = periods.at(-1)
  if (last && now - last.until < 10 * TICK) last.until = now
  else periods.push({ from: now, until: now })
}
