import { describe, expect, test } from 'vitest'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DAY } from '../../../src/core/time/units.ts'
import {
  failureSentence,
  progressSentence,
  syncNotice,
  welcomeNotice,
} from '../../../src/discord/interactions/notice.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const NO_LIMIT = {}
const LIMITED = { limitedUntil: NOW + 600_000 }
const UNTIL = `<t:${(NOW + 600_000) / 1000}:R>`

describe('the notice above the first answer in a guild', () => {
  const guildId = firstIdAt(NOW - 1000 * DAY)
  const since = (days: number) => ({
    ranges: [{ start: firstIdAt(NOW - days * DAY), end: firstIdAt(NOW) }],
    readAt: NOW,
  })
  const first = { guildId, now: NOW, outcome: 'read', retentionDays: undefined, timeZone: 'UTC' } as const

  test.each([
    [
      'as far as Discord keeps it',
      since(45),
      first,
      'Custos has this server’s audit log back to 10 Oct 2026, as far as Discord keeps it. It stores every new entry.',
    ],
    [
      'further than Discord keeps it',
      since(50),
      first,
      'Custos has this server’s audit log back to 5 Oct 2026, further than Discord keeps it. It stores every new entry.',
    ],
    [
      'with a retention of a year',
      since(45),
      { ...first, retentionDays: 365 },
      'Custos has this server’s audit log back to 10 Oct 2026, as far as Discord keeps it. It stores every entry for 365 days.',
    ],
    [
      'while older entries are being added',
      since(3),
      first,
      'Custos has this server’s audit log back to 21 Nov 2026 so far; older entries are being added. It stores every new entry.',
    ],
    [
      'after older entries were erased',
      { ...since(3), erasedTo: firstIdAt(NOW - 3 * DAY) },
      first,
      'Custos has this server’s audit log back to 21 Nov 2026; older entries were erased. It stores every new entry.',
    ],
    [
      'where the sync failed',
      since(3),
      { ...first, outcome: 'forbidden' as const },
      'Custos has this server’s audit log back to 21 Nov 2026.',
    ],
    [
      'before anything is read',
      { ranges: [], readAt: null },
      first,
      'Custos has only just started to read this server’s audit log.',
    ],
  ])('says how far back the archive goes, %s', (_, coverage, answer, sentence) => {
    expect(welcomeNotice(coverage, answer)).toBe(sentence)
  })
})

describe('the notice above an answer', () => {
  test.each(['read', 'live'] as const)('is absent where the sync was %s', (outcome) => {
    expect(syncNotice(outcome, NO_LIMIT, NOW)).toBeUndefined()
  })

  test.each(['unfinished', 'unstored'] as const)('says that the log is still being read (%s)', (outcome) => {
    expect(syncNotice(outcome, NO_LIMIT, NOW)).toMatch(/^⏳ Custos is still reading/)
  })

  test.each([
    ['unreadable', NO_LIMIT, 'Discord could not be read.'],
    ['limited', NO_LIMIT, 'Discord could not be read, because it limits how often Custos can read.'],
    ['limited', LIMITED, `Discord limits how often Custos can read. Reading continues ${UNTIL}.`],
    ['absent', NO_LIMIT, 'Discord says that Custos is not in this server. Invite it again.'],
    [
      'unwritten',
      NO_LIMIT,
      'Custos could not save what it read. Tell the operator: the reason is in its log.',
    ],
  ] as const)('says why the sync failed, and when the answer is from (%s)', (outcome, limits, reason) => {
    expect(syncNotice(outcome, limits, NOW)).toBe(`⚠️ ${reason} This reply is as of <t:${NOW / 1000}:f>.`)
    expect(syncNotice(outcome, limits, null)).toBe(`⚠️ ${reason}`)
  })

  test('names View Audit Log where it is missing, and nowhere else', () => {
    const naming = (['forbidden', 'absent', 'limited', 'unreadable', 'unwritten'] as const).filter(
      (outcome) => syncNotice(outcome, NO_LIMIT, NOW)?.includes('View Audit Log'),
    )
    expect(naming).toEqual(['forbidden'])
  })
})

describe('the sentence in place of an answer where nothing is stored', () => {
  test.each([
    [
      'unreadable',
      NO_LIMIT,
      /^Discord could not be read\. Nothing .* is stored yet\. Try again in a minute\.$/,
    ],
    ['limited', LIMITED, /^Discord limits .*\. Nothing .* is stored yet\. Try again then\.$/],
    ['forbidden', NO_LIMIT, /^Custos cannot read .*\*\*View Audit Log\*\*.*, and run the command again\.$/],
    ['absent', NO_LIMIT, /Invite it again, and run the command again\.$/],
  ] as const)('says what to do (%s)', (outcome, limits, sentence) => {
    expect(failureSentence(outcome, limits)).toMatch(sentence)
  })

  test('is absent where the sync did not fail', () => {
    expect(failureSentence('read', NO_LIMIT)).toBeUndefined()
  })
})

test('progress says how much was read, and how far back', () => {
  expect(progressSentence({ entries: 1234, backTo: NOW - 3 * DAY }, 'UTC')).toBe(
    'Reading the audit log: 1,234 entries, back to 21 Nov 2026…',
  )
})
