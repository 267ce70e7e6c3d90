import { inspect } from 'node:util'
import type { Reply } from '../../sandbox/member-client/reply.ts'
import { ArchiveUnavailable } from '../../src/core/errors.ts'
import { textOf } from '../support/read.ts'
import { act } from './actions.ts'
import { ARCHIVE_DOWN, isAnswered, isPartial, totalIn, UNREAD } from './answers.ts'
import { compareArchive, readAt, waitUntilRead, wrongPosts, wrongReply } from './compare.ts'
import type { OpenDatabase } from './database.ts'
import type { EndFault } from './faults/fault.ts'
import { faultsOf } from './faults.ts'
import { SoakSetup } from './soak-setup.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface SoakOptions {
  readonly seed: number
  readonly faults: number
  /** After how many faults all of them are ended and the archive is compared with Discord's log. */
  readonly compareEvery: number
  /** The database of the archive; a file of SQLite by default. */
  readonly openDatabase?: OpenDatabase
}

export interface SoakResult {
  readonly seed: number
  /** How often each fault was injected. */
  readonly faults: Readonly<Record<string, number>>
  /** The entries in Discord's log. */
  readonly entries: number
  readonly queries: number
  readonly comparisons: number
  /** The feeds, alerts and digests that were set, and the messages that they posted. */
  readonly watches: number
  readonly posts: number
  /** The differences in all comparisons: entries that are missing, that do not exist, and that have a wrong count or executor. */
  readonly lost: number
  readonly invented: number
  readonly wrong: number
  readonly problems: readonly string[]
}

/** Runs a bot for a month with one fault after another, and compares its archive with Discord's log. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const setup = await SoakSetup.start(options.seed, options.openDatabase)
  try {
    return await new Soak(setup, options).run()
  } finally {
    await setup.close()
  }
}

class Soak {
  readonly #setup: SoakSetup
  readonly #options: SoakOptions
  readonly #activeFaults: { readonly end: EndFault; readonly after: number }[] = []
  readonly #faults: Record<string, number> = {}
  readonly #problems: string[] = []
  #queries = 0
  #comparisons = 0
  #lost = 0
  #invented = 0
  #wrong = 0

  constructor(setup: SoakSetup, options: SoakOptions) {
    this.#setup = setup
    this.#options = options
  }

  async run(): Promise<SoakResult> {
    const { seed, faults, compareEvery } = this.#options
    const { clock, random, guilds, log } = this.#setup
    const step = (30 * DAY) / faults
    for (let count = 1; count <= faults; count++) {
      // Sometimes there are more actions at once than fit on a page of the log.
      const actions = random.chance(0.12) ? random.whole(100, 160) : random.whole(0, 4)
      for (let left = actions; left > 0; left--) act(this.#setup, random.pick(guilds))
      await this.#injectFault(count)
      await this.#setup.idle()
      // Much happens within seconds, too.
      clock.advance(random.chance(0.4) ? random.whole(0, 20_000) : random.whole(0, step * 2))
      await this.#endFaults(count)
      await this.#setup.idle()
      if (random.chance(0.1)) await this.#runQuery()
      if (random.chance(0.04)) await this.#setup.watches.change()
      if (count % compareEvery === 0) await this.#compare()
    }
    for (const { level, message, facts } of log.lines) {
      if (level === 'error' && !isOutage(facts)) this.#problems.push(`logged: ${message} ${inspect(facts)}`)
    }
    return {
      seed,
      faults: this.#faults,
      entries: guilds.reduce((sum, guild) => sum + guild.log.since().length, 0),
      queries: this.#queries,
      comparisons: this.#comparisons,
      ...this.#setup.watches.counts,
      lost: this.#lost,
      invented: this.#invented,
      wrong: this.#wrong,
      problems: this.#problems,
    }
  }

  async #injectFault(count: number): Promise<void> {
    const { random } = this.#setup
    const [name, inject] = random.weighted(
      faultsOf(this.#setup).map(([name, fault, weight]) => [[name, fault] as const, weight]),
    )
    this.#faults[name] = (this.#faults[name] ?? 0) + 1
    const end = await inject(this.#setup)
    if (end) this.#activeFaults.push({ end, after: count + random.whole(0, 2) })
  }

  async #endFaults(count: number): Promise<void> {
    const due = this.#activeFaults.filter(({ after }) => after <= count)
    for (const each of due) {
      this.#activeFaults.splice(this.#activeFaults.indexOf(each), 1)
      await each.end()
    }
  }

  /** A moderator runs a command during the faults: it is answered, and complete unless the reply says otherwise. */
  async #runQuery(): Promise<void> {
    const { database, isConnected, town } = this.#setup
    const { guild, bot, moderators } = town
    if (!isConnected || !guild.available || !guild.members.has(bot.id)) return
    this.#queries++
    const text = await this.#answer(town.as(moderators[0]?.id ?? '').send('audit recent'))
    if (text === undefined) return
    if (ARCHIVE_DOWN.test(text)) {
      if (database.isUp) this.#problems.push(`the database is up, but: ${text}`)
      return
    }
    if (UNREAD.test(text)) await this.#checkEnd(text)
    if (isPartial(text)) return
    const expected = guild.log.since().length
    if (totalIn(text) !== expected) this.#problems.push(`${expected} entries were written, but: ${text}`)
  }

  /** If the log could not be read, the reply says since when nothing is known. */
  async #checkEnd(text: string): Promise<void> {
    if (!this.#setup.database.isUp) return
    const time = await readAt(this.#setup)
    const isPast = time !== undefined && this.#setup.clock.now() - time > MINUTE
    if (isPast && !text.includes('Incomplete: nothing is known since')) {
      this.#problems.push(`the log could not be read for more than a minute, but: ${text}`)
    }
  }

  /** The text of a reply; undefined if none came. */
  async #answer(reply: Reply): Promise<string | undefined> {
    try {
      await reply.until((outcomes) => outcomes.length > 0)
      // If Discord does not respond, the reply comes after three seconds. If it does, the reply waits for it however slow
      // the host is: only that read finds entries whose events were lost.
      // In the meantime, posts can have used up what may be requested in a second.
      const waiting = setInterval(
        () =>
          this.#setup.clock.advance(this.#setup.isAwaitingResponse || this.#isArchiveFailing() ? 3000 : 100),
        250,
      )
      await reply.until(() => isAnswered(reply)).finally(() => clearInterval(waiting))
      return textOf(reply.message)
    } catch (error) {
      if (this.#setup.isConnected) this.#problems.push(String(error))
      return undefined
    }
  }

  /** Whether the archive failed just now: what the reply waits for is then tried again after a while. */
  #isArchiveFailing(): boolean {
    return this.#setup.log.lines.slice(-20).some(({ facts }) => isOutage(facts))
  }

  /** Ends all faults, gives the bot two hours, and compares the archive and a reply with Discord's log. */
  async #compare(): Promise<void> {
    await this.#endFaults(Number.POSITIVE_INFINITY)
    await waitUntilRead(this.#setup)
    const reply = await wrongReply(this.#setup)
    const { lost, invented, wrong, problems } = await compareArchive(this.#setup)
    const posts = await wrongPosts(this.#setup)
    await this.#setup.asTimePasses(() => this.#setup.watches.renewDigests())
    this.#comparisons++
    this.#lost += lost
    this.#invented += invented
    this.#wrong += wrong
    this.#problems.push(...problems, ...reply, ...posts)
  }
}

/** Whether something failed because the archive's database could not be reached, or because its answer was lost. */
function isOutage(facts: object): boolean {
  const error = 'err' in facts ? facts.err : undefined
  const cause = error instanceof Error ? error.cause : undefined
  return [error, cause].some((each) => each instanceof ArchiveUnavailable)
}
