import { expect, test } from 'vitest'
import { testArchive } from '../support/shared-archive.ts'
import { lives } from './lives.ts'

/** `npm run model -- --seeds 10000` lets more run. */
const SEEDS = 1000

test('whatever comes in whatever order, what is called complete is complete, and in the end all is', async () => {
  expect(await lives(1, SEEDS, await testArchive())).toEqual([])
}, 120_000)
