import { expect, test } from 'vitest'
import { lives } from './lives.ts'

/**
 * Enough for a fault in how far a read is trusted to show in two seeds or more. `npm run model -- --seeds 10000` runs
 * more.
 */
const SEEDS = 100

test('in whatever order things happen, what is called complete is complete, and in the end everything is', async () => {
  expect(await lives(1, SEEDS)).toEqual([])
}, 120_000)
