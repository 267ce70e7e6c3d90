import { expect } from 'vitest'
import type { Town } from '../../../sandbox/town/town.ts'
import { openArchive } from '../../../src/archive/sqlite/open.ts'
import { countOf } from '../entries/truth.ts'

/** Expects that a closed archive has the town's whole log, each entry once, and complete coverage. */
export async function expectComplete(path: string, { guild }: Town): Promise<void> {
  const archive = await openArchive(path)
  try {
    const truth = guild.log.since()
    const entries = await archive.list(guild.id, {}, { order: 'oldest', limit: 1_000_000 })
    expect(entries.map(({ id, count }) => [id, count ?? 1])).toEqual(
      truth.map((entry) => [entry.id, countOf(entry)]),
    )
    const sums = await archive.countByKind(guild.id, {})
    expect(sums.reduce((sum, { units }) => sum + units, 0)).toBe(
      truth.reduce((sum, entry) => sum + countOf(entry), 0),
    )
    const { ranges } = await archive.coverage(guild.id)
    expect(ranges).toHaveLength(1)
    expect(BigInt(ranges[0]?.start ?? truth.length)).toBeLessThanOrEqual(BigInt(truth[0]?.id ?? 0))
    expect(BigInt(ranges[0]?.end ?? 0)).toBeGreaterThanOrEqual(BigInt(truth.at(-1)?.id ?? 0))
  } finally {
    await archive.close()
  }
}
