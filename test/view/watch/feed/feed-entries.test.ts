import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../../../../src/core/audit-log/entry.ts'
import { NO_NAMES } from '../../../../src/core/names/names.ts'
import { firstIdAt } from '../../../../src/core/snowflake.ts'
import { EMBED, embedSize } from '../../../../src/view/reply.ts'
import { feedEntriesReply } from '../../../../src/view/watch/feed/feed-entries.ts'
import { entryOf } from '../../../support/entries/entries.ts'
import { anyEntry, GUILD } from '../../any-entry.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const HOUR = 3_600_000

function shown([first, ...rest]: readonly Entry[], isLate = false) {
  if (!first) throw new Error('A post shows at least one entry.')
  const { embeds, components } = feedEntriesReply({
    entries: [first, ...rest],
    isLate,
    names: NO_NAMES,
    now: NOW,
    timeZone: 'Europe/Berlin',
    entryId: 'entry',
  })
  const [embed = {}] = embeds
  return { embed, components }
}

function kickAt(at: number, reason?: string): Entry {
  const payload = { id: firstIdAt(at), action_type: 20, user_id: '7', target_id: '8' }
  return entryOf(GUILD, { ...payload, ...(reason !== undefined && { reason }) })
}

const kicked = (at: number) => `<@7> kicked <@8> · <t:${at / 1000}:R>`

describe('several entries', () => {
  test('of a moment have no day above them: each reader sees how long ago they were', () => {
    const { embed, components } = shown([kickAt(NOW - 2000), kickAt(NOW - 1000)])
    expect(embed.title).toBe('2 actions')
    expect(embed.description).toBe(`1. 👢 ${kicked(NOW - 2000)}\n2. 👢 ${kicked(NOW - 1000)}`)
    expect(embed.footer).toBeUndefined()
    expect(components).toMatchObject([
      { components: [{ placeholder: 'Show details (times in UTC+1)', options: [{}, {}] }] },
    ])
  })

  test('that are posted days late have their day above them', () => {
    const [one, other] = [NOW - 50 * HOUR, NOW - 49 * HOUR]
    const { embed } = shown([kickAt(one), kickAt(other)], true)
    expect(embed.title).toBe('Late: 2 actions')
    const lines = [`1. 👢 11:00 ${kicked(one)}`, `2. 👢 12:00 ${kicked(other)}`]
    expect(embed.description).toBe(['**Tue 24 Nov**', ...lines].join('\n'))
    expect(embed.footer?.text).toBe('Times in UTC+1')
  })
})

test('whatever is in the log, a post fits into a message', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { minLength: 1, maxLength: 10 }), fc.boolean(), (entries, isLate) => {
      const { embed } = shown(entries, isLate)
      expect(embedSize(embed)).toBeLessThanOrEqual(EMBED.total)
      expect(embed.description?.length).toBeLessThanOrEqual(EMBED.description)
    }),
    { numRuns: 100 },
  )
})

test('a reason cannot add headings, links or lines to a card', () => {
  const { embed } = shown([kickAt(NOW, '# Big\n[free](https://evil.example) @everyone ||x||')])
  expect(embed.description?.split('\n')).toHaveLength(2)
  expect(embed.description).toMatch(/\n> \\# Big/)
  expect(embed.description).not.toContain('[free](')
})
