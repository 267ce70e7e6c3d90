import { expect, test } from 'vitest'
import { soak } from './soak.ts'

/** Between them, these two seeds inject almost every kind of fault. `npm run soak -- --seeds 10 --faults 1000` runs more. */
const SEEDS = [5, 8]

test.concurrent.each(SEEDS)(
  'seed %i: a month in which one thing after another fails loses no entry, stores none twice and posts each once',
  async (seed) => {
    const { faults, comparisons, posts, ...result } = await soak({ seed, faults: 100, compareEvery: 25 })
    expect(Object.keys(faults).length).toBeGreaterThan(30)
    expect(comparisons).toBe(4)
    expect(posts).toBeGreaterThan(50)
    expect(result).toMatchObject({ lost: 0, invented: 0, wrong: 0, problems: [] })
  },
  240_000,
)
