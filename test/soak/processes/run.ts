import { parseArgs } from 'node:util'
import { type ProcessesSoakResult, soakProcesses } from './soak.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    'kill-every': { type: 'string' },
    'fault-every': { type: 'string' },
    processes: { type: 'string', default: '3' },
    'shards-per-process': { type: 'string', default: '2' },
  },
})
const [minutes, seed, processes] = [values.minutes, values.seed, values.processes].map(Number)
const [killEvery, faultEvery] = [values['kill-every'], values['fault-every']].map((seconds) =>
  seconds === undefined ? undefined : Number(seconds) * 1000,
)
if (![minutes, seed, processes, killEvery ?? 1, faultEvery ?? 1].every((number) => Number(number) > 0)) {
  throw new Error(
    'npm run soak:processes -- --minutes 10 --kill-every 60 --fault-every 20 --processes 3 --seed 1',
  )
}

const result = await soakProcesses({
  seed: Number(seed),
  length: Number(minutes) * 60_000,
  killEvery,
  faultEvery: killEvery === undefined ? (faultEvery ?? 20_000) : faultEvery,
  faultLengths: { short: 10_000, long: 90_000 },
  processes: Number(processes),
  shards: 6,
  shardsPerProcess: Number(values['shards-per-process']),
  guildsPerShard: 2,
  script: 'src/main.ts',
  identifyInterval: 5000,
  takeOver: 60_000,
  eventsPerSecond: 30,
  questionsPerSecond: 6,
})
report(result)

function report({
  faults,
  problems,
  refused,
  exits,
  unserved,
  longestWithoutAnswer,
  ...counts
}: ProcessesSoakResult): void {
  write(listed(counts))
  write(`refused: ${listed(refused)} · exits: ${listed(exits)}`)
  write(
    `a server was unserved ${unserved.times} times, at most for ${seconds(unserved.longest)}, ${seconds(unserved.median)} ` +
      `at the median · at most ${seconds(longestWithoutAnswer)} between two complete answers`,
  )
  for (const [name, times] of Object.entries(faults)) write(`  ${String(times).padStart(4)} ${name}`)
  for (const problem of problems) write(`  ${problem}`)
  if (counts.lost + counts.invented + counts.wrong + problems.length > 0) process.exitCode = 1
}

function listed(figures: Readonly<Record<string, number>>): string {
  return Object.entries(figures)
    .map(([name, figure]) => `${name} ${figure}`)
    .join(' · ')
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

function write(line: string): void {
  process.stdout.write(`${line}\n`)
}
