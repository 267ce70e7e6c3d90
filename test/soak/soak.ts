import { DatabaseSync } from 'node:sqlite'
import { inspect } from 'node:util'
import type { Reply } from '../../sandbox/member-client/reply.ts'
import { HIDDEN_NAME } from '../../sandbox/world/access.ts'
import { isPrunePart } from '../support/faulty-history.ts'
import { fieldOf, numberIn, textOf } from '../support/read.ts'
import { act } from './actions.ts'
import { erasedInFiles, unfinishedErasures } from './erasures.ts'
import { FAULTS, type EndFault } from './faults.ts'
import { SoakSetup } from './soak-setup.ts'

const MINUTE = 60_000
const READ = 'The audit log is read.'
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What a reply says if its read failed. */
const UNREAD = /could not be read|cannot read|limits how often Custos may read|not in this server/

export interface SoakOptions {
  readonly seed: number
  readonly faults: number
  /** After how many faults all of them are ended and the archive is compared with Discord's log. */
  readonly compareEvery: number
}

export interface SoakResult {
  readonly seed: number
  readonly faults: Readonly<Record<string, number>>
  /** The entries in Discord's log. */
  readonly entries: number
  readonly queries: number
  readonly comparisons: number
  /** The differences in all comparisons. */
  readonly lost: number
  readonly invented: number
  readonly wrong: number
  readonly problems: readonly string[]
}

/** Runs a month of one fault after another, and compares the archive with Discord's log. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const here = await SoakSetup.start(options.seed)
  try {
    return await new Soak(here, options).run()
  } finally {
    await here.close()
  }
}

class Soak {
  readonly #here: SoakSetup
  readonly #options: SoakOptions
  readonly #mends: { readonly mend: EndFault; readonly after: number }[] = []
  readonly #faults: Record<string, number> = {}
  readonly #complaints: string[] = []
  #questions = 0
  #comparisons = 0
  #lost = 0
  #invented = 0
  #wrong = 0

  constructor(here: SoakSetup, options: SoakOptions) {
    this.#here = here
    this.#options = options
  }

  async run(): Promise<SoakResult> {
    const { seed, faults, compareEvery } = this.#options
    const { clock, random, guilds, log } = this.#here
    const step = (30 * DAY) / faults
    for (let count = 1; count <= faults; count++) {
      // Sometimes more happens at once than fits on a page of the log.
      const acts = random.chance(0.12) ? random.whole(100, 160) : random.whole(0, 4)
      for (let left = acts; left > 0; left--) act(this.#here, random.pick(guilds))
      await this.#break(count)
      await this.#here.idle()
      clock.advance(random.whole(0, step * 2))
      this.#mend(count)
      await this.#here.idle()
      if (random.chance(0.1)) await this.#ask()
      if (count % compareEvery === 0) await this.#compare()
    }
    for (const { level, message, facts } of log.lines) {
      if (level === 'error') this.#complaints.push(`logged: ${message} ${inspect(facts)}`)
    }
    return {
      seed,
      faults: this.#faults,
      entries: guilds.reduce((sum, guild) => sum + guild.log.since().length, 0),
      queries: this.#questions,
      comparisons: this.#comparisons,
      lost: this.#lost,
      invented: this.#invented,
      wrong: this.#wrong,
      problems: this.#complaints,
    }
  }

  async #break(count: number): Promise<void> {
    const { random } = this.#here
    const [name, fault] = random.weighted(
      FAULTS.map(([called, does, weight]) => [[called, does] as const, weight]),
    )
    this.#faults[name] = (this.#faults[name] ?? 0) + 1
    const mend = await fault(this.#here)
    if (mend) this.#mends.push({ mend, after: count + random.whole(0, 2) })
  }

  #mend(count: number): void {
    const due = this.#mends.filter(({ after }) => after <= count)
    for (const each of due) {
      this.#mends.splice(this.#mends.indexOf(each), 1)
      each.mend()
    }
  }

  /** A moderator runs a command during the faults: it is answered, and complete unless the reply says otherwise. */
  async #ask(): Promise<void> {
    const { town } = this.#here
    const { guild, bot, moderators } = town
    if (!this.#here.isConnected || !guild.available || !guild.members.has(bot.id)) return
    this.#questions++
    const seen = town.as(moderators[0]?.id ?? '').send('audit recent')
    const read = await this.#answer(seen)
    if (read === undefined) return
    if (UNREAD.test(read)) this.#checkEnd(read)
    if (UNREAD.test(read) || /still reading|Incomplete/.test(read)) return
    const held = /of ([\d,]+), newest first/.exec(read)?.[1]
    const written = guild.log.since().length
    if (numberIn(held) !== written) this.#complaints.push(`${written} entries were written, but: ${read}`)
  }

  /** If the log could not be read, the reply says since when nothing is known. */
  #checkEnd(read: string): void {
    const { clock, town } = this.#here
    const [row] = this.#archive(`SELECT read_at FROM guild WHERE guild = ${town.guild.id}`)
    const isPast = row !== undefined && clock.now() - Number(row.read_at) > MINUTE
    if (isPast && !read.includes('Incomplete: nothing is known since')) {
      this.#complaints.push(`the log could not be read for more than a minute, but: ${read}`)
    }
  }

  async #answer(seen: Reply): Promise<string | undefined> {
    try {
      await seen.until((outcomes) => outcomes.length > 0)
      // If Discord does not respond, the reply comes after three seconds. If it does, the reply waits for it however slow
      // the host is: only that read finds entries whose events were lost.
      const waiting = setInterval(() => this.#here.isAwaitingResponse && this.#here.clock.advance(3000), 250)
      await seen.until(() => isAnswered(seen)).finally(() => clearInterval(waiting))
      return textOf(seen.message)
    } catch (error) {
      if (this.#here.isConnected) this.#complaints.push(String(error))
      return undefined
    }
  }

  /** Ends all faults, gives the bot two hours, and compares the archive and a reply with Discord's log. */
  async #compare(): Promise<void> {
    const { clock, guilds, town } = this.#here
    this.#mend(Number.POSITIVE_INFINITY)
    const mendedAt = clock.now()
    await this.#here.until(() => this.#here.isConnected, 'is connected')
    clock.advance(2 * HOUR)
    const mended = this.#here.log.lines.length
    await this.#here.until(() => {
      // A sweep during which a proxy dated all responses ahead has a date in the future.
      const swept = this.#archive('SELECT swept_at FROM guild')
      return (
        swept.length === guilds.length &&
        swept.every(({ swept_at: at }) => Number(at) > mendedAt && Number(at) <= clock.now())
      )
    }, 'has read every log again')
    await this.#here.until(() => unfinishedErasures(this.#here) === 0, 'has finished every erasure')
    // A refresh after a clock that was ahead counts as a sweep, and leaves the rest of the log to the backfill.
    const lines = () => this.#here.log.lines.slice(mended)
    const isRead = (guild: string) =>
      lines().some(({ message, facts }) => message === READ && 'guild' in facts && facts.guild === guild)
    await this.#here.until(() => guilds.every(({ id }) => isRead(id)), 'has read all that was missing')
    for (const text of erasedInFiles(this.#here)) this.#complaints.push(`${text} was erased, and is there.`)
    const { message } = await town.as(town.moderators[0]?.id ?? '').command('audit deletes', { since: '40d' })
    this.#comparisons++
    this.#compareArchive()
    const deleted = town.guild.log
      .since()
      .filter(({ action_type }) => action_type === 72 || action_type === 73)
      .reduce((sum, { options }) => sum + Number(options?.count ?? 1), 0)
    if (numberIn(fieldOf(message, 'Messages deleted')) !== deleted) {
      this.#complaints.push(`${deleted} messages were deleted, but: ${fieldOf(message, 'Messages deleted')}`)
    }
    if (textOf(message).includes('Incomplete')) this.#complaints.push(textOf(message))
  }

  #compareArchive(): void {
    const { guilds, town } = this.#here
    const rows = this.#archive(
      'SELECT CAST(guild AS TEXT) guild, CAST(id AS TEXT) id, CAST(executor AS TEXT) executor, count FROM entry',
    )
    const held = new Map(rows.map((row) => [`${row.guild} ${row.id}`, row]))
    for (const guild of guilds) {
      for (const entry of guild.log.since()) {
        const { id, options, user_id } = entry
        const actor = isPrunePart(entry, town) ? null : user_id
        const row = held.get(`${guild.id} ${id}`)
        held.delete(`${guild.id} ${id}`)
        if (!row) this.#lost++
        else if (row.count !== (options?.count === undefined ? null : Number(options.count))) this.#wrong++
        else if (row.executor !== actor) this.#wrong++
      }
    }
    this.#invented += held.size
    this.#compareNames()
  }

  /** Every channel has its own name or none, never the placeholder of a hidden channel. */
  #compareNames(): void {
    const rows = this.#archive(
      "SELECT CAST(guild AS TEXT) guild, CAST(id AS TEXT) id, name FROM name WHERE class = 'channel' AND name NOT NULL",
    )
    for (const { guild, id, name } of rows) {
      const channel = this.#here.guilds.find((each) => each.id === guild)?.channels.get(String(id))
      if (name === HIDDEN_NAME || (channel && channel.name !== name)) {
        this.#complaints.push(`The channel ${channel?.name ?? id} goes by ${name}.`)
      }
    }
  }

  #archive(query: string) {
    const archive = new DatabaseSync(this.#here.archivePath, { readOnly: true })
    const rows = archive.prepare(query).all()
    archive.close()
    return rows
  }
}

/** Whether the reply is more than “thinking” or the progress of a read. */
function isAnswered({ interaction: exchange }: Reply): boolean {
  const shown = exchange.outcomes.findLast(({ type }) => type === 'shown' || type === 'edited')
  return (
    shown !== undefined && 'message' in shown && !textOf(shown.message).startsWith('Reading the audit log')
  )
}
