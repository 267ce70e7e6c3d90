/** Something that is run repeatedly with different values, and timed. */
export interface Scenario {
  readonly what: string
  /** Runs it for the nth time. */
  readonly run: (nth: number) => Promise<unknown>
  /** The least work that could return the same, without the archive's code. It receives what `run` returned. */
  readonly floor: (given: unknown) => void
  /** How many milliseconds it may take. */
  readonly budget?: number
  readonly times?: number
}

export interface Measured {
  readonly scenario: Scenario
  readonly p50: number
  readonly p95: number
  readonly floor: number
}

const TIMES = 100
const ROUNDS = 5
const WARM_UP = 5

/** The longest time that a scenario is repeated in a round, in milliseconds. */
const LONGEST_ROUND = 3000

/**
 * Measures scenarios one after another, in several rounds, and returns the fastest round of each, because anything else
 * that the machine does can only make a round slower.
 */
export async function measure(scenarios: readonly Scenario[], howOften = ROUNDS): Promise<Measured[]> {
  for (const scenario of scenarios) await round({ ...scenario, times: WARM_UP })
  const rounds: Measured[][] = []
  for (let count = 0; count < howOften; count++) {
    const measured: Measured[] = []
    for (const scenario of scenarios) measured.push(await round(scenario))
    rounds.push(measured)
  }
  return scenarios.map((scenario, index) =>
    rounds
      .flatMap((measured) => measured[index] ?? [])
      .reduce((quietest, one) => (one.p95 < quietest.p95 ? one : quietest), { scenario, ...NEVER }),
  )
}

const NEVER = {
  p50: Number.POSITIVE_INFINITY,
  p95: Number.POSITIVE_INFINITY,
  floor: Number.POSITIVE_INFINITY,
}

async function round(scenario: Scenario): Promise<Measured> {
  const { run, floor, times = TIMES } = scenario
  const taken: number[] = []
  const floors: number[] = []
  const began = performance.now()
  for (let nth = 0; nth < times && performance.now() - began < LONGEST_ROUND; nth++) {
    const start = performance.now()
    const given = await run(nth)
    const end = performance.now()
    floor(given)
    floors.push(performance.now() - end)
    taken.push(end - start)
  }
  return { scenario, p50: percentile(taken, 50), p95: percentile(taken, 95), floor: percentile(floors, 50) }
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(Math.floor((sorted.length * percent) / 100), sorted.length - 1)] ?? Number.NaN
}
