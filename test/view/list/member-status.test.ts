import { describe, expect, test } from 'vitest'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
import { Names } from '../../../src/core/names/names.ts'
import { memberStatusOf } from '../../../src/core/query/member-status.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DAY, HOUR } from '../../../src/core/time/units.ts'
import { memberStatusField, memberStatusTitle } from '../../../src/view/list/member-status.ts'
import { entryOf } from '../../support/entries/entries.ts'
import { LONGEST } from '../any-entry.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const GUILD = firstIdAt(NOW - 400 * DAY)
const daysAgo = (days: number) => firstIdAt(NOW - days * DAY)
const seconds = (days: number) => (NOW - days * DAY) / 1000
const names = new Names(GUILD, [{ id: '5', type: 'user', name: 'drift', presence: 'present' }])

function done(action_type: number, days: number, rest: object = {}): Entry {
  return entryOf(GUILD, { id: daysAgo(days), action_type, user_id: '7', target_id: '5', ...rest })
}

function timeout(days: number, end: number, rest: object = {}): Entry {
  const new_value = new Date(end).toISOString()
  return done(24, days, { ...rest, changes: [{ key: 'communication_disabled_until', new_value }] })
}

/** The title and the field for a member, with a log that is complete for 45 days up to `coveredTo` days ago. */
function shown(
  entries: readonly Entry[],
  { coveredTo = 0, timeZone = 'UTC', known = names } = {},
): [string, string] {
  const asked = { guildId: GUILD, askerId: '7', askedAt: NOW, timeZone }
  const member = {
    status: memberStatusOf(entries, NOW),
    query: { command: 'audit target', ...asked, filter: {}, order: 'newest' } as const,
    coverage: {
      guildId: GUILD,
      oldest: daysAgo(45),
      ranges: [{ start: daysAgo(45), end: daysAgo(coveredTo) }],
      readAt: NOW,
      askedAt: NOW,
    },
  }
  const { name, value, inline } = memberStatusField(member, known)
  expect([name, inline]).toEqual(['Status', undefined])
  return [memberStatusTitle(member), value]
}

describe('where a member stands', () => {
  test('is said in the title, and with who, when and why below', () => {
    expect(shown([done(22, 3, { reason: 'Spam & *ads*' })])).toEqual([
      'banned 23 Nov 2026',
      `🔨 <@7> banned <@5> · <t:${seconds(3)}:R>\n> Spam \\& \\*ads\\*`,
    ])
    expect(shown([done(20, 3)])).toEqual([
      'kicked 23 Nov 2026',
      `👢 <@7> kicked <@5> · <t:${seconds(3)}:R> · not seen here since`,
    ])
  })

  test('is said in the days of the server', () => {
    expect(shown([done(22, 3)], { timeZone: 'Pacific/Kiritimati' })[0]).toBe('banned 24 Nov 2026')
  })

  test('includes when a timeout ends, if Discord says it', () => {
    const [title, value] = shown([timeout(1, NOW + 2 * HOUR)])
    expect(title).toBe('timed out until 26 Nov, 14:00 UTC')
    expect(value).toMatch(new RegExp(` · <t:${seconds(1)}:R> · ends <t:${(NOW + 2 * HOUR) / 1000}:R>$`))
    const [automod, remark] = shown([done(145, 1, { user_id: '5' })])
    expect(automod).toBe('timed out 25 Nov 2026')
    expect(remark).toMatch(/^⏳ AutoMod timed out .* · Discord does not say for how long$/)
  })

  test('is no ban or timeout, with the last one and how it ended', () => {
    expect(shown([done(22, 5), done(23, 3)])).toEqual([
      'not banned or timed out',
      `Not banned or timed out · 🕊️ <@7> unbanned <@5> · <t:${seconds(3)}:R>`,
    ])
    expect(shown([timeout(3, NOW - HOUR)])[1]).toMatch(new RegExp(` · ended <t:${(NOW - HOUR) / 1000}:R>$`))
    expect(shown([done(20, 3), done(25, 2)])[1]).toMatch(
      /^Not banned or timed out · 👢 .* · seen here since$/,
    )
  })

  test('is never more than the log tells', () => {
    expect(shown([])).toEqual([
      'not banned or timed out',
      'Not banned or timed out, as far as the log goes (since 12 Oct 2026)',
    ])
    expect(shown([], { coveredTo: 1 })).toEqual([
      'not banned or timed out, as far as is known',
      'Not banned or timed out, as far as is known: not all of the log could be read',
    ])
    const [title, value] = shown([done(22, 3)], { coveredTo: 1 })
    expect(title).toBe('banned 23 Nov 2026, as far as is known')
    expect(value).toMatch(/\n\*As far as is known: not all of the log after that could be read\*$/)
    expect(shown([done(22, 100)])[0]).toBe('banned 18 Aug 2026, as far as is known')
  })

  test('fits into a field, whatever the reason and the names', () => {
    const { by, author, person, names: longest } = LONGEST
    const rest = { user_id: by, target_id: author, reason: '*'.repeat(512) }
    for (const entry of [done(20, 3, rest), done(22, 3, rest), timeout(3, NOW + 25 * DAY, rest)]) {
      const [, value] = shown([{ ...entry, onBehalfOfId: person }], { coveredTo: 1, known: longest })
      expect(value.length).toBeLessThanOrEqual(1024)
    }
  })
})
