import { expectedForStart } from './expected.ts'
import type { Start } from './follow-start.ts'
import { answersCell, length, printRows, type Row, rate, whole } from './report.ts'
import { PER_SHARD, type Simulation } from './simulation.ts'
import { open, type Size, titleOf } from './size.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const STARTS = ['requests', 'expected', 'least', 'peak/s', 'all live', 'all read', 'answers p50 / max']

/** Prints what starts cost after a bot was down, what a new session does, and what answers do. */
export async function printStarts(size: Size, simulation: Simulation): Promise<void> {
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
