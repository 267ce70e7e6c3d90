import { expect, test } from 'vitest'
import type { Filter } from '../../../src/core/query/filter.ts'
import { howToWiden, nothingFound, OPTION_NAMES } from '../../../src/view/list/nothing-found.ts'

const GUILD = '900000000000000000'
const KNOWN = { guildId: '0', oldest: '500', ranges: [{ start: '500', end: '900' }], readAt: 1, askedAt: 0 }

function query(filter: Filter) {
  return {
    command: 'audit recent',
    guildId: GUILD,
    askerId: '1',
    askedAt: 1,
    timeZone: 'UTC',
    filter,
    order: 'newest',
  } as const
}

test.each<[why: string, Filter, advice: string]>([
  ['no filter', {}, 'No entries were found. The whole archive was searched.'],
  ['a window', { from: '600' }, 'No entries were found. Try an earlier `since`.'],
  [
    'a window that starts before all coverage',
    { from: '400' },
    'No entries were found. The archive has nothing older.',
  ],
  ['an end', { to: '700' }, 'No entries were found. Try a later `until`.'],
  ['an option', { reason: 'spam' }, 'No entries were found. Try leaving out `reason`.'],
  [
    'all of them',
    { from: '600', to: '700', executorId: '2', kinds: { anyOf: [20] }, channelId: '3' },
    'No entries were found. Try an earlier `since`, a later `until` or leaving out `by`, `action` or `channel`.',
  ],
])('without results with %s, the reply says what would find more', (_, filter, advice) => {
  expect(nothingFound(query(filter), KNOWN, OPTION_NAMES)).toBe(advice)
})

test('an option that the command does not have is not suggested', () => {
  const { executorId: _, ...options } = OPTION_NAMES
  expect(nothingFound(query({ from: '400', executorId: '2' }), KNOWN, options)).toBe(
    'No entries were found. The archive has nothing older.',
  )
})

test('an earlier `since` is not suggested before anything was read', () => {
  const unread = { guildId: '0', oldest: '500', ranges: [], readAt: null, askedAt: 0 }
  expect(howToWiden(query({ from: '600' }), unread, OPTION_NAMES)).toBeUndefined()
})

test('further suggestions come first', () => {
  expect(howToWiden(query({ from: '600' }), KNOWN, OPTION_NAMES, ['a lower `min`'])).toBe(
    'Try a lower `min` or an earlier `since`.',
  )
})
