import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KnownCoverage } from '../../../../src/core/coverage/known-coverage.ts'
import { Names } from '../../../../src/core/names/names.ts'
import { firstIdAt } from '../../../../src/core/snowflake.ts'
import type { Burst } from '../../../../src/core/watch/alerts/bursts.ts'
import type { AlertPreview } from '../../../../src/core/watch/alerts/preview.ts'
import { EMBED, embedSize } from '../../../../src/view/reply.ts'
import { alertPreviewReply } from '../../../../src/view/watch/alert/preview.ts'
import { hostileText } from '../../../core/arbitrary.ts'
import { namedEntity } from '../../../support/entries/names.ts'
import { ALERT } from '../../../support/watches.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 24, 12)
const GUILD = '9'

/** A burst so many days ago. */
function burst(daysAgo: number, key: string | null = '7', units = 5): Burst {
  const from = firstIdAt(NOW - daysAgo * DAY)
  return { key, from, to: firstIdAt(NOW - daysAgo * DAY + 40_000), entries: units, units, peak: units }
}

/** @param known of how many days something is known */
function replyOf(bursts: readonly Burst[], given: Partial<AlertPreview> = {}, known = 90, more = {}) {
  const coverage: KnownCoverage = {
    guildId: GUILD,
    oldest: firstIdAt(NOW - known * DAY),
    ranges: [{ start: firstIdAt(NOW - known * DAY), end: firstIdAt(NOW) }],
    readAt: NOW,
    askedAt: NOW,
  }
  return alertPreviewReply({
    alert: ALERT,
    channelId: '5',
    preview: {
      days: 90,
      from: firstIdAt(NOW - 90 * DAY),
      knownDays: known,
      to: firstIdAt(NOW),
      bursts,
      rarely: undefined,
      exempt: new Set(),
      ...given,
    },
    coverage,
    isIncomplete: false,
    timeZone: 'UTC',
    names: new Names(GUILD, []),
    canPing: true,
    notice: undefined,
    confirmId: 'confirm',
    cancelId: 'cancel',
    ...more,
  })
}

const titleOf = (reply: ReturnType<typeof replyOf>) => reply.embeds[0]?.title
const textOf = (reply: ReturnType<typeof replyOf>) => reply.embeds[0]?.description ?? ''

describe('a preview', () => {
  test('says how often it would have warned, and since when that is known', () => {
    expect(titleOf(replyOf([]))).toBe('It would not have warned in the last 90 days')
    expect(titleOf(replyOf([burst(3)]))).toBe('It would have warned once in the last 90 days')
    expect(titleOf(replyOf([burst(3)], {}, 45))).toBe('It would have warned once since 10 Oct 2026')
    expect(titleOf(replyOf([burst(3)], {}, 90, { isIncomplete: true }))).toContain('at least once')
    expect(titleOf(replyOf([], {}, 90, { isIncomplete: true }))).toContain('as far as is known')
  })

  test('lists when, by whom, the last and the largest', () => {
    const bursts = [burst(80, '7', 99), ...[9, 8, 7, 6, 5, 4].map((day) => burst(day, day % 2 ? '7' : '6'))]
    const text = textOf(replyOf(bursts))
    expect(text).toContain('By <@7> **4** · <@6> **3**')
    expect(text.match(/^• .*/gm)).toHaveLength(5)
    expect(text).toMatch(/The largest: .* 99 bans in 40 seconds by <@7>/)
  })

  test('says in which weeks', () => {
    const text = textOf(replyOf([burst(80), burst(2), burst(2), burst(1)]))
    expect(text).toContain('0 · 0 · 0 · 3')
  })

  test('that warns too often says which count would do', () => {
    expect(textOf(replyOf([burst(1)], { rarely: 25 }))).toContain('`count:25`')
  })

  test('of fewer days says that there is too much to look at', () => {
    expect(textOf(replyOf([burst(1)], { days: 7, knownDays: 7 }, 90))).toContain('the last 7 days')
  })

  test('of an alert that is not about entries says what it does', () => {
    const alert = { ...ALERT, rule: { type: 'preset' as const, preset: 'log unreadable' as const } }
    const reply = replyOf([], {}, 90, { alert, preview: undefined })
    expect(titleOf(reply)).toBe('Set this alert?')
    expect(textOf(reply)).toContain('View Audit Log')
  })
})

test('whatever names are, a preview keeps Discord’s limits', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 1, maxLength: 20 }), (texts) => {
      const ids = texts.map((_, index) => String(300000000000000000n + BigInt(index)))
      const entities = texts.map((text, index) => ({
        ...namedEntity(ids[index] ?? '0', 'user', text),
        presence: 'gone' as const,
      }))
      const alert = { ...ALERT, exempt: { userIds: ids, roleIds: [] } }
      const bursts = ids.map((id, index) => burst(index, id))
      const [embed] = replyOf(bursts, {}, 90, { alert, names: new Names(GUILD, entities) }).embeds
      if (!embed) throw new Error('There is no embed.')
      expect(embed.description?.length).toBeLessThanOrEqual(EMBED.description)
      expect(embedSize(embed)).toBeLessThanOrEqual(EMBED.total)
    }),
  )
})
