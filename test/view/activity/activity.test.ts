import { expect, test } from 'vitest'
import { Names, NO_NAMES } from '../../../src/core/names/names.ts'
import type { Moderator } from '../../../src/core/query/activity.ts'
import type { Filter } from '../../../src/core/query/filter.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DAY } from '../../../src/core/time/units.ts'
import { activityReply } from '../../../src/view/activity/activity.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const daysAgo = (days: number) => firstIdAt(NOW - days * DAY)
const NOTHING = { 'Bans & kicks': 0, Timeouts: 0, Deletes: 0, Roles: 0, Channels: 0, Other: 0 }

const active: Moderator = {
  id: '7',
  total: 1200,
  throughBots: 3,
  split: { ...NOTHING, 'Bans & kicks': 1, Deletes: 1199 },
  messages: 2500,
  lastSeen: daysAgo(3),
  before: 1300,
}
const inactive: Moderator = {
  id: '8',
  total: 0,
  throughBots: 0,
  split: NOTHING,
  messages: 0,
}

interface Given {
  readonly moderators?: readonly Moderator[]
  readonly unknown?: number
  readonly byBots?: number
  readonly unnamed?: number
  readonly filter?: Filter
  readonly roleId?: string
  readonly coveredTo?: number
  /** A gap in the coverage, in days ago. */
  readonly gap?: readonly [from: number, to: number]
  readonly names?: Names
  readonly index?: number
  readonly chart?: Uint8Array
}

/** A reply for the last 7 days, with coverage of 45 days up to `coveredTo` days ago. */
function replyOf({
  moderators = [],
  unknown = 0,
  byBots = 0,
  unnamed = 0,
  filter = { from: daysAgo(7) },
  roleId,
  coveredTo = 0,
  gap = [0, 0],
  names = NO_NAMES,
  index = 0,
  chart,
}: Given) {
  return activityReply({
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
    page: { index },
    pageId: ({ index }) => `page:${index}`,
    windowId: (days) => `window:${days}`,
    moderators,
    unknown,
    byBots,
    unnamed,
    names,
    chart,
    warnings: [],
    coverage: {
      guildId: '9',
      oldest: daysAgo(45),
      ranges: [
        ...(gap[0] > 0 ? [{ start: daysAgo(45), end: daysAgo(gap[0]) }] : []),
        { start: daysAgo(gap[0] > 0 ? gap[1] : 45), end: daysAgo(coveredTo) },
      ],
      readAt: NOW,
      askedAt: NOW,
    },
    notice: undefined,
  })
}

/** The text of a reply, with plain spaces after emoji. */
function textOf(given: Given) {
  const embed = replyOf(given).embeds.at(-1)
  return { ...embed, description: embed?.description?.replaceAll('\u00A0', ' ') }
}

const descriptionOf = (given: Given) => textOf(given).description

const ago = (days: number, style: 'R' | 'd') => `<t:${(NOW - days * DAY) / 1000}:${style}>`

test('the title is the answer, and a small line below it says what the marks mean', () => {
  const reply = textOf({ moderators: [active, inactive], byBots: 20, unnamed: 4 })
  expect(reply.title).toBe('1,200 actions by 1 moderator · 1 quiet')
  expect(reply.description?.split('\n')[0]).toBe(
    '-# 20 more by bots · 4 more by unknown users · ▲▼ against the 7 days before · 🔨 bans & kicks · 🗑️ deletes',
  )
})

test('a moderator has a line with total, difference to before and acts through bots, and one with the split', () => {
  expect(
    descriptionOf({ moderators: [active] })
      ?.split('\n')
      .slice(1),
  ).toEqual([
    '1. <@7> **1,200** · ▼ 100 · +3 through bots',
    `-# 🔨 1 · 🗑️ 1,199 (2,500 messages) · last seen ${ago(3, 'R')}`,
  ])
})

test('the emoji of the parts are those of their actions in lists', () => {
  const split = { 'Bans & kicks': 1, Timeouts: 1, Deletes: 1, Roles: 1, Channels: 1, Other: 1 }
  const all = { ...active, total: 6, split, messages: 1 }
  expect(descriptionOf({ moderators: [all] })).toContain(
    '-# 🔨 1 · ⏳ 1 · 🗑️ 1 · 🏷️ 1 · 📁 1 · ⚙️ 1 · last seen',
  )
})

test('quiet moderators have a block of their own, with their zeros and how long they were quiet', () => {
  const quiet = { ...inactive, lastSeen: daysAgo(41) }
  expect(
    descriptionOf({ moderators: [active, quiet, inactive] })
      ?.split('\n\n')
      .at(-1),
  ).toBe(
    [
      '**Quiet**',
      `2. <@8> **0** · quiet for 41 days, last seen ${ago(41, 'd')}`,
      '3. <@8> **0** · never seen acting',
    ].join('\n'),
  )
})

test('nobody is quiet for longer than bots have done nothing for them', () => {
  const lastThroughBots = Date.UTC(2026, 10, 10)
  const later = { ...inactive, lastSeen: daysAgo(41), lastThroughBots }
  const only = { ...inactive, lastThroughBots }
  const earlier = { ...inactive, lastSeen: daysAgo(12), lastThroughBots }
  const seen = `quiet for 13 days, last seen through bots <t:${(lastThroughBots + DAY / 2) / 1000}:d>`
  expect(
    descriptionOf({ moderators: [later, only, earlier] })
      ?.split('\n')
      .slice(1),
  ).toEqual([
    `1. <@8> **0** · ${seen}`,
    `2. <@8> **0** · ${seen}`,
    `3. <@8> **0** · quiet for 12 days, last seen ${ago(12, 'd')}`,
  ])
})

test('what bots did on the day that the window begins was before it', () => {
  const lastThroughBots = Math.floor(NOW / DAY) * DAY
  const seen = `last seen through bots <t:${(lastThroughBots + DAY / 2) / 1000}:d>`
  const filter = { from: daysAgo(1 / 24) }
  expect(descriptionOf({ moderators: [{ ...inactive, lastThroughBots }], filter })).toContain(
    `quiet for 1 hour, ${seen}`,
  )
})

test('how long a moderator was quiet is counted up to the end of the window', () => {
  const quiet = { ...inactive, lastSeen: daysAgo(41) }
  expect(descriptionOf({ moderators: [quiet], filter: { from: daysAgo(20), to: daysAgo(10) } })).toContain(
    'quiet for 31 days',
  )
})

test('if a gap may hide an action before the window, a moderator was quiet at least as long as the window', () => {
  const quiet = { ...inactive, lastSeen: daysAgo(41) }
  expect(descriptionOf({ moderators: [quiet], gap: [30, 20] })).toContain(
    `quiet for at least 7 days, last seen ${ago(41, 'd')} or later`,
  )
})

test('someone who acted through bots only is not quiet', () => {
  const throughBots = { ...inactive, throughBots: 2 }
  const reply = textOf({ moderators: [throughBots] })
  expect(reply.title).toBe('Actions through bots only')
  expect(reply.description).toBe('1. <@8> **0** · +2 through bots\n-# never seen acting themselves')
})

test('in a window with gaps, totals are lower bounds and moderators without known actions are counted', () => {
  const { before: _, ...moderator } = active
  const reply = textOf({ moderators: [moderator], unknown: 2, coveredTo: 1 })
  expect(reply.title).toBe('At least 1,200 actions by 1 moderator')
  expect(reply.description).toBe(
    [
      '2 more moderators are not listed, because not all of this time range could be read.',
      '-# 🔨 bans & kicks · 🗑️ deletes',
      '1. <@7> **1,200** · +3 through bots',
      `-# 🔨 1 · 🗑️ 1,199 (2,500 messages) · last seen ${ago(3, 'R')} or later`,
    ].join('\n'),
  )
})

test('in a window with gaps, a zero total is left out', () => {
  const throughBots: Moderator = { ...inactive, throughBots: 2, lastSeen: daysAgo(3) }
  expect(descriptionOf({ moderators: [throughBots], coveredTo: 1 })).toBe(
    `1. <@8> · +2 through bots\n-# last seen ${ago(3, 'R')} or later`,
  )
})

test('names that would make a reply too long are left out', () => {
  const moderators = Array.from({ length: 10 }, (_, at) => ({
    ...active,
    id: String(BigInt(firstIdAt(NOW)) + BigInt(at)),
    total: 10_000_000,
    split: { 'Bans & kicks': 1e6, Timeouts: 1e6, Deletes: 1e6, Roles: 1e6, Channels: 1e6, Other: 5e6 },
    messages: 99_000_000,
  }))
  const named = moderators.map(({ id }) => ({
    id,
    type: 'user' as const,
    name: '*'.repeat(32),
    presence: 'unknown' as const,
  }))
  const description = descriptionOf({ moderators, names: new Names('9', named) }) ?? ''
  expect(description.length).toBeLessThanOrEqual(4096)
  expect(description).toMatch(/^10\. /m)
})

test('page 2 goes on with the ranks and shows the quiet where they are', () => {
  const moderators = [...Array.from({ length: 11 }, () => ({ ...active })), inactive]
  const lines = descriptionOf({ moderators, index: 1 })?.split('\n') ?? []
  expect(lines.filter((line) => /^(\d|\*)/.test(line)).map((line) => line.split(' ')[0])).toEqual([
    '11.',
    '**Quiet**',
    '12.',
  ])
})

test('the chart has an embed of its own before the text', () => {
  const chart = new Uint8Array([1])
  const { embeds, files } = replyOf({ moderators: [active], chart })
  expect(embeds.map(({ image, title }) => image?.url ?? title)).toEqual([
    'attachment://activity.png',
    '1,200 actions by 1 moderator',
  ])
  expect(files).toEqual([{ name: 'activity.png', content: chart }])
})

test.each([
  [7, undefined, [true, false, false]],
  [90, undefined, [false, false, true]],
  [7, 0.5, [false, false, false]],
  [8, undefined, [false, false, false]],
])('the button for the last %d days is disabled if that is the window', (days, until, disabled) => {
  const filter = { from: daysAgo(days), ...(until !== undefined && { to: daysAgo(until) }) }
  const [row] = replyOf({ moderators: [active], filter }).components.slice(-1)
  expect(row?.components.map((button) => 'disabled' in button && button.disabled)).toEqual(disabled)
})

test('a window that starts before the archive has zeros, and the footer says when the archive starts', () => {
  const reply = textOf({ moderators: [inactive], filter: { from: daysAgo(90) } })
  expect(reply.title).toBe('No actions · 1 quiet')
  expect(reply.description).toBe('**Quiet**\n1. <@8> **0** · never seen acting')
  expect(reply.footer?.text).toContain('nothing is known before 10 Oct 2026')
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
  expect(descriptionOf(given)).toBe(sentence)
})
