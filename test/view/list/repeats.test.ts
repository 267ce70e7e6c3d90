import { describe, expect, test } from 'vitest'
import { checkMessage } from '../../../sandbox/rest/limits/message-limits.ts'
import { kindsNamed } from '../../../src/core/audit-log/action-names.ts'
import { PUNISHMENTS } from '../../../src/core/audit-log/punishments.ts'
import { type Names, NO_NAMES } from '../../../src/core/names/names.ts'
import type { Kinds } from '../../../src/core/query/filter.ts'
import { type BanHistory, bansOf } from '../../../src/core/query/member-status.ts'
import type { Repeat } from '../../../src/core/query/ranking.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DAY } from '../../../src/core/time/units.ts'
import { repeatsReply } from '../../../src/view/list/repeats.ts'
import { entryOf } from '../../support/entries/entries.ts'
import { LONGEST } from '../any-entry.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const GUILD = firstIdAt(NOW - 400 * DAY)
const daysAgo = (days: number) => firstIdAt(NOW - days * DAY)
const [FIRST, LAST] = [daysAgo(20), daysAgo(2)]

const act = (action_type: number, days: number) =>
  entryOf(GUILD, { id: daysAgo(days), action_type, target_id: '5', user_id: '7' })

const DRIFT: Repeat = {
  targetId: '5',
  targetType: 'user',
  entries: 8,
  first: FIRST,
  last: LAST,
  kinds: [
    { key: 20, entries: 5, units: 5 },
    { key: -1, entries: 1, units: 1 },
    { key: 145, entries: 1, units: 1 },
    { key: 22, entries: 1, units: 1 },
  ],
  by: [
    { key: '7', entries: 5, units: 5 },
    { key: '8', entries: 2, units: 2 },
  ],
}

interface Given {
  readonly top?: readonly Repeat[]
  readonly bans?: BanHistory
  readonly kinds?: Kinds
  readonly min?: number
  readonly coveredTo?: number
  readonly index?: number
  readonly names?: Names
}

/** A reply about a log that is complete for 45 days, up to `coveredTo` days ago. */
function reply({
  top = [DRIFT],
  bans,
  kinds = PUNISHMENTS,
  min = 2,
  coveredTo = 0,
  index = 0,
  names = NO_NAMES,
}: Given) {
  return repeatsReply({
    repeats: { top, size: index * 10 + top.length },
    about: 'kicks, bans and timeouts',
    bans: new Map(bans ? top.map(({ targetId }) => [targetId, bans]) : []),
    query: {
      command: 'audit repeats',
      guildId: GUILD,
      askerId: '7',
      askedAt: NOW,
      timeZone: 'UTC',
      filter: { kinds, from: daysAgo(30) },
      order: 'newest',
      min,
    },
    page: { index },
    pageId: (page) => `page:${page.index}`,
    historyMenuId: 'history',
    coverage: {
      guildId: GUILD,
      oldest: daysAgo(45),
      ranges: [{ start: daysAgo(45), end: daysAgo(coveredTo) }],
      readAt: NOW,
      askedAt: NOW,
    },
    names,
    notice: undefined,
  })
}

const linesOf = (given: Given) => reply(given).embeds[0]?.description?.split('\n') ?? []
const titleOf = (given: Given) => reply(given).embeds[0]?.title
const seconds = (id: string) => Number((BigInt(id) >> 22n) + 1_420_070_400_000n) / 1000

test('a target is two lines: how often each kind and whether they are banned; when, and by whom', () => {
  expect(linesOf({ bans: bansOf([act(22, 3)]) })).toEqual([
    '-# kicks, bans and timeouts · bans known since 12 Oct 2026',
    '1. <@5> **8** times · 👢 5 · ⏳ 2 · 🔨 1 · 🔨 banned 23 Nov 2026',
    `-# first <t:${seconds(FIRST)}:d> · last <t:${seconds(LAST)}:R> · by <@7> 5, <@8> 2, AutoMod 1`,
  ])
})

describe('whether a member is banned', () => {
  const banned = (bans: BanHistory, coveredTo = 0) => {
    const [, first, second] = linesOf({ bans, coveredTo })
    return bans.type === 'banned' ? first?.split(' · ').at(-1) : second?.replace('-# ', '').split(' · ')[0]
  }

  test('is said with the day, by the days of the server', () => {
    expect(banned(bansOf([act(22, 3)]))).toBe('🔨 banned 23 Nov 2026')
    expect(banned(bansOf([act(22, 25), act(23, 23)]))).toBe('was banned 1 Nov, unbanned 3 Nov')
    expect(banned(bansOf([act(23, 23)]))).toBe('unbanned 3 Nov')
    expect(banned(bansOf([act(22, 25), act(25, 23)]))).toBe('was banned 1 Nov, seen here since')
    expect(banned(bansOf([]))).toBe('never banned')
  })

  test('is not claimed where a part of the log is missing', () => {
    expect(banned(bansOf([act(22, 3)]), 1)).toBe('last known ban 23 Nov 2026')
    expect(banned(bansOf([]), 1)).toBe('no ban known')
    expect(linesOf({ bans: bansOf([]), coveredTo: 1 })[0]).toBe('-# kicks, bans and timeouts')
  })

  test('is not said of what is no member', () => {
    const channel: Repeat = { ...DRIFT, targetType: 'channel' }
    expect(linesOf({ top: [channel] }).slice(0, 2)).toEqual([
      '-# kicks, bans and timeouts',
      '1. <#5> **8** times · 👢 5 · ⏳ 2 · 🔨 1',
    ])
  })
})

test('how often each kind was done is left out where only one was asked for', () => {
  const kinds = [{ key: 20, entries: 8, units: 8 }]
  expect(linesOf({ top: [{ ...DRIFT, kinds }], kinds: kindsNamed('Member Kick') })[1]).toBe(
    '1. <@5> **8** times',
  )
})

test('of many moderators two are named, and those that Discord does not name', () => {
  const by = ['7', '8', '9', '10', null].map((key, index) => ({ key, entries: 9 - index, units: 1 }))
  expect(linesOf({ top: [{ ...DRIFT, kinds: [], by }] })[2]).toMatch(
    / · by <@7> 9, <@8> 8, unknown 5 \+2\u00A0more$/,
  )
})

test('the title says how many there are', () => {
  expect(titleOf({})).toBe('1 member punished 2+ times')
  expect(titleOf({ top: [DRIFT, DRIFT], min: 1 })).toBe('2 members punished')
  expect(titleOf({ top: [DRIFT, DRIFT], min: 3, kinds: kindsNamed('Deletes') })).toBe(
    '2 targets with 3+ actions',
  )
})

test('the title says that there can be more where not all of the window was read', () => {
  expect(titleOf({ coveredTo: 1 })).toBe('At least 1 member punished 2+ times')
})

test('the menu repeats the numbers of the lines, which go on from page to page', () => {
  const { components } = reply({ index: 1 })
  const [option] = components
    .flatMap((row) => row.components)
    .flatMap((part) => ('options' in part ? part.options : []))
  expect(option).toMatchObject({ label: '11. @5', description: '8 times, last on 24 Nov 2026' })
  expect(linesOf({ index: 1 })[1]).toMatch(/^11\. /)
})

test('no target is an answer that never suggests to leave out an action nobody typed', () => {
  expect(linesOf({ top: [] }).at(-1)).toMatch(
    /^No target has 2 or more actions\. Try a lower `min` or an earlier `since`\.$/,
  )
  expect(linesOf({ top: [], kinds: kindsNamed('Deletes') }).at(-1)).toContain('leaving out `action`')
})

test('ten targets with names of the greatest length are a message that Discord accepts, with every target in it', () => {
  const { by, author, person, names } = LONGEST
  const tallies = [by, author, person, null].map((key) => ({ key, entries: 1_234_567, units: 1 }))
  const kinds = [20, -1, 22, 72, 25, 26].map((key) => ({ key, entries: 1_234_567, units: 1 }))
  const top = Array.from({ length: 10 }, (_, index) => ({
    ...DRIFT,
    targetId: String(BigInt(author) + BigInt(index)),
    entries: 12_345_678,
    kinds,
    by: tallies,
  }))
  const bans = bansOf([act(22, 400), act(23, 380)])
  const { embeds, components } = reply({ top, bans, names, kinds: { noneOf: [] }, index: 100_000 })
  checkMessage({ embeds, components }, 0)
  expect(embeds[0]?.description?.match(/^\d+\. /gm)).toHaveLength(10)
  expect(embeds[0]?.description?.match(/^-# .* first .* by .* 1,234,567.*$/gm)).toHaveLength(10)
})
