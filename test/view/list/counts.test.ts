import { expect, test } from 'vitest'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DAY } from '../../../src/core/time/units.ts'
import { numberField, rankingField } from '../../../src/view/list/counts.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const daysAgo = (days: number) => firstIdAt(NOW - days * DAY)

/** A window of the last `days` days, with coverage of the given ranges, in days ago. */
function last(days: number, ...known: readonly (readonly [from: number, to: number])[]) {
  return {
    query: {
      command: 'audit deletes',
      guildId: '9',
      askerId: '1',
      askedAt: NOW,
      timeZone: 'UTC',
      filter: { from: daysAgo(days) },
      order: 'newest' as const,
    },
    coverage: {
      guildId: '9',
      oldest: daysAgo(45),
      ranges: known.map(([from, to]) => ({ start: daysAgo(from), end: daysAgo(to) })),
      readAt: NOW,
      askedAt: NOW,
      timeZone: 'UTC',
    },
  }
}

test.each([
  ['all', last(7, [45, 0]), '0', '5'],
  ['all that Discord has', last(90, [45, 0]), '0', '5'],
  ['all except its end', last(7, [45, 1]), '0\n*may be higher*', '5\n*may be higher*'],
  ['all except a gap in it', last(7, [45, 6], [5, 0]), '0\n*may be higher*', '5'],
  ['nothing', last(7, [45, 8]), '*not known*', '5\n*may be higher*'],
  ['only the first moment', last(7, [45, 7]), '*not known*', '5\n*may be higher*'],
])('a number is marked as its window needs if coverage is: %s', (_, window, none, five) => {
  expect(numberField('Actions', 0, window).value).toBe(none)
  expect(numberField('Actions', 5, window).value).toBe(five)
})

test('an empty ranking reads “not known” if the window has gaps', () => {
  const nobody = { top: [], size: 0 }
  expect(rankingField('By moderator', nobody, String, last(7, [45, 0])).value).toBe('none')
  expect(rankingField('By moderator', nobody, String, last(7, [45, 8])).value).toBe('*not known*')
  expect(rankingField('By moderator', nobody, String, last(7, [45, 6.9])).value).toBe('*not known*')
  expect(rankingField('By moderator', nobody, String, last(7, [45, 6], [5, 0])).value).toBe('*not known*')
})
