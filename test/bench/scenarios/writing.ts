import { setImmediate as nextTick, setTimeout as sleep } from 'node:timers/promises'
import type { Archive } from '../../../src/core/archive.ts'
import { SILENT } from '../../../src/core/log.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import { recordLiveEntry } from '../../../src/discord/gateway/live-entry.ts'
import { hostClock } from '../../../src/process/host-clock.ts'
import { EventQueue } from '../../../src/sync/ingest/event-queue.ts'
import { Ingest } from '../../../src/sync/ingest/ingest.ts'
import { BIG_GUILD, END, entriesOf } from '../data.ts'
import type { BenchDatabase, DatabaseType } from '../databases/database.ts'
import { percentile } from '../measure.ts'
import type { Figure } from '../table.ts'

const RATE_BUDGET: Readonly<Record<DatabaseType, number>> = { sqlite: 20_000, postgres: 15_000 }
const DELAY_BUDGET = 40

/** How many events come per second while their delay is measured, and for how many seconds. */
const PACE = 8000
const SECONDS = 2
const EVENTS = 30_000
const SINGLE = 1000
const ROUNDS = 3

/** About as many events as are in a batch of `EventQueue`. */
const BATCH = 250

/** A watch for which every event arrives. */
const FEED = { channelId: '1', definition: { type: 'feed', filter: {} } } as const

/** Writes live events into a copy of the data, in the guild that already has a million entries. */
export async function writingFigures(copy: BenchDatabase): Promise<Figure[]> {
  const events = liveEvents(ROUNDS * (2 * (EVENTS + SINGLE) + SECONDS * PACE))
  const [archive, driver] = [await copy.open(), await copy.connect()]
  const [gathered, alone, paced]: [number[], number[], number[]] = [[], [], []]
  const bare: { readonly gathered: number[]; readonly alone: number[] } = { gathered: [], alone: [] }
  let written = 0
  const writeBare = (howMany: number, batch: number) => async () => {
    for (const end = written + howMany; written < end; written += batch)
      await driver.insert(events.slice(0, batch).map(({ text }, index) => [written + index, text]))
  }
  for (let round = 0; round < ROUNDS; round++) {
    const next = (howMany: number) => new Traffic(archive, events.splice(0, howMany))
    bare.gathered.push(await rateOf(EVENTS, writeBare(EVENTS, BATCH)))
    gathered.push(await rateOf(EVENTS, () => next(EVENTS).atOnce()))
    bare.alone.push(await rateOf(SINGLE, writeBare(SINGLE, 1)))
    alone.push(await rateOf(SINGLE, () => next(SINGLE).oneByOne()))
    paced.push(...(await next(SECONDS * PACE).atPace()))
  }
  await archive.addWatch(BIG_GUILD, { id: firstIdAt(END), by: '1' }, FEED)
  const followed: { readonly gathered: number[]; readonly alone: number[] } = { gathered: [], alone: [] }
  for (let round = 0; round < ROUNDS; round++) {
    const next = (howMany: number) => new Traffic(archive, events.splice(0, howMany))
    followed.gathered.push(await rateOf(EVENTS, () => next(EVENTS).atOnce()))
    followed.alone.push(await rateOf(SINGLE, () => next(SINGLE).oneByOne()))
  }
  await driver.close()
  await archive.close()
  return [
    {
      what: 'live events gathered and written',
      ...figureOf(gathered, bare.gathered),
      budget: RATE_BUDGET[copy.type],
    },
    { what: 'live events, each written alone', ...figureOf(alone, bare.alone) },
    { what: 'the same with a feed, gathered', ...figureOf(followed.gathered, bare.gathered) },
    { what: 'the same with a feed, each alone', ...figureOf(followed.alone, bare.alone) },
    {
      what: `live at ${PACE.toLocaleString('en')}/s, until one is kept`,
      unit: 'ms',
      p50: percentile(paced, 50),
      p95: percentile(paced, 95),
      // One batch, which is what an event waits for at least.
      floor: (BATCH / percentile(bare.gathered, 50)) * 1000,
      budget: DELAY_BUDGET,
    },
  ]
}

function figureOf(rates: readonly number[], floors: readonly number[]) {
  return {
    unit: 'rate',
    p50: percentile(rates, 50),
    p95: Math.min(...rates),
    floor: percentile(floors, 50),
  } as const
}

/** An event as the gateway sends it, and the id of its entry. */
interface LiveEvent {
  readonly id: string
  readonly text: string
}

/** Events in order. */
function liveEvents(howMany: number): LiveEvent[] {
  return [...entriesOf('900000000000000099', howMany)].map(({ payload }, index) => {
    const id = String(BigInt(firstIdAt(END + 1000 + index * 10)) + BigInt(index & 0xfff))
    return { id, text: JSON.stringify({ ...payload, id, guild_id: BIG_GUILD }) }
  })
}

async function rateOf(howMany: number, write: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await write()
  return (howMany / (performance.now() - start)) * 1000
}

/** Events of the gateway, which Custos's ingest gathers into batches and writes. */
class Traffic {
  readonly #events: readonly LiveEvent[]
  readonly #received: Parameters<typeof recordLiveEntry>[0]
  readonly #ingest: Ingest
  /** When each event came that is not stored yet, by its id. */
  readonly #waiting = new Map<string, number>()
  /** How long each event took to be stored, in milliseconds. */
  readonly #delays: number[] = []

  constructor(archive: Archive, events: readonly LiveEvent[]) {
    this.#events = events
    const engine = {
      entryReceived: () => {},
      resync: () => {
        throw new Error('An event was not stored.')
      },
    }
    const log = SILENT
    const watched = {
      ...archive,
      record: (...recorded: Parameters<Archive['record']>) => this.#store(archive, ...recorded),
    }
    const { signal } = new AbortController()
    this.#ingest = new Ingest({
      queue: new EventQueue(),
      archive: watched,
      engine,
      clock: hostClock,
      log,
      signal,
    })
    this.#received = { engine, ingest: this.#ingest, log }
  }

  /** Sends events as fast as possible, each in its own tick of the event loop, as from a socket. */
  async atOnce(): Promise<void> {
    for (const event of this.#events) {
      this.#receive(event)
      await nextTick()
    }
    await this.#ingest.settled()
  }

  async oneByOne(): Promise<void> {
    for (const event of this.#events) {
      this.#receive(event)
      await this.#ingest.settled()
    }
  }

  /** @returns how long each event took to be stored, in milliseconds */
  async atPace(): Promise<number[]> {
    const start = performance.now()
    let sent = 0
    while (sent < this.#events.length) {
      const due = Math.min(this.#events.length, Math.ceil(((performance.now() - start) / 1000) * PACE))
      for (const event of this.#events.slice(sent, due)) this.#receive(event)
      sent = Math.max(sent, due)
      await sleep(1)
    }
    await this.#ingest.settled()
    return this.#delays
  }

  #receive({ id, text }: LiveEvent): void {
    this.#waiting.set(id, performance.now())
    recordLiveEntry(this.#received, BIG_GUILD, JSON.parse(text))
  }

  async #store(archive: Archive, ...recorded: Parameters<Archive['record']>): Promise<readonly Snowflake[]> {
    const arrivedIn = await archive.record(...recorded)
    const [updates] = recorded
    const now = performance.now()
    for (const { id } of updates.flatMap(({ entries }) => entries)) {
      this.#delays.push(now - (this.#waiting.get(id) ?? now))
      this.#waiting.delete(id)
    }
    return arrivedIn
  }
}
