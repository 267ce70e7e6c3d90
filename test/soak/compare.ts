import { HIDDEN_NAME } from '../../sandbox/world/access.ts'
import { timeOf } from '../../src/core/snowflake.ts'
import { isDelete, messagesIn } from '../support/entries/truth.ts'
import { isPrunePart } from '../support/faulty-history.ts'
import { READ } from '../support/log-messages.ts'
import { fieldOf, numberIn, textOf } from '../support/read.ts'
import { unfinishedErasures } from './erasures.ts'
import type { SoakSetup } from './soak-setup.ts'

const HOUR = 3_600_000

/** How the archive differs from Discord's log. */
export interface Differences {
  readonly lost: number
  readonly invented: number
  readonly wrong: number
  readonly problems: readonly string[]
}

/** Lets two hours pass without faults, and waits until the bot has read every log and finished every erasure. */
export async function waitUntilRead(setup: SoakSetup): Promise<void> {
  const { clock, guilds, log } = setup
  const start = clock.now()
  await setup.until(() => setup.isConnected, 'is connected')
  clock.advance(2 * HOUR)
  const linesBefore = log.lines.length
  await setup.until(async () => {
    // A sweep during which a proxy dated all responses ahead has a date in the future.
    const rows = await setup.database.rows('SELECT swept_at FROM guild')
    const times = rows.map(({ swept_at }) => Number(swept_at))
    return times.length === guilds.length && times.every((time) => time > start && time <= clock.now())
  }, 'has read every log again')
  await setup.until(async () => (await unfinishedErasures(setup)) === 0, 'has finished every erasure')
  // A refresh after a clock that was ahead counts as a sweep, and leaves the rest of the log to the backfill.
  const isRead = (guild: string) =>
    log.lines
      .slice(linesBefore)
      .some(({ message, facts }) => message === READ && 'guild' in facts && facts.guild === guild)
  await setup.until(() => guilds.every(({ id }) => isRead(id)), 'has read all that was missing')
}

/** Runs `/audit deletes`. @returns what is wrong with the reply, a line each */
export async function wrongReply(setup: SoakSetup): Promise<string[]> {
  const { clock, town } = setup
  const moderator = town.as(town.moderators[0]?.id ?? '')
  const { message } = await setup.asTimePasses(() => moderator.command('audit deletes', { since: '40d' }))
  const shown = fieldOf(message, 'Messages deleted')
  // On a slow machine the clock has to advance so often that a month takes longer.
  const since = clock.now() - 40 * 24 * HOUR
  const expected = messagesIn(
    town.guild.log.since().filter((entry) => isDelete(entry) && timeOf(entry.id) >= since),
  )
  return [
    ...(numberIn(shown) === expected ? [] : [`${expected} messages were deleted, but: ${shown}`]),
    ...(textOf(message).includes('Incomplete') ? [textOf(message)] : []),
  ]
}

/**
 * Waits until every feed, alert and digest has posted what it should have. @returns what is wrong if that does not happen,
 * a line each
 */
export async function wrongPosts(setup: SoakSetup): Promise<string[]> {
  const { clock, discord } = setup
  let problems: string[] = []
  let judged = ''
  const areRight = async () => {
    // To judge takes much longer than to wait until there is something new to judge.
    const state = `${clock.elapsed()} ${discord.conversation.messages.size}`
    if (state === judged) return false
    judged = state
    problems = await setup.watches.problems()
    return problems.length === 0
  }
  await setup.until(areRight, 'posts what it should have').catch(() => {})
  return problems
}

/** What the archive is compared with. */
type Truth = Pick<SoakSetup, 'database' | 'erased' | 'guilds' | 'town'>

/** Compares the entries, names and erased texts in the archive with what happened. */
export async function compareArchive(setup: Truth): Promise<Differences> {
  const { database, guilds, town } = setup
  const rows = await database.rows(
    'SELECT CAST(guild_id AS TEXT) guild, CAST(id AS TEXT) id, CAST(executor AS TEXT) executor, CAST(count AS INTEGER) AS count FROM entry',
  )
  const stored = new Map(rows.map((row) => [`${row.guild} ${row.id}`, row]))
  let lost = 0
  let wrong = 0
  for (const guild of guilds) {
    for (const entry of guild.log.since()) {
      const key = `${guild.id} ${entry.id}`
      const row = stored.get(key)
      stored.delete(key)
      const count = entry.options?.count === undefined ? null : Number(entry.options.count)
      const executor = isPrunePart(entry, town) ? null : entry.user_id
      if (!row) lost++
      else if (row.count !== count || row.executor !== executor) wrong++
    }
  }
  const erased = (await database.remaining(setup.erased)).map(
    (text) => `${text} was erased, and is still stored.`,
  )
  return {
    lost,
    invented: stored.size,
    wrong,
    problems: [...erased, ...(await wrongNames(setup)), ...(await wrongSums(setup))],
  }
}

/** The daily sums are those of the entries. */
async function wrongSums({ database }: Truth): Promise<string[]> {
  const [row] = await database.rows(
    'SELECT (SELECT sum(units) FROM daily) AS summed, (SELECT sum(coalesce(count, 1)) FROM entry) AS counted',
  )
  const [summed, counted] = [Number(row?.summed), Number(row?.counted)]
  return summed === counted
    ? []
    : [`The entries stand for ${counted} units, but the daily sums for ${summed}.`]
}

/** Every channel has its own name or none, never the placeholder of a hidden channel. */
async function wrongNames(setup: Truth): Promise<string[]> {
  const rows = await setup.database.rows(
    "SELECT CAST(guild_id AS TEXT) guild, CAST(id AS TEXT) id, name FROM name WHERE class = 'channel' AND name IS NOT NULL",
  )
  return rows.flatMap(({ guild, id, name }) => {
    const channel = setup.guilds.find((each) => each.id === guild)?.channels.get(String(id))
    const isWrong = name === HIDDEN_NAME || (channel !== undefined && channel.name !== name)
    return isWrong ? [`The channel ${channel?.name ?? id} is stored as ${name}.`] : []
  })
}

/** When the first guild's log was last read, in milliseconds since the Unix epoch; undefined if never. */
export async function readAt({ database, town }: SoakSetup): Promise<number | undefined> {
  const [row] = await database.rows(`SELECT read_at FROM guild WHERE guild_id = ${town.guild.id}`)
  return row && Number(row.read_at)
}
