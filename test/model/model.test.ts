import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sharedArchive } from '../support/archive/shared-archive.ts'
import { runModel } from './model.ts'
import { runSeeds } from './run-seeds.ts'

/** The first few of many. `npm run model -- --seeds 10000` runs more. */
const SEEDS = 60

const archive = await sharedArchive()

test('in any order of events, what is called complete is complete, and in the end everything is', async () => {
  expect(await runSeeds(1, SEEDS)).toEqual([])
}, 120_000)

test('no sequence of scenarios breaks a promise', async () => {
  let serial = 0
  const anyScenarios = fc.array(fc.nat(100), { maxLength: 15 })
  await fc.assert(
    fc.asyncProperty(fc.nat(), anyScenarios, async (seed, scenarios) => {
      expect(await runModel({ seed, serial: ++serial, scenarios }, archive)).toEqual([])
    }),
    { numRuns: 20 },
  )
}, 120_000)
