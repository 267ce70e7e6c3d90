import { expect, test } from 'vitest'
import { soak } from './soak.ts'

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

test.concurrent.each(SEEDS)(
  'seed %i: a month in which one thing after another goes wrong loses nothing and doubles nothing',
  async (seed) => {
    const { faults, comparisons, ...came } = await soak({ seed, faults: 100, compareEvery: 25 })
    expect(Object.keys(faults).length).toBeGreaterThan(10)
    expect(comparisons).toBe(4)
    expect(came).toMatchObject({ lost: 0, invented: 0, wrong: 0, complaints: [] })
  },
  90_000,
)
