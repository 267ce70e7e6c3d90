import { expectedForStart, expectedPerHour } from './expected.ts'
import type { Start } from './follow-start.ts'
import { answersCell, length, printRows, type Row, rate, whole } from './report.ts'
import { type Rest, Simulation } from './simulation.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How many requests an hour may be made for 10,000 servers of which 5 % are busy. */
const PER_HOUR = 1500

/** How many requests a second may be made for 100,000 servers: a third of what Discord allows. */
const PER_SECOND = 50 / 3

const PER_SHARD = 2500

interface Size {
  readonly guilds: number
  readonly busy: number
}

/** The limit of the background that an operator would set: the default, and the highest value for 100,000 servers. */
const readsPerMinute = (guilds: number) => (guilds > 10_000 ? 1500 : 300)

/** The numbers of servers, and the shares of busy ones, for which the expected requests are printed. */
const CURVE = [1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 200_000]
const CURVE_SHARES = [0.01, 0.05, 0.1, 0.2]

/**
 * Simulates a bot in many servers over days, and counts its requests for audit logs: at starts, and at rest. The sync is
 * the real one; time and Discord's logs are simulated. Exits with 1 when a budget is missed.
 * @param sizes the numbers of servers, such as `10000`, or several with commas
 * @param shares the percentages of busy servers, in the same way
 */
async function main(sizes = '1000,10000,100000', shares = '5,1,20'): Promise<boolean> {
  printCurve()
  let isWithinBudget = true
  for (const guilds of sizes.split(',').map(Number)) {
    for (const [index, percent] of shares.split(',').map(Number).entries()) {
      const size = { guilds, busy: percent / 100 }
      const simulation = await open(size)
      await simulation.start()
      await simulation.rest(1)
      const rest = restRow(titleOf(size), size, await simulation.rest(24))
      // SQLite takes too long for more servers.
      const same = guilds === 1000 && index === 0 ? [await restInSqlite(size)] : []
      printRows('At rest for a day', REST, [rest, ...same])
      isWithinBudget &&= !rest.missed
      if (index === 0) await printStarts(size, simulation)
    }
  }
  return isWithinBudget
}

/** Prints the requests a second at rest that the rules in docs/operating.md lead to. */
function printCurve(): void {
  const columns = CURVE_SHARES.map((busy) => `${whole(busy * 100)} % busy`)
  const rows = CURVE.map((guilds) => ({
    what: `${whole(guilds)} servers`,
    cells: CURVE_SHARES.map((busy) => rate(expectedPerHour(guilds, busy) / 3600)),
  }))
  printRows('Expected requests a second at rest', columns, rows)
}

function open(size: Size, { hasWholeLogs = false, sqlite = false } = {}): Promise<Simulation> {
  return Simulation.open({ ...size, hasWholeLogs, sqlite, readsPerMinute: readsPerMinute(size.guilds) })
}

/** The same as before, with the real archive: the figures have to be the same. */
async function restInSqlite(size: Size) {
  const simulation = await open(size, { sqlite: true })
  await simulation.start()
  await simulation.rest(1)
  return restRow('the same, in SQLite', size, await simulation.rest(24))
}

const REST = [
  'requests/h',
  'of which growth',
  'mean/s',
  'peak/s',
  'expected/h',
  'least/h',
  'counts behind',
  'budget',
]

function restRow(what: string, { guilds, busy }: Size, { requests, hours, least, grown, behind }: Rest) {
  const perHour = requests.total / hours
  const perSecond = perHour / 3600
  const [budget, missed] =
    guilds === 100_000
      ? [`< ${rate(PER_SECOND)}/s`, perSecond >= PER_SECOND]
      : guilds === 10_000 && busy === 0.05
        ? [`< ${whole(PER_HOUR)}/h`, perHour >= PER_HOUR]
        : ['', false]
  const growth = requests.by('growth') / hours
  const counts = [perHour, growth].map(whole)
  const rates = [perSecond, requests.peakPerSecond].map(rate)
  const others = [expectedPerHour(guilds, busy), least].map(whole)
  const late = `${whole(behind)} of ${whole(grown)}`
  return { what, cells: [...counts, ...rates, ...others, late, budget], missed }
}

const STARTS = ['requests', 'expected', 'least', 'peak/s', 'all live', 'all read', 'answers p50 / max']

async function printStarts(size: Size, simulation: Simulation): Promise<void> {
  const { guilds, busy } = size
  const row = (what: string, start: Start, down: number, servers = guilds) => {
    const { requests, live, complete, answers } = start
    const costs = [requests.total, expectedForStart(servers, busy), expectedForStart(servers, busy, down)]
    const times = [live.last, complete.last].map(length)
    return {
      what,
      cells: [...costs.map(whole), rate(requests.peakPerSecond), ...times, answersCell(answers)],
    }
  }
  const asked = await simulation.asked(600)
  const rows: Row[] = []
  if (guilds >= PER_SHARD)
    rows.push(row('a new session of one shard', await simulation.reidentify(), 0, PER_SHARD))
  rows.push(row('restart after a minute', await simulation.restart(MINUTE), MINUTE))
  rows.push(row('restart after an hour', await simulation.restart(HOUR), HOUR))
  rows.push(row('restart after a night', await simulation.restart(8 * HOUR), 8 * HOUR))
  printRows(`Starts with ${titleOf(size)}`, STARTS, rows)
  const { requests, answers } = asked
  const perAnswer = requests.by('answer') / answers.length
  process.stdout.write(
    `\n${whole(answers.length)} answers in an hour: ${perAnswer.toFixed(2)} requests each, ${answersCell(answers)}\n`,
  )
  if (guilds <= 10_000) await printFirstReading(size)
}

/** Prints who is read when, where Discord has the logs of 45 days and Custos nothing. */
async function printFirstReading(size: Size): Promise<void> {
  const { guilds, busy } = size
  const { requests, live, complete, answers } = await (await open(size, { hasWholeLogs: true })).start()
  const expected = expectedForStart(guilds, busy, 45 * DAY)
  const rows = [...live.means].map(([name, mean]) => ({
    what: `${name} servers, on average`,
    cells: ['', '', '', length(mean), length(complete.means.get(name) ?? 0), ''],
  }))
  const all = {
    what: 'all servers',
    cells: [
      ...[requests.total, expected].map(whole),
      rate(requests.peakPerSecond),
      ...[live.last, complete.last].map(length),
      answersCell(answers),
    ],
  }
  const columns = ['requests', 'expected', 'peak/s', 'live', 'read', 'answers p50 / max']
  printRows(`First reading of ${titleOf(size)}, 45 days`, columns, [all, ...rows])
}

function titleOf({ guilds, busy }: Size): string {
  return `${whole(guilds)} servers, ${whole(busy * 100)} % busy`
}

process.exitCode = (await main(...process.argv.slice(2))) ? 0 : 1
