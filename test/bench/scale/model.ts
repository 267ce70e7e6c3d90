import { expectedForStart, expectedPerHour } from '../sweeps/expected.ts'
import { profileShares } from '../sweeps/profiles.ts'

/** The share of busy servers. */
export const BUSY = 0.05

/** How many servers Discord recommends for a shard; it may have 2,500. */
const SERVERS_PER_SHARD = 1000

/** How many servers an operator gives to a process. */
export const SERVERS_PER_PROCESS = 10_000

/** How many answers there are for each entry: a moderator looks after one entry in ten. Each takes one request. */
const ANSWERS_PER_ENTRY = 0.1

/** How much more happens in the busiest seconds of a day than on average. */
const PEAK = 10

/** How many requests for logs all processes together make in a second, and in the background in a minute, at most. */
const REQUESTS = { perSecond: 47, perMinute: 1500 }

/** How many sessions Discord lets a bot start in a day. It allows bots in more than 150,000 servers more. */
const SESSIONS_A_DAY = 1000

/** How many requests Discord allows a bot in a second. */
const DISCORD_REQUESTS = 50

/** The connections of a process to PostgreSQL: one that shows that it runs, eight that work, and two for its lease. */
const CONNECTIONS = 11

/** The default of PostgreSQL’s `max_connections`, without those that are reserved. */
const MAX_CONNECTIONS = 97

/** The memory of a process without servers, and of each thousand, in MB, as `npm run bench:memory` measures it at rest. */
const MEMORY = { process: 128, perThousand: 8.7 }

const DAY = 86_400

/** What one process of several may do. */
export interface Share {
  readonly requestsPerSecond: number
  readonly readsPerMinute: number
}

/** What writing an entry into PostgreSQL takes. */
export interface Written {
  /** In bytes of tables and indexes. */
  readonly stored: number
  /** In bytes of the write-ahead log. */
  readonly logged: number
  /** How many were written in a second. */
  readonly perSecond: number
}

export function shareOf(processes: number): Share {
  const share = (limit: number) => Math.max(Math.floor(limit / processes), 1)
  return { requestsPerSecond: share(REQUESTS.perSecond), readsPerMinute: share(REQUESTS.perMinute) }
}

export function shardsFor(servers: number): number {
  return Math.ceil(servers / SERVERS_PER_SHARD)
}

export function processesFor(servers: number): number {
  return Math.ceil(servers / SERVERS_PER_PROCESS)
}

/** How many entries a server has in a day, on average. */
export function entriesADay(): number {
  return profileShares(BUSY).reduce(
    (sum, [{ entries }, share]) => sum + share * [...entries.values()].reduce((a, b) => a + b, 0),
    0,
  )
}

/** How many answers servers get in an hour. */
export function answersAnHour(servers: number): number {
  return (servers * entriesADay() * ANSWERS_PER_ENTRY) / 24
}

/** What a bot in so many servers needs. */
export interface Needs {
  readonly shards: number
  readonly processes: number
  /** How long it takes to read every server once after a start, in seconds. */
  readonly untilLive: number
  /** How long it takes to read what Discord has of all servers, where Custos is new, in seconds. */
  readonly firstReading: number
  /** At rest and for answers. */
  readonly requestsPerSecond: number
  readonly entriesPerSecond: number
  /** In bytes, in the tables and in the write-ahead log. */
  readonly storedADay: number
  readonly loggedADay: number
  readonly connections: number
  /** Of one process, in MB. */
  readonly memory: number
}

export function needsOf(servers: number, { stored, logged }: Written): Needs {
  const processes = processesFor(servers)
  const entries = servers * entriesADay()
  return {
    shards: shardsFor(servers),
    processes,
    untilLive: (expectedForStart(servers, BUSY) / REQUESTS.perMinute) * 60,
    firstReading: (expectedForStart(servers, BUSY, 45 * DAY * 1000) / REQUESTS.perMinute) * 60,
    requestsPerSecond: (expectedPerHour(servers, BUSY) + answersAnHour(servers)) / 3600,
    entriesPerSecond: entries / DAY,
    storedADay: entries * stored,
    loggedADay: entries * logged,
    connections: processes * CONNECTIONS,
    memory: MEMORY.process + (Math.min(servers, SERVERS_PER_PROCESS) / 1000) * MEMORY.perThousand,
  }
}

/** A limit, and from how many servers on it is not kept. */
export interface Limit {
  readonly what: string
  readonly atServers: number
  readonly remedy: string
}

/** What breaks, first things first. Everything that is needed is proportional to the number of servers. */
export function limits(written: Written): Limit[] {
  const of = (servers: number, needed: number, limit: number) => (servers * limit) / needed
  const needs = needsOf(100_000, written)
  return [
    {
      what: `a process’s share is less than 4 requests a second: ${SERVERS_PER_PROCESS.toLocaleString('en')} servers each`,
      atServers: Math.floor(REQUESTS.perSecond / 4) * SERVERS_PER_PROCESS,
      remedy: 'more servers a process, or a proxy for all of them',
    },
    {
      what: `connections, with PostgreSQL’s default of 100`,
      atServers: Math.floor(MAX_CONNECTIONS / CONNECTIONS) * SERVERS_PER_PROCESS,
      remedy: 'raise max_connections',
    },
    {
      what: 'an hour after a start, not all servers have been read again',
      atServers: of(100_000, needs.untilLive, 3600),
      remedy: 'none is needed: who asks is read first',
    },
    {
      what: 'all shards identify twice a day, which is all that Discord allows',
      atServers: (SESSIONS_A_DAY / 2) * SERVERS_PER_SHARD,
      remedy: 'Discord allows large bots more',
    },
    {
      what: `PostgreSQL writes ${Math.round(written.perSecond)} entries a second as here, and ${PEAK} times the average comes`,
      atServers: of(100_000, needs.entriesPerSecond * PEAK, written.perSecond),
      remedy: 'a faster server; live entries wait in memory',
    },
    {
      what: `Discord’s ${DISCORD_REQUESTS} requests a second`,
      atServers: of(100_000, needs.requestsPerSecond, DISCORD_REQUESTS),
      remedy: 'a smaller SWEEP_HOURS',
    },
  ].sort((a, b) => a.atServers - b.atServers)
}
