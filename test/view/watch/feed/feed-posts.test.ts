import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkMessage } from '../../../../sandbox/rest/limits/message-limits.ts'
import { Names, NO_NAMES } from '../../../../src/core/names/names.ts'
import { firstIdAt } from '../../../../src/core/snowflake.ts'
import type { ArrivedCount } from '../../../../src/core/watch/arrival.ts'
import { COLOURS, type Reply } from '../../../../src/view/reply.ts'
import { feedEntriesReply } from '../../../../src/view/watch/feed/feed-entries.ts'
import { feedSummaryReply } from '../../../../src/view/watch/feed/feed-summary.ts'
import { entryOf } from '../../../support/entries/entries.ts'
import { namedEntity } from '../../../support/entries/names.ts'
import { anyEntry, GUILD } from '../../any-entry.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const MINUTE = 60_000

const ban = (minutesAgo = 0, fields: object = {}) =>
  entryOf(GUILD, {
    id: firstIdAt(NOW - minutesAgo * MINUTE),
    action_type: 22,
    user_id: '7',
    target_id: '8',
    ...fields,
  })

const POST = { isLate: false, names: NO_NAMES, now: NOW, timeZone: 'UTC', entryId: 'posted:0:1:1' }
const SUMMARY = {
  reason: 'flood',
  from: firstIdAt(NOW - 2 * MINUTE),
  to: firstIdAt(NOW),
  isOpen: true,
  names: NO_NAMES,
  listId: 'list:0:1:1',
} as const

const count = (entries: number, kind = 22, executorId: string | null = '7'): ArrivedCount => ({
  executorId,
  kind,
  entries,
  units: entries,
})

describe('entries', () => {
  test('of one are a card in the colour of what was done', () => {
    const { embeds } = feedEntriesReply({ ...POST, entries: [ban(0, { reason: 'Spam' })] })
    expect(embeds).toEqual([
      {
        title: '🔨 Member Ban Add',
        description: `<@7> banned <@8> · <t:${NOW / 1000}:R>\n> Spam`,
        color: COLOURS.none,
      },
    ])
  })

  test('of several are lines, and the footer says the zone of times that are text', () => {
    const fresh = feedEntriesReply({ ...POST, entries: [ban(2), ban(1)] })
    expect(fresh.embeds[0]).toMatchObject({
      title: '2 actions',
      description: expect.stringMatching(/^1\. 🔨/),
    })
    expect(fresh.embeds[0]?.footer).toBeUndefined()
    const old = feedEntriesReply({
      ...POST,
      isLate: true,
      timeZone: 'Asia/Kathmandu',
      entries: [ban(3000), ban(2999)],
    })
    expect(old.embeds[0]).toMatchObject({ title: 'Late: 2 actions', footer: { text: 'Times in UTC+5:45' } })
  })

  test('whatever they are, are a message that Discord accepts', () => {
    const anyEntries = fc.uniqueArray(anyEntry, { minLength: 1, maxLength: 10, selector: ({ id }) => id })
    fc.assert(
      fc.property(anyEntries, fc.boolean(), ([first, ...rest], isLate) => {
        if (first) expectAccepted(feedEntriesReply({ ...POST, isLate, entries: [first, ...rest] }))
      }),
    )
  })
})

describe('a summary', () => {
  test('says how many in which time, by action and by whom', () => {
    const { embeds, components } = feedSummaryReply({
      ...SUMMARY,
      counts: [count(200), count(100, 22, '9'), { ...count(2, 73, null), units: 90 }],
    })
    expect(embeds[0]).toMatchObject({
      title: '⚠️ 302 actions in 2 minutes',
      description: `Since <t:${NOW / 1000 - 120}:t>, the last one <t:${NOW / 1000}:R>.`,
      fields: [
        {
          name: 'By action',
          value:
            '🔨\u00a0Member\u00a0Ban\u00a0Add\u00a0**300** · 🧹\u00a0Message\u00a0Bulk\u00a0Delete\u00a0**2** (90\u00a0messages)',
        },
        { name: 'By moderator', value: '<@7> **200** · <@9> **100** · unknown **2**' },
      ],
      footer: { text: 'This message is updated while it goes on.' },
    })
    expect(components).toMatchObject([{ components: [{ label: 'Show all 302', custom_id: 'list:0:1:1' }] }])
  })

  test('of what is over says from when to when, or the minute in which all of it was', () => {
    const descriptionFrom = (from: string) =>
      feedSummaryReply({ ...SUMMARY, from, isOpen: false, counts: [count(11)] }).embeds[0]?.description
    expect(descriptionFrom(SUMMARY.from)).toBe(
      `From <t:${NOW / 1000 - 120}:f> to <t:${NOW / 1000}:t>. It is over.`,
    )
    expect(descriptionFrom(SUMMARY.to)).toBe(`<t:${NOW / 1000}:f>. It is over.`)
  })

  test('of what came while Custos could not post says from when to when', () => {
    const { embeds } = feedSummaryReply({ ...SUMMARY, reason: 'away', isOpen: false, counts: [count(11)] })
    expect(embeds[0]).toMatchObject({
      title: '🕓 11 actions while Custos could not post',
      description: `From <t:${NOW / 1000 - 120}:f> to <t:${NOW / 1000}:f>.`,
    })
    expect(embeds[0]?.footer).toBeUndefined()
    const open = feedSummaryReply({ ...SUMMARY, reason: 'away', counts: [count(11)] })
    expect(open.embeds[0]?.footer?.text).toBe('This message is updated while more of that time is read.')
  })

  test('by however many hostile moderators is a message that Discord accepts', () => {
    const ids = Array.from({ length: 400 }, (_, index) => String(1_000_000_000_000_000_000n + BigInt(index)))
    const hostile = ids.map((id) => ({
      ...namedEntity(id, 'user', '@everyone **\u202e'.repeat(40)),
      presence: 'gone' as const,
    }))
    const counts = ids.map((id, index) => count(index + 1, index % 100, id))
    expectAccepted(feedSummaryReply({ ...SUMMARY, counts, names: new Names(GUILD, hostile) }))
  })
})

function expectAccepted({ embeds, components }: Reply): void {
  expect(() => checkMessage({ embeds, components }, 0)).not.toThrow()
}
