import type { Archive } from '../../src/core/archive.ts'
import { live } from './model.ts'

/** How many lives run side by side: while one waits for the archive, another goes on. */
const AT_ONCE = 20

/**
 * Lets as many lives as there are seeds run, each in a guild of its own.
 * @returns what was not as it should be, a line each
 */
export async function lives(from: number, seeds: number, archive: Archive): Promise<string[]> {
  const complaints: string[] = []
  for (let seed = from; seed < from + seeds; seed += AT_ONCE) {
    const those = Array.from({ length: Math.min(AT_ONCE, from + seeds - seed) }, (_, index) =>
      live(seed + index, archive),
    )
    complaints.push(...(await Promise.all(those)).flat())
  }
  return complaints
}
