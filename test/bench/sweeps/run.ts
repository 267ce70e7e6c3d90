import { expectedPerHour } from './expected.ts'
import { printRows, type Row, rate, whole } from './report.ts'
import type { Rest } from './simulation.ts'
import { open, type Size, titleOf } from './size.ts'
import { printStarts } from './starts.ts'

/** How many requests an hour may be made for 10,000 servers of which 5 % are busy. */
const PER_HOUR = 1500

/** How many requests a second may be made for 100,000 servers: a third of what Discord allows. */
const PER_SECOND = 50 / 3

/** The numbers of servers, and the shares of busy ones, for which the expected requests are printed. */
const CURVE = [1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 200_000]
const CURVE_SHARES = [0.01, 0.05, 0.1, 0.2]

/**
 * Simulates a bot in many servers over days, and counts its requests for audit logs: at starts, and at rest. The sync is
 * the real one; time and Discord's logs are simulated. Exits with 1 when a budget is missed.
 * @param sizes the numbers of servers, such as `10000`, or several with commas
 * @param shares the percentages of busy servers, in the same way
 * @param limit `READS_PER_MINUTE`; by default what an operator would set, which is the most for many servers
 */
async function main(sizes = '1000,10000,100000', shares = '5,1,20', limit?: string): Promise<boolean> {
  printCurve()
  let isWithinBudget = true
  for (const guilds of sizes.split(',').map(Number)) {
    for (const [index, percent] of shares.split(',').map(Number).entries()) {
      const readsPerMinute = Number(limit ?? (guilds > 10_000 ? 1500 : 300))
      const size = { guilds, busy: percent / 100, readsPerMinute }
      const simulation = await open(size)
      await simulation.start()
      await simulation.rest(1)
      const rest = await simulation.rest(24)
      const rows = [restRow(titleOf(size), size, rest)]
      // SQLite takes too long for more servers.
      if (guilds === 1000 && index === 0) rows.push(await sameInSqlite(size, rest))
      printRows('At rest for a day', REST, rows)
      isWithinBudget &&= rows.every(({ missed }) => !missed)
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

/** The same with the real archive, which misses if its requests are others. */
async function sameInSqlite(size: Size, { requests }: Rest): Promise<Row> {
  const simulation = await open(size, { sqlite: true })
  await simulation.start()
  await simulation.rest(1)
  const rest = await simulation.rest(24)
  const row = restRow('the same, in SQLite', size, rest)
  return { ...row, missed: rest.requests.total !== requests.total }
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

function restRow(what: string, { guilds, busy }: Size, rest: Rest): Row {
  const { requests, hours, least, grown, behind } = rest
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

process.exitCode = (await main(...process.argv.slice(2))) ? 0 : 1
