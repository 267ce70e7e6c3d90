import { expect, test } from 'vitest'
import { lives } from './lives.ts'

/**
 * So many that a fault in how far a reading is trusted shows in several of them. `npm run model -- --seeds 10000` lets
 * more run.
 */
const SEEDS = 500

test('whatever comes in whatever order, what is called complete is complete, and in the end all is', async () => {
  expect(await lives(1, SEEDS)).toEqual([])
}, 120_000)
