import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkMessage } from '../../../sandbox/rest/limits/message-limits.ts'
import { Names, NO_NAMES } from '../../../src/core/names/names.ts'
import type { Filter } from '../../../src/core/query/filter.ts'
import type { Page } from '../../../src/core/query/page.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { COUNT_LINES, rankingField } from '../../../src/view/list/counts.ts'
import { type ListPage, listReply } from '../../../src/view/list/list.ts'
import { OPTION_NAMES } from '../../../src/view/list/nothing-found.ts'
import { markdownFormatter } from '../../../src/view/text/formatter.ts'
import { entryOf } from '../../support/entries/entries.ts'
import { anyEntry, GUILD, LONGEST, longText } from '../any-entry.ts'

const ASKER = '100000000000000000'
const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 26, 12)
const pageId = ({ index }: Page) => `page:${index}`

function page(given: Partial<ListPage>): ListPage {
  return {
    title: 'Audit log',
    about: '',
    fields: [],
    query: {
      command: 'audit recent',
      guildId: GUILD,
      askerId: ASKER,
      askedAt: 1,
      timeZone: 'UTC',
      filter: {},
      order: 'newest',
    },
    page: { index: 0 },
    pageId,
    entryMenuId: 'entry',
    entries: [],
    total: 0,
    unnamed: { entries: 0, of: 0 },
    coverage: { guildId: '0', oldest: '0', ranges: [{ start: '0', end: '1' }], readAt: 0, askedAt: 0 },
    names: NO_NAMES,
    notice: undefined,
    options: OPTION_NAMES,
    ...given,
  }
}

test('a page of any ten entries is a message that Discord accepts, with or without counts', () => {
  const full = { name: 'By moderator', value: 'x'.repeat(1024), inline: true }
  const entries = fc.uniqueArray(anyEntry, { minLength: 1, maxLength: 10, selector: (entry) => entry.id })
  fc.assert(
    fc.property(entries, fc.boolean(), longText, (those, counted, about) => {
      const fields = counted ? [full, full, full] : []
      const unnamed = { entries: 123_456, of: 1_234_567 }
      const { embeds, components } = listReply(page({ entries: those, total: 999, unnamed, fields, about }))
      checkMessage({ embeds, components }, 0)
    }),
    { numRuns: 200 },
  )
})

test('a list says how many entries have no executor, even if it is empty', () => {
  const filter = { executorId: '7' }
  const narrowed = page({ about: 'by <@7>', unnamed: { entries: 12, of: 0 } })
  const [embed] = listReply({ ...narrowed, query: { ...narrowed.query, filter } }).embeds
  expect(embed?.description).toBe(
    '-# by <@7>\n-# 12 more matching entries are not shown: Discord does not say who made them, so `by` cannot find them.\n' +
      'No entries were found. Try leaving out `by`.',
  )
})

describe('with names of the greatest length', () => {
  const { author, names, entries } = LONGEST

  test('a page of entries is a message that Discord accepts, with every entry in it', () => {
    const full = { name: 'By moderator', value: 'x'.repeat(1024), inline: true }
    const { embeds, components } = listReply(page({ entries, total: 10, fields: [full, full, full], names }))
    checkMessage({ embeds, components }, 0)
    expect(embeds[0]?.description?.match(/^\d+\. /gm)).toHaveLength(10)
  })

  test('a ranking is a field that Discord accepts', () => {
    const top = Array.from({ length: COUNT_LINES }, () => ({ key: author, entries: 1, units: 1_234_567 }))
    const remark = '*bulk deletes not included*'
    const field = rankingField(
      'By author',
      { top, size: 1_000_000 },
      markdownFormatter(names).user,
      page({}),
      {
        remark,
      },
    )
    checkMessage({ embeds: [{ fields: [field] }] }, 0)
  })
})

test('a notice comes first', () => {
  const [embed] = listReply(page({ notice: '⚠️ Discord could not be read.' })).embeds
  expect(embed?.description).toBe(
    '⚠️ Discord could not be read.\n\nNo entries were found. The whole archive was searched.',
  )
})

/** Kicks that were made an hour apart, newest first. */
function kicksAt(...moments: readonly number[]) {
  return moments.map((at) =>
    entryOf(GUILD, { id: firstIdAt(at), action_type: 20, user_id: '7', target_id: '8' }),
  )
}

test('the totals are in the same embed, below the entries', () => {
  const field = { name: 'Actions', value: '1' }
  const { embeds } = listReply(page({ entries: kicksAt(NOW), total: 1, fields: [field] }))
  expect(embeds).toHaveLength(1)
  expect(embeds[0]).toMatchObject({ description: expect.stringContaining('kicked'), fields: [field] })
})

test('the menu has the numbers of the lines, and when each entry was made', () => {
  const entries = kicksAt(NOW, NOW - 1000)
  const query = { ...page({}).query, aroundId: entries[1]?.id }
  const { components } = listReply(page({ entries, total: 12, page: { index: 1 }, query }))
  expect(JSON.parse(JSON.stringify(components))[0].components[0].options).toMatchObject([
    { label: '11. Member Kick · 26 Nov 2026 12:00', description: '@7 kicked @8' },
    { label: '12. 👉 Member Kick · 26 Nov 2026 11:59', description: '@7 kicked @8' },
  ])
})

test('where the lines only say how long ago, the menu says in which time zone its times are', () => {
  const query = { ...page({}).query, askedAt: NOW, timeZone: 'Europe/Berlin' }
  const shown = (at: number) => {
    const { embeds, components } = listReply(page({ entries: kicksAt(at), total: 1, query }))
    return [JSON.parse(JSON.stringify(components))[0].components[0].placeholder, embeds[0]?.footer?.text]
  }
  expect(shown(NOW)).toEqual(['Show details (times in UTC+1)', expect.not.stringContaining('Times in')])
  expect(shown(NOW - 2 * DAY)).toEqual(['Show details', expect.stringContaining('Times in UTC+1')])
})

test('whom the list is about has their name in its filter, and not in every line', () => {
  const names = new Names(
    undefined,
    ['7', '8'].map((id) => ({ type: 'user', id, name: `name${id}`, presence: 'gone' })),
  )
  const query = { ...page({}).query, filter: { targetId: '8' } }
  const [embed] = listReply(page({ entries: kicksAt(NOW), total: 1, query, names })).embeds
  expect(embed?.description).toContain('<@7> (name7) kicked <@8> · ')
})

describe('the footer', () => {
  const footerOf = (given: Partial<ListPage>) => listReply(page(given)).embeds[0]?.footer?.text
  const later = { ...page({}).query, askedAt: NOW + 2 * DAY }
  const inBerlin = (filter: Filter) => ({ ...later, timeZone: 'Europe/Berlin', filter })
  const [winter, summer] = [Date.UTC(2026, 10, 26), Date.UTC(2026, 6, 1)]

  test('begins with the place in the list', () => {
    const given = { entries: kicksAt(NOW), total: 2529, unnamed: { entries: 0, of: 2529 } }
    expect(footerOf(given)).toMatch(/^1 of 2,529, newest first · All time · /)
  })

  test('says what a list is cut off from', () => {
    const given = { entries: kicksAt(NOW, NOW - 1), total: 2, unnamed: { entries: 0, of: 1212 } }
    expect(footerOf(given)).toMatch(/^The 2 newest of 1,212 · /)
    const query = { ...page({}).query, order: 'oldest' as const }
    expect(footerOf({ ...given, query })).toMatch(/^The 2 oldest of 1,212 · /)
    expect(footerOf({ ...given, entries: kicksAt(NOW), total: 1 })).toMatch(/^The newest of 1,212 · /)
    const page2 = { ...given, entries: kicksAt(NOW), total: 11, page: { index: 1 } }
    expect(footerOf(page2)).toMatch(/^11 of the 11 newest of 1,212 · /)
  })

  test('says in which time zone the times are, unless another time in it does', () => {
    expect(footerOf({ entries: kicksAt(NOW), query: later })).toMatch(/ · Times in UTC$/)
    expect(footerOf({ entries: kicksAt(winter), query: inBerlin({}) })).toMatch(/ · Times in UTC\+1$/)
    expect(footerOf({ entries: kicksAt(winter), query: inBerlin({ from: firstIdAt(winter) }) })).toMatch(
      /^1 of 0, newest first · Since 26 Nov 2026, 01:00 UTC\+1 · [^·]+$/,
    )
    expect(footerOf({ entries: kicksAt(winter), query: inBerlin({ from: firstIdAt(summer) }) })).toMatch(
      /Since 1 Jul 2026, 02:00 UTC\+2 · .+ · Times in UTC\+1$/,
    )
    expect(footerOf({ entries: kicksAt(winter, summer), query: inBerlin({}) })).toMatch(
      / · Times in UTC\+1 and UTC\+2$/,
    )
    expect(footerOf({})).not.toContain('Times in')
  })
})
