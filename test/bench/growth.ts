import type { BenchDatabase } from './databases/database.ts'
import { GROWING } from './databases/dataset.ts'
import { measure } from './measure.ts'
import { countScenarios, searchScenarios } from './scenarios/answers.ts'
import { listScenarios } from './scenarios/lists.ts'
import { withSubject } from './scenarios/parts.ts'
import { suggestionScenarios } from './scenarios/suggestions.ts'
import { milliseconds, printTable } from './table.ts'

/** Fewer than in the benchmark, since there are four guilds. The fastest round counts. */
const ROUNDS = 3

/** How many times longer something may take that must not grow, and a difference that is noise, in milliseconds. */
const TOLERANCE = 1.5
const NOISE = 0.3

/**
 * What must not grow, and from which of the sizes on. In the smallest guild, many pages are not full. Activity reads daily
 * sums, of which a guild has at most one for each moderator, kind and day, and only large guilds have most of them.
 */
const STEADY = [
  { prefix: 'page:', from: 1 },
  { prefix: 'activity', from: 2 },
  { prefix: 'all that /audit activity', from: 2 },
]

/** Measures guilds of very different sizes, and prints how the figures grow. @returns whether what must not grow does not */
export async function measureGrowth(database: BenchDatabase): Promise<boolean> {
  const figures: ReadonlyMap<string, number>[] = []
  for (const guild of GROWING.guilds) {
    figures.push(
      await withSubject(database, guild, async (subject) => {
        const scenarios = [
          ...(await listScenarios(subject)),
          ...countScenarios(subject),
          ...suggestionScenarios(subject),
          ...searchScenarios(subject),
        ]
        const measured = await measure(database.type, scenarios, ROUNDS)
        return new Map(measured.map(({ what, p50 }) => [what, p50]))
      }),
    )
  }
  // A small guild does not have every page.
  const [smallest] = figures
  const grown = [...(smallest?.keys() ?? [])].map((what) => {
    const times = figures.flatMap((each) => each.get(what) ?? [])
    return { what, times, verdict: verdictOn(what, times) }
  })
  const sizes = GROWING.guilds.map(({ entries }) => entries)
  printTable([
    ['entries in the guild', ...sizes.map((size) => size.toLocaleString('en')), 'slope', ''],
    ...grown.map(({ what, times, verdict }) => [
      what,
      ...times.map(milliseconds),
      slopeOf(sizes, times).toFixed(2),
      verdict,
    ]),
  ])
  return !grown.some(({ verdict }) => verdict === 'GROWS')
}

function verdictOn(what: string, times: readonly number[]): 'GROWS' | 'ok' | '' {
  const steady = STEADY.find(({ prefix }) => what.startsWith(prefix))
  if (!steady) return ''
  const [first = 0, last = 0] = [times[steady.from], times.at(-1)]
  return last > TOLERANCE * first + NOISE ? 'GROWS' : 'ok'
}

/** The exponent by which times grow with sizes: 0 when they do not, 1 when they double with the size. */
function slopeOf(sizes: readonly number[], times: readonly number[]): number {
  const points = times.map((time, index) => [Math.log(sizes[index] ?? Number.NaN), Math.log(time)] as const)
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [meanOf(points.map(([size]) => size)), meanOf(points.map(([, time]) => time))]
  return (
    points.reduce((sum, [size, time]) => sum + (size - x) * (time - y), 0) /
    points.reduce((sum, [size]) => sum + (size - x) ** 2, 0)
  )
}
