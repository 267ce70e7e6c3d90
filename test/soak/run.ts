import { parseArgs } from 'node:util'
import { openPostgres } from './postgres-database.ts'
import { type SoakResult, soak } from './soak.ts'
import { openSqlite } from './sqlite-database.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
    faults: { type: 'string', default: '1000' },
    database: { type: 'string', default: 'sqlite' },
  },
})
const [seeds, from, faults] = [values.seeds, values.from, values.faults].map(Number)
const openDatabase = { sqlite: openSqlite, postgres: openPostgres }[values.database]
if (
  !openDatabase ||
  ![seeds, from, faults].every((number) => Number.isInteger(number) && Number(number) > 0)
) {
  throw new Error('npm run soak -- --seeds 10 --from 1 --faults 1000 --database postgres')
}

for (let seed = Number(from); seed < Number(from) + Number(seeds); seed++) {
  const startedAt = performance.now()
  const result = await soak({ seed, faults: Number(faults), compareEvery: 50, openDatabase })
  report(result, (performance.now() - startedAt) / 1000)
}

function report({ faults: injected, problems, ...counts }: SoakResult, seconds: number): void {
  const total = Object.values(injected).reduce((sum, times) => sum + times, 0)
  const rows = Object.entries({ ...counts, faults: total, seconds: Math.round(seconds) })
  write(rows.map(([name, figure]) => `${name} ${figure}`).join(' · '))
  for (const [name, times] of Object.entries(injected)) write(`  ${String(times).padStart(4)} ${name}`)
  for (const problem of problems) write(`  ${problem}`)
  if (counts.lost + counts.invented + counts.wrong + problems.length > 0) process.exitCode = 1
}

function write(line: string): void {
  process.stdout.write(`${line}\n`)
}
