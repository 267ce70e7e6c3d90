import type { DatabaseType } from './databases/database.ts'
import type { Figure } from './table.ts'

/** Something that is run repeatedly with different values, and timed. */
export interface Scenario<Given = unknown> {
  readonly what: string
  /** Runs it for the nth time. */
  readonly run: (nth: number) => Promise<Given>
  /** Runs after it, and is not timed. It receives what `run` returned. */
  readonly after?: (given: Given) => Promise<void>
  /** The least work that could return the same, without the archive's code. It receives what `run` returned. */
  readonly floor: (given: Given) => Promise<unknown>
  /** How many milliseconds it may take, half of the time. */
  readonly budget?: Budget
  readonly times?: number
}

/** A budget of every database, or of those that have one. */
export type Budget = number | Readonly<Partial<Record<DatabaseType, number>>>

/** A scenario whose values are its own business. */
export interface Measurable {
  readonly what: string
  readonly budget: Budget | undefined
  /** Runs and times it, and then its floor, several times. */
  readonly round: (times?: number) => Promise<Round>
}

interface Round {
  readonly p50: number
  readonly p95: number
  readonly floor: number
}

const TIMES = 100
const ROUNDS = 5
const WARM_UP = 5

/** The longest time that a scenario is repeated in a round, in milliseconds. */
const LONGEST_ROUND = 3000

export function measurable<Given>(scenario: Scenario<Given>): Measurable {
  const { what, budget, times = TIMES } = scenario
  return { what, budget, round: (fewer = times) => measureRound(scenario, fewer) }
}

/**
 * Measures scenarios one after another, in several rounds, and returns the fastest round of each, because anything else
 * that the machine does can only make a round slower.
 */
export async function measure(
  type: DatabaseType,
  scenarios: readonly Measurable[],
  howOften = ROUNDS,
): Promise<Figure[]> {
  for (const { round } of scenarios) await round(WARM_UP)
  const rounds: Round[][] = []
  for (let count = 0; count < howOften; count++) {
    const measured: Round[] = []
    for (const { round } of scenarios) measured.push(await round())
    rounds.push(measured)
  }
  return scenarios.map(({ what, budget }, index) => {
    const quietest = rounds
      .flatMap((measured) => measured[index] ?? [])
      .reduce((quieter, one) => (one.p50 < quieter.p50 ? one : quieter))
    return { what, unit: 'ms', ...quietest, budget: budgetFor(type, budget) }
  })
}

/** The slowest of some figures. */
export function slowest(figures: readonly Figure[]): Figure {
  const found = figures.reduce((slower, one) => (one.p50 > slower.p50 ? one : slower))
  return { ...found, what: `page: slowest of ${figures.length} combinations, ${found.what}` }
}

function budgetFor(type: DatabaseType, budget: Budget | undefined): number | undefined {
  return typeof budget === 'object' ? budget[type] : budget
}

async function measureRound<Given>({ run, floor, after }: Scenario<Given>, times: number): Promise<Round> {
  const taken: number[] = []
  const floors: number[] = []
  const began = performance.now()
  for (let nth = 0; nth < times && performance.now() - began < LONGEST_ROUND; nth++) {
    const start = performance.now()
    const given = await run(nth)
    taken.push(performance.now() - start)
    await after?.(given)
    const floorStart = performance.now()
    await floor(given)
    floors.push(performance.now() - floorStart)
  }
  return { p50: percentile(taken, 50), p95: percentile(taken, 95), floor: percentile(floors, 50) }
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(Math.floor((sorted.length * percent) / 100), sorted.length - 1)] ?? Number.NaN
}
