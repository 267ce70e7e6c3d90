import { setTimeout as sleep } from 'node:timers/promises'
import { openArchive } from '../../../src/archive/sqlite/open.ts'
import type { Archive } from '../../../src/core/archive.ts'
import type { Filter } from '../../../src/core/query/filter.ts'
import { PAGE_LENGTH } from '../../../src/core/query/page.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import { withCopy } from '../copy.ts'
import { BIG_GUILD, DAYS, END, MODERATORS } from '../data.ts'
import type { Driver } from '../databases/database.ts'
import { preparedFile } from '../databases/sqlite.ts'
import { SqliteDriver } from '../databases/sqlite-driver.ts'
import { percentile } from '../measure.ts'

const SEARCHES = 50
const EXPORTS = 10
const EXPORT_BATCH = 500
const EXPORT_BATCHES = 40

/** How often another guild requests a page, and runs a search, in milliseconds. */
const EVERY = 20
const SEARCH_EVERY = 500

/** How long a page of another guild may take, in milliseconds. */
const BUDGET = 300

/** A guild with 400,000 entries that lists, and one with 200,000 that searches. */
const LISTING = String(BigInt(BIG_GUILD) + 1n)
const SEARCHING = String(BigInt(BIG_GUILD) + 2n)

const PAGE = { order: 'newest', limit: PAGE_LENGTH } as const
const NINETY_DAYS = { from: firstIdAt(END - (DAYS - 0.7) * 86_400_000) }
const NEWEST = `
  SELECT payload_rest, reason, count FROM entry WHERE guild_id = $1 ORDER BY id DESC LIMIT ${PAGE_LENGTH}`

/**
 * Runs many searches for a reason in a guild of a million entries at once, then many exports, and prints how long others
 * wait meanwhile: a guild that requests its newest page over and over, and one that searches.
 * @returns whether the pages were within the budget
 */
export async function measureSearches(): Promise<boolean> {
  return withCopy(await preparedFile(), async (copy) => {
    const archive = await openArchive(copy)
    const driver = new SqliteDriver(copy)
    try {
      return [
        await during('at rest', archive, driver, [sleep(2000)]),
        await during(`${SEARCHES} searches of one server`, archive, driver, searches(archive)),
        await during(`${EXPORTS} exports of one server`, archive, driver, exports(archive)),
      ].every((isWithinBudget) => isWithinBudget)
    } finally {
      await driver.close()
      await archive.close()
    }
  })
}

/** Does some work, and prints how long it and others took. @returns whether the others were within the budget */
async function during(
  what: string,
  archive: Archive,
  driver: Driver,
  work: readonly Promise<unknown>[],
): Promise<boolean> {
  const began = performance.now()
  const ends: number[] = []
  const ended = new AbortController()
  const floors: number[] = []
  const page = async () => {
    await list(archive, LISTING, {})
    const start = performance.now()
    await driver.query(NEWEST, BigInt(LISTING))
    floors.push(performance.now() - start)
  }
  const others = Promise.all([
    repeatedly(page, EVERY, ended.signal),
    repeatedly(() => list(archive, SEARCHING, { reason: 'zebra' }), SEARCH_EVERY, ended.signal),
  ])
  await Promise.all(work.map((each) => each.then(() => ends.push(performance.now() - began))))
  ended.abort()
  const [pages, searches] = await others
  const isWithinBudget = percentile(pages, 99) <= BUDGET
  print(what, ends)
  const floor = `bare statement ${milliseconds(percentile(floors, 50))}`
  print('  newest page of another', pages, isWithinBudget ? floor : `${floor}  MISSED`)
  print('  search of a third', searches)
  return isWithinBudget
}

/** The reads of `/audit recent reason:` and `/audit user reason:`, in turns, for texts that no reason has. */
function searches(archive: Archive): Promise<unknown>[] {
  return Array.from({ length: SEARCHES }, (_, nth) => {
    const executorId = MODERATORS[nth % MODERATORS.length] ?? ''
    const reason = `zebra ${nth}`
    if (nth % 2 === 0) return list(archive, BIG_GUILD, { reason })
    return Promise.all([
      list(archive, BIG_GUILD, { ...NINETY_DAYS, executorId, reason }),
      archive.countByKind(BIG_GUILD, { ...NINETY_DAYS, reason, onBehalfOfId: executorId }),
    ])
  })
}

/** The reads of `/audit export`, of the beginning of the log. */
function exports(archive: Archive): Promise<unknown>[] {
  return Array.from({ length: EXPORTS }, async () => {
    let past: Snowflake | undefined
    for (let batch = 0; batch < EXPORT_BATCHES; batch++) {
      const slice = { order: 'oldest', limit: EXPORT_BATCH, past } as const
      past = (await archive.list(BIG_GUILD, {}, slice)).at(-1)?.id
    }
  })
}

/** The reads of a page of a list. */
async function list(archive: Archive, guildId: Snowflake, filter: Filter): Promise<void> {
  const [entries] = await Promise.all([
    archive.list(guildId, filter, PAGE),
    archive.countByKind(guildId, filter),
    archive.countUnnamed(guildId, filter),
  ])
  const executors = entries.flatMap(({ executorId }) => executorId ?? [])
  await archive.names(guildId, executors)
}

/** Does something at intervals, whether it has ended or not. @returns how long each took, in milliseconds */
async function repeatedly(
  run: () => Promise<void>,
  interval: number,
  signal: AbortSignal,
): Promise<number[]> {
  const times: Promise<number>[] = []
  while (!signal.aborted) {
    const start = performance.now()
    times.push(run().then(() => performance.now() - start))
    await sleep(interval)
  }
  return Promise.all(times)
}

function print(what: string, times: readonly number[], remark = ''): void {
  const figures = { p50: percentile(times, 50), p99: percentile(times, 99), max: Math.max(...times) }
  const cells = Object.entries(figures).map(([name, time]) => `${name} ${milliseconds(time)}`.padStart(16))
  process.stdout.write(`${what.padEnd(32)}${cells.join('')}  ${remark}\n`)
}

function milliseconds(time: number): string {
  return `${time.toFixed(time < 10 ? 2 : 0)} ms`
}

if (import.meta.main) process.exitCode = (await measureSearches()) ? 0 : 1
