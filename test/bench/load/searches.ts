import { setTimeout as sleep } from 'node:timers/promises'
import { openArchive } from '../../../src/archive/sqlite/open.ts'
import type { Archive } from '../../../src/core/archive.ts'
import type { Filter } from '../../../src/core/query/filter.ts'
import { PAGE_LENGTH } from '../../../src/core/query/page.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import { withCopy } from '../copy.ts'
import { BIG_GUILD, DAYS, END, MODERATORS } from '../data.ts'
import { percentile } from '../measure.ts'
import { preparedFile } from '../prepared.ts'
import { Bare } from './bare.ts'

const SEARCHES = 50

/** How often the other guild asks, in milliseconds, and how long its answers may take while others search. */
const EVERY = 20
const BUDGET = 300

const OTHER_GUILD = String(BigInt(BIG_GUILD) + 1n)
const PAGE = { order: 'newest', limit: PAGE_LENGTH } as const
const NEWEST = 'SELECT payload_rest, reason, count FROM entry WHERE guild = ? ORDER BY id DESC LIMIT 10'
const NINETY_DAYS = { from: firstIdAt(END - (DAYS - 0.7) * 86_400_000) }

/**
 * Runs 50 searches for a reason in a guild of a million entries at once, while another guild requests its newest page
 * over and over, and prints how long both took. @returns whether the pages were within the budget
 */
export async function measureSearches(): Promise<boolean> {
  return withCopy(await preparedFile(false), async (copy) => {
    const archive = await openArchive(copy)
    const bare = new Bare(copy)
    try {
      const quiet = await pagesDuring(archive, bare, sleep(2000))
      print('newest page of another server, at rest', quiet)
      const began = performance.now()
      const ends: number[] = []
      const searches = Array.from({ length: SEARCHES }, async (_, nth) => {
        await search(archive, nth)
        ends.push(performance.now() - began)
      })
      const pages = await pagesDuring(archive, bare, Promise.all(searches))
      print(`the same while ${SEARCHES} searches run`, pages)
      const isWithin = percentile(pages.times, 99) <= BUDGET
      print('the searches', { times: ends, floors: [] }, isWithin ? '' : 'MISSED')
      return isWithin
    } finally {
      bare.close()
      await archive.close()
    }
  })
}

/** The reads of `/audit recent reason:` and `/audit user reason:`, in turns, for a text that no reason has. */
async function search(archive: Archive, nth: number): Promise<void> {
  const executorId = MODERATORS[nth % MODERATORS.length] ?? ''
  const reason = `zebra ${nth}`
  if (nth % 2 === 0) await list(archive, BIG_GUILD, { reason })
  else {
    await Promise.all([
      list(archive, BIG_GUILD, { ...NINETY_DAYS, executorId, reason }),
      archive.countByKind(BIG_GUILD, { ...NINETY_DAYS, reason, onBehalfOfId: executorId }),
    ])
  }
}

/** The reads of a page of a list. */
async function list(archive: Archive, guildId: Snowflake, filter: Filter): Promise<Snowflake[]> {
  const [entries] = await Promise.all([
    archive.list(guildId, filter, PAGE),
    archive.countByKind(guildId, filter),
    archive.countUnnamed(guildId, filter),
  ])
  await archive.names(
    guildId,
    entries.flatMap(({ executorId }) => executorId ?? []),
  )
  return entries.map(({ id }) => id)
}

interface Times {
  readonly times: readonly number[]
  readonly floors: readonly number[]
}

/** How long the pages of the other guild took while something else was done, and as bare statements. */
async function pagesDuring(archive: Archive, bare: Bare, work: Promise<unknown>): Promise<Times> {
  const times: Promise<number>[] = []
  const floors: number[] = []
  let isRunning = true
  const ended = work.finally(() => {
    isRunning = false
  })
  while (isRunning) {
    const start = performance.now()
    const page = list(archive, OTHER_GUILD, {})
    times.push(page.then(() => performance.now() - start))
    const floorStart = performance.now()
    bare.statement(NEWEST)()
    floors.push(performance.now() - floorStart)
    await sleep(EVERY)
  }
  await ended
  return { times: await Promise.all(times), floors }
}

function print(what: string, { times, floors }: Times, remark = ''): void {
  const figures = [percentile(times, 50), percentile(times, 99), Math.max(...times)]
  const cells = [...figures, ...(floors.length > 0 ? [percentile(floors, 50)] : [])]
  const names = ['p50', 'p99', 'max', 'floor p50']
  const line = cells.map((time, index) =>
    `${names[index]} ${time.toFixed(time < 10 ? 2 : 0)} ms`.padStart(18),
  )
  process.stdout.write(`${what.padEnd(42)}${line.join('')}  ${remark}\n`)
}

if (import.meta.main) process.exitCode = (await measureSearches()) ? 0 : 1
