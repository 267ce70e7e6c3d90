import { memoryArchive } from '../support/archive/memory-archive.ts'
import { live } from './model.ts'

/** How many lives run at the same time, each with its own archive: while one waits for it, another goes on. */
const AT_ONCE = 4

/**
 * Runs a life for each seed, each in its own guild.
 * @returns the promises that were broken, a line each
 */
export async function lives(from: number, seeds: number): Promise<string[]> {
  const broken: string[] = []
  let next = from
  const runOn = async () => {
    const archive = await memoryArchive()
    while (next < from + seeds) broken.push(...(await live({ seed: next, serial: next++ }, archive)))
    await archive.close()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, runOn))
  return broken
}
