import { memoryArchive } from '../support/archive/memory-archive.ts'
import { runModel } from './model.ts'

/** How many runs there are at the same time, each with its own archive: while one waits for its archive, another goes on. */
const CONCURRENCY = 4

/**
 * Runs the model once for each seed, each time with another guild.
 * @returns the promises that were broken, a line each
 */
export async function runSeeds(from: number, seeds: number): Promise<string[]> {
  const broken: string[] = []
  let next = from
  const runOn = async () => {
    const archive = await memoryArchive()
    while (next < from + seeds) broken.push(...(await runModel({ seed: next, serial: next++ }, archive)))
    await archive.close()
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, runOn))
  return broken
}
