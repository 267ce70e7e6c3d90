import { AuditLogEvent } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { type ActivityCount, isQuiet, moderatorsOf } from '../../../src/core/query/activity.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'

const count = (key: string, kind: number, entries: number, units = entries): ActivityCount => ({
  key,
  kind,
  entries,
  units,
})

/** The moderators with these ids, by these counts; bots acted for some of them. */
function moderators(
  ids: readonly string[],
  counts: readonly ActivityCount[],
  throughBots: Readonly<Record<string, number>> = {},
  lastSeen: Readonly<Record<string, string>> = {},
) {
  const attributions = new Map(
    Object.entries(throughBots).map(([id, entries]) => [id, { entries, lastDay: 0 }]),
  )
  return moderatorsOf({
    ids,
    counts,
    attributions,
    attributionsEver: attributions,
    lastSeen: new Map(Object.entries(lastSeen)),
    before: [count('1', AuditLogEvent.MemberKick, 4)],
  })
}

test('the highest total is first, then the most through bots, then the last seen', () => {
  const ranked = moderators(
    ['1', '2', '3', '4', '5', '6'],
    [count('2', AuditLogEvent.MemberKick, 1), count('3', AuditLogEvent.MemberKick, 2)],
    { 1: 9, 2: 500, 6: 10 },
    { 4: '99', 5: '100' },
  )
  expect(ranked.map(({ id }) => id)).toEqual(['3', '2', '6', '1', '5', '4'])
  expect(ranked.filter(isQuiet).map(({ id }) => id)).toEqual(['5', '4'])
})

test('quiet moderators are in the order of the last that they, or bots for them, did', () => {
  const day = Date.UTC(2026, 10, 20)
  const ranked = moderatorsOf({
    ids: ['1', '2', '3'],
    counts: [],
    attributions: new Map(),
    attributionsEver: new Map([['1', { entries: 1, lastDay: day }]]),
    lastSeen: new Map([
      ['1', '5'],
      ['2', firstIdAt(day - 1)],
      ['3', firstIdAt(day + 2 * 86_400_000)],
    ]),
  })
  expect(ranked.map(({ id }) => id)).toEqual(['3', '1', '2'])
})

test('the split is in actions and adds up to the total, and deleted messages are counted apart', () => {
  const [moderator] = moderators(
    ['1'],
    [
      count('1', AuditLogEvent.MessageDelete, 3, 7),
      count('1', AuditLogEvent.MessageBulkDelete, 1, 90),
      count('1', AuditLogEvent.MemberBanAdd, 2),
      count('1', AuditLogEvent.MemberMove, 1, 5),
      count('1', 9999, 1),
    ],
  )
  expect(moderator?.total).toBe(8)
  expect(moderator?.split).toEqual({
    'Bans & kicks': 2,
    Timeouts: 0,
    Deletes: 4,
    Roles: 0,
    Channels: 0,
    Other: 2,
  })
  expect(moderator?.messages).toBe(97)
})

test('the window before is compared without what bots did', () => {
  const ranked = moderators(['1', '2'], [], { 1: 9 })
  expect(ranked.map(({ before }) => before)).toEqual([4, 0])
})
