import { percentile } from '../measure.ts'
import { length, printRows, rate, whole } from '../sweeps/report.ts'
import { simulateIdentifies } from './identifies.ts'
import {
  answersAnHour,
  BUSY,
  entriesADay,
  limits,
  needsOf,
  processesFor,
  SERVERS_PER_PROCESS,
  shardsFor,
  type Written,
} from './model.ts'
import { simulateShare } from './shares.ts'
import { measureWriting } from './writing.ts'

const SIZES = [1000, 10_000, 25_000, 50_000, 100_000, 250_000]

/** The largest size that is simulated, and in how many processes. */
const LARGEST = 100_000
const PROCESSES = [4, 10, 40]

const SECOND = 1000
const GB = 1e9

/** How long Discord wants a shard to wait for another of its bucket, in seconds. */
const DISCORD_PAUSE = 5

/** Prints what a bot in up to 250,000 servers needs, and what breaks first. */
async function main(): Promise<void> {
  const measured = await measureWriting()
  write(
    `The model: ${whole(BUSY * 100)} % of the servers are busy (npm run bench:sweeps says how), ` +
      `${entriesADay().toFixed(1)} entries a day and server, ${whole(answersAnHour(1000))} answers an hour and thousand ` +
      `servers, ${whole(SERVERS_PER_PROCESS)} servers a process.`,
  )
  write(
    `Measured: ${whole(measured.entries)} entries of ${measured.servers} servers, written to PostgreSQL in the order in ` +
      `which they are made: ${whole(measured.perSecond)} a second, ${whole(measured.stored)} bytes each with indexes, ` +
      `${whole(measured.logged)} bytes of write-ahead log.`,
  )
  printNeeds(measured)
  await printColdStarts()
  await printShares()
  printLimits(measured)
}

function printNeeds(written: Written): void {
  const columns = [
    'shards',
    'processes',
    'MB each',
    'requests/s',
    'entries/s',
    'GB/day',
    'WAL/day',
    'connections',
    'all live',
    '45 days read',
  ]
  const rows = SIZES.map((servers) => {
    const needs = needsOf(servers, written)
    return {
      what: `${whole(servers)} servers`,
      cells: [
        ...[needs.shards, needs.processes, needs.memory].map(whole),
        ...[needs.requestsPerSecond, needs.entriesPerSecond].map(rate),
        ...[needs.storedADay, needs.loggedADay].map((bytes) => (bytes / GB).toFixed(2)),
        whole(needs.connections),
        ...[needs.untilLive, needs.firstReading].map((seconds) => length(seconds * SECOND)),
      ],
    }
  })
  printRows('Calculated', columns, rows)
}

async function printColdStarts(): Promise<void> {
  const rows = await Promise.all(
    SIZES.map(async (servers) => {
      const [shards, processes] = [shardsFor(servers), processesFor(servers)]
      const [one, sixteen] = [
        await simulateIdentifies(shards, processes, 1),
        await simulateIdentifies(shards, processes, 16),
      ]
      return {
        what: `${whole(servers)} servers`,
        cells: [
          ...[shards, processes].map(whole),
          ...[one, sixteen].map(({ took }) => length(took * SECOND)),
          ...[one, sixteen].map(({ tries }) => rate(tries)),
          whole(Math.floor(1000 / shards)),
        ],
        missed: Math.min(one.closest, sixteen.closest) < DISCORD_PAUSE,
      }
    }),
  )
  const columns = ['shards', 'processes', 'max_concurrency 1', '16', 'reservations/s', '16', 'starts a day']
  printRows('Until all shards have identified, simulated', columns, rows)
}

async function printShares(): Promise<void> {
  const rows = []
  for (const processes of PROCESSES) {
    const shared = await simulateShare(LARGEST, processes)
    const { servers, requestsPerSecond, readsPerMinute, perSecond, live, atStart, later } = shared
    const times = [atStart, later].map((answers) => {
      const took = answers.map((answer) => answer.took)
      return `${length(percentile(took, 50))} / ${length(percentile(took, 95))}`
    })
    rows.push({
      what: `${processes} processes of ${whole(servers)} servers`,
      cells: [whole(requestsPerSecond), whole(readsPerMinute), rate(perSecond), length(live), ...times],
    })
  }
  const columns = [
    'share/s',
    'reads/min',
    'all, at rest/s',
    'all live',
    '20 ask at once',
    'one by one, p50 / p95',
  ]
  printRows(`One process of several for ${whole(LARGEST)} servers, simulated`, columns, rows)
}

function printLimits(written: Written): void {
  const rows = limits(written).map(({ what, atServers, remedy }) => ({
    what: `${what} (${remedy})`,
    cells: [whole(atServers)],
  }))
  printRows('What breaks first, calculated', ['from … servers'], rows)
}

function write(line: string): void {
  process.stdout.write(`\n${line}\n`)
}

await main()
