import { expect, test } from 'vitest'
import { isSameWatch } from '../../../src/core/watch/same-watch.ts'
import type { WatchDefinition } from '../../../src/core/watch/watch.ts'
import { ALERT, DIGEST, FEED } from '../../support/watches.ts'

const feed = (filter: (WatchDefinition & { type: 'feed' })['filter'], channelId = '5') => ({
  channelId,
  definition: { ...FEED, filter },
})

test('feeds are the same whatever the order of their options and actions', () => {
  const one = feed({ executorId: '1', channelId: '2', kinds: { anyOf: [22, 20] } })
  const other = feed({ kinds: { anyOf: [20, 22] }, channelId: '2', executorId: '1', targetId: undefined })
  expect(isSameWatch(one, other)).toBe(true)
})

test.each([
  [feed({}, '5'), feed({}, '6')],
  [feed({}), feed({ withoutBots: true })],
  [feed({ executorId: '1' }), feed({ targetId: '1' })],
  [feed({ kinds: { anyOf: [2, 22] } }), feed({ kinds: { anyOf: [22] } })],
  [feed({ kinds: { anyOf: [22] } }), feed({ kinds: { noneOf: [22] } })],
  [
    { channelId: '5', definition: ALERT },
    { channelId: '5', definition: { ...ALERT, count: 6 } },
  ],
  [
    { channelId: '5', definition: DIGEST },
    { channelId: '5', definition: { ...DIGEST, at: 0 } },
  ],
])('%j is not %j', (one, other) => {
  expect(isSameWatch(one, other)).toBe(false)
  expect(isSameWatch(one, one)).toBe(true)
})
