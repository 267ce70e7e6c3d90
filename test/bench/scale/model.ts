import { expectedForStart, expectedPerHour } from '../sweeps/expected.ts'
import { profileShares } from '../sweeps/profiles.ts'

/** How many servers Discord recommends for a shard; it may have 2,500. */
const SERVERS_PER_SHARD = 1000

/** The share of busy servers. */
export const BUSY = 0.05

/** How many answers there are in a day for each entry: a moderator looks after one entry in ten. */
const ANSWERS_PER_ENTRY = 0.1

/** How many requests for logs an answer takes. */
const REQUESTS_PER_ANSWER = 1

/** How much more happens in the busiest second of a day than on average. */
const PEAK = 10

/** How long a shard waits until the next of its bucket may identify, in seconds. */
const IDENTIFY_PAUSE = 5.5

/** How many sessions Discord lets a bot start in a day. It allows large bots more. */
export const SESSIONS_A_DAY = 1000

/** How many requests Discord allows a bot in a second. */
export const REQUESTS_PER_SECOND = 50

/** The most that `READS_PER_MINUTE` can be. */
const READS_PER_MINUTE = 1500

/** How many connections a process has to PostgreSQL at most, with that of its lease. */
const CONNECTIONS = 10

/** The memory of a process at rest without servers, and what each thousand servers add, in MB (`npm run bench:memory`). */
const MEMORY = { process: 128, perThousand: 8.7 }

/** What is written into PostgreSQL for an entry, in bytes. */
export interface Bytes {
  /** In the tables and their indexes. */
  readonly stored: number
  /** In the write-ahead log. */
  readonly logged: number
}

/** What a bot of some size needs, according to the model. Lengths are in seconds. */
export interface Needs {
  readonly servers: number
  readonly shards: number
  readonly processes: number
  /** How long all shards take to identify, one at a time and sixteen at a time. */
  readonly coldStart: readonly [one: number, sixteen: number]
  readonly coldStartsADay: number
  /** How long it takes to read every server after that. */
  readonly untilLive: number
  readonly requestsPerSecond: number
  readonly entriesPerSecond: number
  readonly peakEntriesPerSecond: number
  readonly storedADay: number
  readonly loggedADay: number
  readonly connections: number
  /** Of one process, in MB. */
  readonly memory: number
}

export function needsOf(servers: number, perProcess: number, { stored, logged }: Bytes): Needs {
  const shards = Math.ceil(servers / SERVERS_PER_SHARD)
  const processes = Math.ceil(servers / perProcess)
  const entriesADay = servers * entriesPerServer()
  const entriesPerSecond = entriesADay / 86_400
  return {
    servers,
    shards,
    processes,
    coldStart: [shards * IDENTIFY_PAUSE, Math.ceil(shards / 16) * IDENTIFY_PAUSE],
    coldStartsADay: Math.floor(SESSIONS_A_DAY / shards),
    untilLive: (expectedForStart(servers, BUSY) / READS_PER_MINUTE) * 60,
    requestsPerSecond:
      expectedPerHour(servers, BUSY) / 3600 + entriesPerSecond * ANSWERS_PER_ENTRY * REQUESTS_PER_ANSWER,
    entriesPerSecond,
    peakEntriesPerSecond: entriesPerSecond * PEAK,
    storedADay: entriesADay * stored,
    loggedADay: entriesADay * logged,
    connections: processes * CONNECTIONS,
    memory: MEMORY.process + (Math.min(servers, perProcess) / 1000) * MEMORY.perThousand,
  }
}

/** How many entries a server has in a day, on average. */
export function entriesPerServer(): number {
  return profileShares(BUSY).reduce(
    (sum, [{ entries }, share]) => sum + share * [...entries.values()].reduce((a, b) => a + b, 0),
    0,
  )
}
