import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTick, setTimeout as sleep } from 'node:timers/promises'
import { openArchive } from '../../src/archive/sqlite/open.ts'
import type { Archive } from '../../src/core/archive.ts'
import { type Entry, parseEntry } from '../../src/core/audit-log/entry.ts'
import { firstIdAt } from '../../src/core/snowflake.ts'
import { BIG_GUILD, END, entriesOf } from './data.ts'
import { percentile } from './measure.ts'
import { type Figure, milliseconds, perSecond } from './table.ts'

/** How many live events must be written per second. */
const BUDGET = 8000
const EVENTS = 30_000
const SINGLE = 1500
const ROUNDS = 3

/** Writes live events into a copy of the data, in the guild that already has a million entries. */
export async function writingFigures(copy: string): Promise<Figure[]> {
  const events = liveEvents(ROUNDS * EVENTS + ROUNDS * SINGLE + 4 * BUDGET)
  const archive = await openArchive(copy)
  const batched: number[] = []
  const single: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    batched.push(await rateOf(EVENTS, () => writeInBatches(archive, events.splice(0, EVENTS))))
    single.push(await rateOf(SINGLE, () => oneByOne(archive, events.splice(0, SINGLE))))
  }
  const delays = await atPace(archive, events)
  await archive.close()
  const floor = perSecond(bareRate(copy))
  const median = percentile(batched, 50)
  return [
    {
      what: 'live events, batched while a write is under way',
      p50: perSecond(median),
      p95: perSecond(Math.min(...batched)),
      floor,
      budget: `≥ ${perSecond(BUDGET)}`,
      missed: median < BUDGET,
    },
    {
      what: 'live events, each written alone',
      p50: perSecond(percentile(single, 50)),
      p95: perSecond(Math.min(...single)),
      floor,
    },
    {
      what: `live events, ${perSecond(BUDGET)}: until one is written`,
      p50: milliseconds(percentile(delays, 50)),
      p95: milliseconds(percentile(delays, 95)),
      floor: '',
    },
  ]
}

/** The rate of live events alone, for comparing schemas. */
export async function batchedRate(path: string): Promise<number> {
  const archive = await openArchive(path)
  const events = liveEvents(ROUNDS * EVENTS)
  const rates: number[] = []
  while (events.length > 0)
    rates.push(await rateOf(EVENTS, () => writeInBatches(archive, events.splice(0, EVENTS))))
  await archive.close()
  return Math.max(...rates)
}

/** Events as the gateway sends them, in order. */
function liveEvents(howMany: number): string[] {
  const texts: string[] = []
  for (const { payload } of entriesOf('900000000000000099', howMany)) {
    const id = BigInt(firstIdAt(END + 1000 + texts.length * 10)) + BigInt(texts.length & 0xfff)
    texts.push(JSON.stringify({ ...payload, id: String(id), guild_id: BIG_GUILD }))
  }
  return texts
}

async function rateOf(howMany: number, write: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await write()
  return (howMany / (performance.now() - start)) * 1000
}

/** Adds events as fast as possible, each in its own tick of the event loop, as from a socket. */
async function writeInBatches(archive: Archive, events: readonly string[]): Promise<void> {
  const batcher = new EventBatcher(archive)
  for (const event of events) {
    batcher.add(read(event))
    await nextTick()
  }
  await batcher.settled()
}

async function oneByOne(archive: Archive, events: readonly string[]): Promise<void> {
  for (const event of events) await write(archive, [read(event)])
}

/** @returns how long each event took to be written, in milliseconds, at the rate of the budget */
async function atPace(archive: Archive, events: readonly string[]): Promise<number[]> {
  const batcher = new EventBatcher(archive)
  const start = performance.now()
  let sent = 0
  while (sent < events.length) {
    const due = Math.min(events.length, Math.ceil(((performance.now() - start) / 1000) * BUDGET))
    for (const event of events.slice(sent, due)) batcher.add(read(event))
    sent = Math.max(sent, due)
    await sleep(1)
  }
  await batcher.settled()
  return batcher.delays
}

/** Writes events as `src/sync/ingest/ingest.ts` does: those that arrive during a write are written next, together. */
class EventBatcher {
  readonly #archive: Archive
  #waiting: { readonly entry: Entry; readonly at: number }[] = []
  #writing: Promise<void> | undefined
  readonly delays: number[] = []

  constructor(archive: Archive) {
    this.#archive = archive
  }

  add(entry: Entry): void {
    this.#waiting.push({ entry, at: performance.now() })
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined
    })
  }

  async settled(): Promise<void> {
    await this.#writing
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      await write(
        this.#archive,
        batch.map(({ entry }) => entry),
      )
      const now = performance.now()
      for (const { at } of batch) this.delays.push(now - at)
    }
  }
}

function write(archive: Archive, entries: readonly Entry[]): Promise<void> {
  const complete = entries.slice(-1).map(({ id }) => ({ start: firstIdAt(END), end: id }))
  return archive.record([{ guildId: BIG_GUILD, entries, from: 'gateway', complete }])
}

function read(event: string): Entry {
  const parsed = parseEntry(BIG_GUILD, JSON.parse(event))
  if ('rejected' in parsed) throw new Error(parsed.rejected)
  return parsed.entry
}

/** Rows per second into a table with only a key, in one transaction. */
function bareRate(path: string): number {
  const database = new DatabaseSync(path)
  database.exec(`
    PRAGMA synchronous = normal;
    CREATE TABLE bare (guild INTEGER, id INTEGER, payload TEXT, PRIMARY KEY (guild, id)) STRICT, WITHOUT ROWID;
    BEGIN`)
  const insert = database.prepare('INSERT INTO bare VALUES (?, ?, ?)')
  const events = liveEvents(EVENTS)
  const start = performance.now()
  for (const [index, event] of events.entries()) insert.run(BigInt(BIG_GUILD), index, event)
  database.exec('COMMIT')
  const rate = (events.length / (performance.now() - start)) * 1000
  database.close()
  return rate
}
