import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ArchiveUpdate } from '../../src/core/archive.ts'
import type { Range } from '../../src/core/coverage/ranges.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'
import { freshGuild, sharedArchive } from '../support/shared-archive.ts'

const archive = await sharedArchive()

test('nothing is known to be complete of a guild that was never read', async () => {
  expect(await archive.coverage(freshGuild())).toEqual({ ranges: [], readAt: null })
})

describe('what is complete', () => {
  test.each<[string, [start: string, end: string][], [start: string, end: string][]]>([
    [
      'stands in order',
      [
        ['30', '40'],
        ['10', '20'],
      ],
      [
        ['10', '20'],
        ['30', '40'],
      ],
    ],
    [
      'is joined where it touches',
      [
        ['10', '20'],
        ['20', '30'],
      ],
      [['10', '30']],
    ],
    [
      'is joined where it overlaps',
      [
        ['10', '25'],
        ['20', '30'],
      ],
      [['10', '30']],
    ],
    [
      'swallows what lies within',
      [
        ['10', '40'],
        ['20', '30'],
      ],
      [['10', '40']],
    ],
    [
      'is joined by what fills the hole',
      [
        ['10', '20'],
        ['30', '40'],
        ['20', '30'],
      ],
      [['10', '40']],
    ],
    [
      'is ordered as numbers are',
      [
        ['999', '1000'],
        ['99', '100'],
      ],
      [
        ['99', '100'],
        ['999', '1000'],
      ],
    ],
    ['may be a single entry', [['7', '7']], [['7', '7']]],
    [
      'keeps every digit of an id',
      [['1564675951034371831', '9007199254740993000']],
      [['1564675951034371831', '9007199254740993000']],
    ],
  ])('%s', async (_, told, known) => {
    const guildId = freshGuild()
    for (const range of told) await learn({ guildId, complete: ranges([range]) })
    expect((await archive.coverage(guildId)).ranges).toEqual(ranges(known))
  })

  test('is the same in whatever order, and in however many parts, it was learnt', async () => {
    const anyRange = fc
      .tuple(fc.nat(40), fc.nat(10))
      .map(([start, length]) => ({ start: String(start), end: String(start + length) }))
    await fc.assert(
      fc.asyncProperty(fc.array(anyRange, { minLength: 1 }), async (told) => {
        const [atOnce, oneByOne] = [freshGuild(), freshGuild()]
        await learn({ guildId: atOnce, complete: told })
        for (const range of told.toReversed()) await learn({ guildId: oneByOne, complete: [range] })
        const known = (await archive.coverage(atOnce)).ranges
        expect((await archive.coverage(oneByOne)).ranges).toEqual(known)
        expect(pointsIn(known)).toEqual(pointsIn(told))
      }),
      { numRuns: 40 },
    )
  })
})

test('when Discord was last read is remembered', async () => {
  const guildId = freshGuild()
  await learn({ guildId, readAt: 1_795_521_600_000 })
  await learn({ guildId, complete: ranges([['1', '2']]) })
  expect((await archive.coverage(guildId)).readAt).toBe(1_795_521_600_000)
  await learn({ guildId, readAt: 1_795_521_600_001 })
  expect((await archive.coverage(guildId)).readAt).toBe(1_795_521_600_001)
})

function learn(update: { guildId: Snowflake } & Partial<ArchiveUpdate>): Promise<void> {
  return archive.record([{ entries: [], from: 'rest', ...update }])
}

function ranges(bounds: readonly (readonly [start: string, end: string])[]): Range[] {
  return bounds.map(([start, end]) => ({ start, end }))
}

/** Every id that lies in one of the ranges. */
function pointsIn(of: readonly Range[]): Set<number> {
  const all = Array.from({ length: 60 }, (_, id) => id)
  return new Set(all.filter((id) => of.some(({ start, end }) => id >= Number(start) && id <= Number(end))))
}
