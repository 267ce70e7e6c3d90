import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NO_NAMES } from '../../../src/core/names/names.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { entryLines } from '../../../src/view/entry/entry-line.ts'
import { entryOf } from '../../support/entries/entries.ts'
import { anyEntry, GUILD, LONGEST } from '../any-entry.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const HOUR = 3_600_000

/** Kicks at some moments, as the lines of a list. */
function linesOf(
  moments: readonly number[],
  query: { timeZone?: string; aroundId?: string } = {},
  first = 1,
): string[] {
  const entries = moments.map((at) =>
    entryOf(GUILD, { id: firstIdAt(at), action_type: 20, user_id: '7', target_id: '8' }),
  )
  return entryLines(
    { query: { askedAt: NOW, timeZone: 'UTC', ...query }, entries, first, names: NO_NAMES },
    4096,
  ).split('\n')
}

/** The line of a kick: of the last 24 hours, or with a time in front. */
const newKick = (number: number, at: number) => `${number}. 👢 <@7> kicked <@8> · <t:${at / 1000}:R>`
const kick = (number: number, when: string, at: number) => newKick(number, at).replace('👢', `👢 ${when}`)

describe('a line', () => {
  test('has its place in the whole list, who did what, and how long ago', () => {
    expect(linesOf([NOW, NOW - HOUR], {}, 11)).toEqual([
      '**Thu 26 Nov**',
      newKick(11, NOW),
      newKick(12, NOW - HOUR),
    ])
  })

  test('that is older than 24 hours has the time of day too, below the heading of its day', () => {
    const moments = [NOW - 24 * HOUR + 1000, NOW - 24 * HOUR]
    expect(linesOf(moments)).toEqual([
      '**Wed 25 Nov**',
      newKick(1, NOW - 24 * HOUR + 1000),
      kick(2, '12:00', NOW - 24 * HOUR),
    ])
  })

  test('has the reason below it as a quote', () => {
    const entry = entryOf(GUILD, {
      id: firstIdAt(NOW),
      action_type: 20,
      user_id: '7',
      target_id: '8',
      reason: 'Spam,\n*again*',
    })
    const query = { askedAt: NOW, timeZone: 'UTC' }
    expect(entryLines({ query, entries: [entry], first: 1, names: NO_NAMES }, 4096).split('\n')).toEqual([
      newKick(1, NOW),
      '> Spam, \\*again\\*',
    ])
  })

  test('of the entry that the list is about is marked', () => {
    expect(linesOf([NOW, NOW - HOUR], { aroundId: firstIdAt(NOW - HOUR) })).toEqual([
      '**Thu 26 Nov**',
      newKick(1, NOW),
      newKick(2, NOW - HOUR).replace('👢', '👉 👢'),
    ])
  })
})

describe('days', () => {
  test('are headings in the time zone of the server', () => {
    const moments = [36, 47, 49, 50].map((hours) => NOW - hours * HOUR)
    expect(linesOf(moments).filter((line) => line.startsWith('**'))).toEqual([
      '**Wed 25 Nov**',
      '**Tue 24 Nov**',
    ])
    expect(linesOf(moments, { timeZone: 'Asia/Tokyo' })).toEqual([
      '**Wed 25 Nov**',
      kick(1, '09:00', NOW - 36 * HOUR),
      '**Tue 24 Nov**',
      kick(2, '22:00', NOW - 47 * HOUR),
      kick(3, '20:00', NOW - 49 * HOUR),
      kick(4, '19:00', NOW - 50 * HOUR),
    ])
  })

  test('stand in the lines, in place of the time of day, if most entries are of a day of their own', () => {
    const moments = [NOW, NOW - 24 * HOUR, NOW - 25 * HOUR]
    expect(linesOf(moments)).toEqual([
      newKick(1, NOW),
      kick(2, '25 Nov', NOW - 24 * HOUR),
      kick(3, '25 Nov', NOW - 25 * HOUR),
    ])
  })

  test('of another year have the year', () => {
    const then = Date.UTC(2025, 11, 31, 23)
    expect(linesOf([then])).toEqual([kick(1, '31 Dec 2025', then)])
    expect(linesOf([then, then])[0]).toBe('**Wed 31 Dec 2025**')
    expect(linesOf([then], { timeZone: 'Asia/Tokyo' })).toEqual([kick(1, '1 Jan', then)])
  })
})

test('any entries have a numbered line each, and a quote only for a reason', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { minLength: 1, maxLength: 10 }), fc.nat(1000), (entries, page) => {
      const query = { askedAt: NOW, timeZone: 'Europe/Berlin' }
      const first = page * 10 + 1
      const lines = entryLines({ query, entries, first, names: NO_NAMES }, 1e9).split('\n')
      expect(lines.filter((line) => /^\d+\. /.test(line)).map((line) => Number.parseInt(line, 10))).toEqual(
        entries.map((_, index) => first + index),
      )
      expect(lines.filter((line) => !/^(?:\d+\. |> |\*\*\w{3} \d)/.test(line))).toEqual([])
      expect(lines.filter((line) => line.startsWith('> '))).toHaveLength(
        entries.filter(({ reason }) => reason).length,
      )
    }),
  )
})

test('lines that are too long lose reasons, then changes, then the names beside mentions, but no entry', () => {
  const { entries, names } = LONGEST
  const query = { askedAt: NOW, timeZone: 'UTC' }
  for (const longest of [4096, 3000, 2300]) {
    const lines = entryLines({ query, entries, first: 991, names }, longest)
    expect(lines.length).toBeLessThanOrEqual(longest)
    expect(lines.match(/^\d+\. /gm)).toHaveLength(10)
  }
})
