import { expect, test } from 'vitest'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DAY } from '../../../src/core/time/units.ts'
import { actionField, headline, numberField, rankingField } from '../../../src/view/list/counts.ts'

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

test.each([
  ['all', last(7, [45, 0]), ['No actions by @ann', '1 action by @ann', '1,234 actions by @ann']],
  [
    'all except a gap in it',
    last(7, [45, 6], [5, 0]),
    ['No actions by @ann, as far as is known', 'At least 1 action by @ann', 'At least 1,234 actions by @ann'],
  ],
  [
    'nothing',
    last(7, [45, 8]),
    ['Actions by @ann: not known', 'At least 1 action by @ann', 'At least 1,234 actions by @ann'],
  ],
])('a title says how many, and whether that is certain, if coverage is: %s', (_, window, titles) => {
  const of = { noun: 'action', rest: ' by @ann' } as const
  expect([0, 1, 1234].map((number) => headline(number, of, window))).toEqual(titles)
})

test('messages may have been deleted since their counts were read, which changes no number of entries', () => {
  const window = last(7, [45, 0])
  const older = { ...window, coverage: { ...window.coverage, countsAsOf: NOW - DAY } }
  expect(headline(5, { noun: 'message', rest: ' deleted' }, older)).toBe('At least 5 messages deleted')
  expect(headline(5, { noun: 'action', rest: ' by @ann' }, older)).toBe('5 actions by @ann')
  expect(headline(5, { noun: 'entry', rest: '' }, older)).toBe('5 entries')
})

test('a split is one running line of the most frequent, which breaks between them', () => {
  const window = last(7, [45, 0])
  const kicks = { key: 'Member Kick', emoji: '👢', entries: 3, units: 3 }
  const deletes = { key: 'Message Delete', emoji: '🗑️', counts: 'message' as const, entries: 2, units: 1234 }
  expect(actionField('By action', [kicks, deletes, kicks, kicks, kicks, kicks, kicks], window)).toEqual({
    name: 'By action',
    value:
      '👢\u00A0Member\u00A0Kick\u00A0**3** · 🗑️\u00A0Message\u00A0Delete\u00A0**2** (1,234\u00A0messages) · 👢\u00A0Member\u00A0Kick\u00A0**3** · ' +
      '👢\u00A0Member\u00A0Kick\u00A0**3** · 👢\u00A0Member\u00A0Kick\u00A0**3** · 2 other kinds **6**',
  })
  const six = actionField('By action', [kicks, deletes, kicks, kicks, kicks, deletes], window)
  expect(six.value).toMatch(/ · 🗑️\u00A0Message\u00A0Delete\u00A0\*\*2\*\* \(1,234\u00A0messages\)$/)
  const top = [
    { key: '7', entries: 9, units: 1234 },
    { key: null, entries: 1, units: 1 },
  ]
  const field = rankingField('By author', { top, size: 3 }, (id) => `<@${id}>`, window, {
    remark: '*only some*',
  })
  expect(field.value).toBe('<@7> **1,234** · unknown **1** · and\u00A01\u00A0other · *only some*')
  const also = rankingField('By moderator', { top, size: 3 }, (id) => `<@${id}>`, window, {
    of: 'entries',
    also: ['AutoMod **3**'],
  })
  expect(also.value).toBe('<@7> **9** · unknown **1** · AutoMod **3** · and\u00A01\u00A0other')
})
