import { expect, test } from 'vitest'
import { NO_NAMES } from '../../../src/core/names/names.ts'
import type { Moderator } from '../../../src/core/query/activity.ts'
import type { Filter } from '../../../src/core/query/filter.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DAY } from '../../../src/core/time/units.ts'
import { activityReply } from '../../../src/view/activity/activity.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const daysAgo = (days: number) => firstIdAt(NOW - days * DAY)
const NOTHING = {
  'bans & kicks': 0,
  timeouts: 0,
  'messages deleted': 0,
  roles: 0,
  channels: 0,
  other: 0,
}

const active: Moderator = {
  id: '7',
  total: 1200,
  throughBots: 3,
  split: { ...NOTHING, 'bans & kicks': 1, 'messages deleted': 2500 },
  lastSeen: daysAgo(3),
  before: 1300,
}
const inactive: Moderator = { id: '8', total: 0, throughBots: 0, split: NOTHING }

interface Given {
  readonly moderators?: readonly Moderator[]
  readonly unknown?: number
  readonly byBots?: number
  readonly unnamed?: number
  readonly filter?: Filter
  readonly roleId?: string
  readonly coveredTo?: number
}

/** The description of a reply for the last 7 days, with coverage of 45 days up to `coveredTo` days ago. */
function descriptionOf({
  moderators = [],
  unknown = 0,
  byBots = 0,
  unnamed = 0,
  filter = { from: daysAgo(7) },
  roleId,
  coveredTo = 0,
}: Given): string | undefined {
  const { embeds } = activityReply({
    query: {
      command: 'audit activity',
      guildId: '9',
      askerId: '1',
      askedAt: NOW,
      timeZone: 'UTC',
      filter,
      order: 'newest',
      ...(roleId !== undefined && { roleId }),
    },
    page: { index: 0 },
    pageId: ({ index }) => `page:${index}`,
    windowId: (days) => `window:${days}`,
    moderators,
    unknown,
    byBots,
    unnamed,
    names: NO_NAMES,
    chart: undefined,
    about: [],
    coverage: {
      guildId: '9',
      oldest: daysAgo(45),
      ranges: [{ start: daysAgo(45), end: daysAgo(coveredTo) }],
      readAt: NOW,
      askedAt: NOW,
    },
    notice: undefined,
  })
  return embeds[0]?.description
}

const seen = `<t:${(NOW - 3 * DAY) / 1000}:R>`

test('a line has the total, the split, the difference to before, and the last action', () => {
  expect(descriptionOf({ moderators: [active, inactive], byBots: 20, unnamed: 4 })).toBe(
    [
      '1,200 actions by 1 of 2 moderators · 20 more by bots · 4 more by unknown users',
      '',
      `1. <@7> **1,200** +3 through bots ▼ 97 · 1 ban or kick · 2,500 messages deleted · last seen ${seen}`,
      '2. <@8> **0** · never seen',
    ].join('\n'),
  )
})

test('in a window with gaps, totals are lower bounds and moderators without known actions are counted', () => {
  const { before: _, ...moderator } = active
  expect(descriptionOf({ moderators: [moderator], unknown: 2, coveredTo: 1 })).toBe(
    [
      'At least 1,200 actions by 1 moderator',
      '2 more moderators are not listed, because not all of this time range could be read.',
      '',
      `1. <@7> **1,200** +3 through bots · 1 ban or kick · 2,500 messages deleted · last seen ${seen} or later`,
    ].join('\n'),
  )
})

test('in a window with gaps, a zero total is left out', () => {
  const throughBots: Moderator = { ...inactive, throughBots: 2, lastSeen: daysAgo(3) }
  expect(descriptionOf({ moderators: [throughBots], coveredTo: 1 })).toContain(
    `1. <@8> +2 through bots · last seen ${seen} or later`,
  )
})

test('a window that starts before the archive says when the archive starts', () => {
  expect(descriptionOf({ moderators: [inactive], filter: { from: daysAgo(90) } })).toContain(
    '0 actions by 0 of 1 moderator · the archive starts on 10 Oct 2026',
  )
})

test.each<[why: string, Given, sentence: string]>([
  ['nobody has acted', {}, 'No moderator has acted in this server.'],
  [
    'nobody with a role has acted',
    { roleId: '5' },
    'Nobody with this role has acted as a moderator in this server.',
  ],
  [
    'all entries have no executor',
    { unnamed: 2 },
    'No moderator has acted in this server. Discord does not say who made 2 entries in this time range.',
  ],
  [
    'the window has gaps',
    { coveredTo: 1 },
    'It is not known who was active, because not all of this time range could be read: ' +
      'nothing is known since 23 Nov, 12:00 UTC.',
  ],
  [
    'the window has gaps, and moderators are known',
    { coveredTo: 1, unknown: 3 },
    'It is not known what 3 moderators did, because not all of this time range could be read: ' +
      'nothing is known since 23 Nov, 12:00 UTC.',
  ],
])('a reply without moderators says why: %s', (_, given, sentence) => {
  expect(descriptionOf(given)).toBe(`\n${sentence}`)
})
