import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sharedArchive } from '../support/archive/shared-archive.ts'
import { runModel } from './model.ts'
import { runSeeds } from './run-seeds.ts'

/**
 * Enough for a fault in how far a read is trusted to show in two seeds or more. `npm run model -- --seeds 10000` runs
 * more.
 */
const SEEDS = 100

const archive = await sharedArchive()

test('in whatever order things happen, what is called complete is complete, and in the end everything is', async () => {
  expect(await runSeeds(1, SEEDS)).toEqual([])
}, 120_000)

test('no sequence of scenes breaks a promise; one that does is shrunk to a few', async () => {
  let serial = 0
  const anyScenes = fc.array(fc.nat(100), { maxLength: 15 })
  await fc.assert(
    fc.asyncProperty(fc.nat(), anyScenes, async (seed, scenes) => {
      expect(await runModel({ seed, serial: ++serial, scenarios: scenes }, archive)).toEqual([])
    }),
    { numRuns: 60 },
  )
}, 120_000)
