import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ArchiveUpdate } from '../../src/core/archive.ts'
import type { Range } from '../../src/core/coverage/ranges.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'
import { runs } from '../support/archive/runs.ts'
import { freshGuild, sharedArchive } from '../support/archive/shared-archive.ts'

const archive = await sharedArchive()

test('a guild that was never read has no coverage', async () => {
  expect(await archive.coverage(freshGuild())).toEqual({ ranges: [], readAt: null })
})

describe('coverage', () => {
  test.each<[string, [start: string, end: string][], [start: string, end: string][]]>([
    [
      'is ordered',
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
      'joins ranges that touch',
      [
        ['10', '20'],
        ['20', '30'],
      ],
      [['10', '30']],
    ],
    [
      'joins ranges that overlap',
      [
        ['10', '25'],
        ['20', '30'],
      ],
      [['10', '30']],
    ],
    [
      'absorbs ranges within another',
      [
        ['10', '40'],
        ['20', '30'],
      ],
      [['10', '40']],
    ],
    [
      'joins ranges when the gap is filled',
      [
        ['10', '20'],
        ['30', '40'],
        ['20', '30'],
      ],
      [['10', '40']],
    ],
    [
      'is ordered by number, not by text',
      [
        ['999', '1000'],
        ['99', '100'],
      ],
      [
        ['99', '100'],
        ['999', '1000'],
      ],
    ],
    ['can be a single id', [['7', '7']], [['7', '7']]],
    [
      'keeps every digit of an id',
      [['1564675951034371831', '9007199254740993000']],
      [['1564675951034371831', '9007199254740993000']],
    ],
  ])('%s', async (_, recorded, expected) => {
    const guildId = freshGuild()
    for (const range of recorded) await recordFor({ guildId, complete: ranges([range]) })
    expect((await archive.coverage(guildId)).ranges).toEqual(ranges(expected))
  })

  test('is the same in whatever order and parts it was recorded', async () => {
    const anyRange = fc
      .tuple(fc.nat(40), fc.nat(10))
      .map(([start, length]) => ({ start: String(start), end: String(start + length) }))
    await fc.assert(
      fc.asyncProperty(fc.array(anyRange, { minLength: 1 }), async (recorded) => {
        const [atOnce, oneByOne] = [freshGuild(), freshGuild()]
        await recordFor({ guildId: atOnce, complete: recorded })
        for (const range of recorded.toReversed()) await recordFor({ guildId: oneByOne, complete: [range] })
        const known = (await archive.coverage(atOnce)).ranges
        expect((await archive.coverage(oneByOne)).ranges).toEqual(known)
        expect(pointsIn(known)).toEqual(pointsIn(recorded))
      }),
      runs(40),
    )
  })
})

test('the time of the last read is stored', async () => {
  const guildId = freshGuild()
  await recordFor({ guildId, readAt: 1_795_521_600_000 })
  await recordFor({ guildId, complete: ranges([['1', '2']]) })
  expect((await archive.coverage(guildId)).readAt).toBe(1_795_521_600_000)
  await recordFor({ guildId, readAt: 1_795_521_600_001 })
  expect((await archive.coverage(guildId)).readAt).toBe(1_795_521_600_001)
})

async function recordFor(update: { guildId: Snowflake } & Partial<ArchiveUpdate>): Promise<void> {
  await archive.record([{ entries: [], from: 'rest', ...update }])
}

function ranges(bounds: readonly (readonly [start: string, end: string])[]): Range[] {
  return bounds.map(([start, end]) => ({ start, end }))
}

/** Every id in one of the ranges. */
function pointsIn(of: readonly Range[]): Set<number> {
  const all = Array.from({ length: 60 }, (_, id) => id)
  return new Set(all.filter((id) => of.some(({ start, end }) => id >= Number(start) && id <= Number(end))))
}
