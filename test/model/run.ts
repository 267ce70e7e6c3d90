import { parseArgs } from 'node:util'
import { runSeeds } from './run-seeds.ts'

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1000' }, from: { type: 'string', default: '1' } },
})
const [seeds, from] = [Number(values.seeds), Number(values.from)]
if (!(Number.isInteger(seeds) && seeds > 0 && Number.isInteger(from))) {
  throw new Error('npm run model -- --seeds 10000 --from 1')
}

const startedAt = performance.now()
const broken = await runSeeds(from, seeds)
const failed = new Set(broken.map((line) => line.split(':')[0])).size
const seconds = Math.round((performance.now() - startedAt) / 1000)
process.stdout.write(
  [...broken, `${seeds} seeds · ${failed} failed · ${seconds} seconds`].map((line) => `${line}\n`).join(''),
)
process.exitCode = broken.length > 0 ? 1 : 0
