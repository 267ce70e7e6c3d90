import { openArchive } from '../../src/archive/sqlite/open.ts'
import { live } from './model.ts'

/** How many lives run side by side, each with an archive of its own: while one waits for it, another goes on. */
const AT_ONCE = 4

/**
 * Lets as many lives as there are seeds run, each in a guild of its own.
 * @returns what was not as it should be, a line each
 */
export async function lives(from: number, seeds: number): Promise<string[]> {
  const complaints: string[] = []
  let next = from
  const runOn = async () => {
    const archive = await openArchive(':memory:')
    while (next < from + seeds) complaints.push(...(await live(next++, archive)))
    await archive.close()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, runOn))
  return complaints
}
