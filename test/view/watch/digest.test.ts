import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Kind } from '../../../src/core/audit-log/kind.ts'
import type { NamedEntity } from '../../../src/core/names/named-entity.ts'
import { Names } from '../../../src/core/names/names.ts'
import type { Moderator } from '../../../src/core/query/activity.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DAY, HOUR } from '../../../src/core/time/units.ts'
import type { Report } from '../../../src/core/watch/digests/read-report.ts'
import { EMBED, embedSize } from '../../../src/view/reply.ts'
import { type DigestPost, digestMessage, NO_CHART } from '../../../src/view/watch/digest.ts'
import { hostileText } from '../../core/arbitrary.ts'

const GUILD = '900000000000000000'
const FROM = Date.UTC(2026, 10, 16)
const TO = FROM + 7 * DAY
const NOW = TO + 9 * HOUR
const NOTHING = { 'Bans & kicks': 0, Timeouts: 0, Deletes: 0, Roles: 0, Channels: 0, Other: 0 }
const WINDOW = { from: firstIdAt(FROM), to: firstIdAt(TO) }

function moderator(id: string, total: number, more: Partial<Moderator> = {}): Moderator {
  return {
    id,
    total,
    throughBots: 0,
    split: { ...NOTHING, Deletes: total },
    messages: total,
    lastSeen: firstIdAt(total > 0 ? TO - HOUR : FROM - 5 * DAY),
    before: 10,
    ...more,
  }
}

const QUERY = {
  command: 'audit activity',
  guildId: GUILD,
  askerId: '1',
  askedAt: NOW,
  timeZone: 'UTC',
  filter: WINDOW,
  order: 'newest',
} as const

const COVERAGE = {
  guildId: GUILD,
  oldest: GUILD,
  ranges: [{ start: '0', end: firstIdAt(NOW) }],
  readAt: NOW,
  askedAt: NOW,
}

function reportOf(given: Partial<Report> = {}): Report {
  return {
    moderators: [],
    unknown: 0,
    names: new Names(GUILD, []),
    byBots: 0,
    unnamed: 0,
    ofRole: undefined,
    columns: { unit: 'day', spans: [], counts: [] },
    punishments: 0,
    withoutReason: [],
    reversals: [],
    takenBack: 0,
    query: QUERY,
    coverage: COVERAGE,
    repeats: { repeats: { top: [], size: 0 }, names: new Names(GUILD, []), bans: new Map() },
    deletes: { entries: 0, units: 0, bulk: 0, moderators: { top: [], size: 0 } },
    ...given,
  }
}

function message(given: Partial<Report> = {}, post: Partial<DigestPost> = {}) {
  return digestMessage({
    every: 'week',
    period: { from: FROM, to: TO, dueAt: NOW },
    report: reportOf(given),
    isLate: false,
    skipped: 0,
    warnings: [],
    reportId: (path) => `report:0:1:1:${path}`,
    ...post,
  })
}

const embedOf = (...given: Parameters<typeof message>) => {
  const [embed, ...others] = message(...given).embeds
  if (!embed || others.length > 0) throw new Error('The post does not have one embed.')
  return embed
}
const fieldIn = (embed: ReturnType<typeof embedOf>, name: string) =>
  embed.fields?.find((field) => field.name === name)?.value

test('the title says the period, how much was done and by how many', () => {
  const moderators = [moderator('71', 12), moderator('72', 3), moderator('73', 0)]
  expect(embedOf({ moderators }).title).toBe('Week of 16–22 November · 15 actions by 2 moderators · 1 quiet')
})

test('a report that does not begin with its week says so, and keeps its name', () => {
  const period = { from: FROM - 14 * HOUR, to: TO, dueAt: NOW }
  const { title, description } = embedOf({ moderators: [moderator('71', 12)] }, { period })
  expect(title).toMatch(/^Week of 16–22 November/)
  expect(description).toMatch(
    /^The clocks or the time zone have changed, so this begins where the last report ended: <t:1794736800:f>\.\n/,
  )
})

test('moderators are listed most active first, compared with the time before, and the rest is counted', () => {
  const moderators = Array.from({ length: 14 }, (_, index) => moderator(String(71 + index), 40 - index))
  const lines = embedOf({ moderators }).description?.split('\n') ?? []
  expect(lines[0]).toContain('▲▼ against the 7 days before')
  expect(lines[1]).toBe('1. <@71> **40** · ▲ 30')
  expect(lines.filter((line) => /^\d+\. /.test(line))).toHaveLength(10)
  expect(lines.at(-1)).toBe('and 4 more moderators')
})

test('who has gone quiet is named with how long, whoever acted last first', () => {
  const moderators = [moderator('71', 1), ...['72', '73', '74', '75', '76'].map((id) => moderator(id, 0))]
  const { lastSeen: _, ...never } = moderator('77', 0)
  const quiet = fieldIn(embedOf({ moderators: [...moderators.slice(0, 4), never] }), 'Gone quiet')
  expect(quiet).toBe('<@72> 12 days · <@73> 12 days · <@74> 12 days · <@77> *never seen acting*')
  expect(fieldIn(embedOf({ moderators: moderators.slice(0, 6) }), 'Gone quiet')).toMatch(/ · and.1.other$/)
})

test('what is missing is said in the footer, and a gap before the week makes the time quiet a lower bound', () => {
  const coverage = { ...COVERAGE, ranges: [{ start: firstIdAt(FROM - DAY), end: firstIdAt(NOW) }] }
  const embed = embedOf({ moderators: [moderator('71', 1), moderator('72', 0)], coverage })
  expect(fieldIn(embed, 'Gone quiet')).toBe('<@72> at least 7 days')
  expect(embed.footer?.text).toBe(
    '16 Nov 2026, 00:00 UTC to 23 Nov 2026, 00:00 UTC · Complete since 15 Nov 2026',
  )
  const gap = { ...COVERAGE, ranges: [{ start: firstIdAt(FROM + DAY), end: firstIdAt(NOW) }] }
  const incomplete = embedOf({ moderators: [moderator('71', 1)], unknown: 2, coverage: gap })
  expect(incomplete.title).toContain('At least 1 action')
  expect(incomplete.description).toContain('2 more moderators are not listed')
  expect(incomplete.footer?.text).toContain('Incomplete: nothing is known before 17 Nov 2026')
})

test('deleted messages, missing reasons and reversals are one line each', () => {
  const embed = embedOf({
    moderators: [moderator('71', 1)],
    deletes: {
      entries: 3,
      units: 25,
      bulk: 11,
      moderators: {
        top: [
          { key: '71', entries: 3, units: 20 },
          { key: null, entries: 1, units: 5 },
        ],
        size: 3,
      },
    },
    punishments: 40,
    withoutReason: [
      { key: '71', entries: 3, units: 3 },
      { key: null, entries: 1, units: 1 },
    ],
    reversals: [
      { targetId: '90', kind: Kind.Timeout, by: '71', endedBy: '72', at: FROM + HOUR, after: HOUR / 3 },
      { targetId: '91', kind: 22, by: '72', endedBy: '71', at: FROM, after: 2 * HOUR },
    ],
    takenBack: 2,
  })
  expect(fieldIn(embed, 'Messages deleted')).toMatch(
    /^\*\*25\*\*, 11 of them in bulk · <@71> \*\*20\*\* · unknown \*\*5\*\* · and.1.other$/,
  )
  expect(fieldIn(embed, 'Punishments without a reason')).toBe('**4** of 40 · <@71> **3** · unknown **1**')
  expect(fieldIn(embed, 'Reversed within a day')?.split('\n')).toEqual([
    '<@72> ended the timeout of <@90>, 20 minutes after <@71> timed them out',
    '<@71> unbanned <@91>, 2 hours after <@72> banned them',
    '-# 2 more were ended by whoever gave them',
  ])
})

test('punishments that only those who gave them ended are counted alone', () => {
  const embed = embedOf({ moderators: [moderator('71', 1)], takenBack: 2 })
  expect(fieldIn(embed, 'Reversed within a day')).toBe('-# 2 were ended by whoever gave them')
})

test('where only the members of a role are listed, others may have done something', () => {
  const embed = embedOf({ query: { ...QUERY, roleId: '4' }, punishments: 4 })
  expect(embed.description).toContain('Nobody with this role did anything in that week.')
  expect(fieldIn(embed, 'Punishments without a reason')).toBe('**0** of 4')
})

test('what is not there is not mentioned', () => {
  expect(embedOf({ moderators: [moderator('71', 1)] }).fields).toEqual([])
})

describe('a period in which nothing was done is one line', () => {
  test.each([
    ['day', '2026-11-22', 'No moderator did anything on that day.'],
    ['week', '2026-11-16', 'No moderator did anything in that week.'],
    ['month', '2026-11-01', 'No moderator did anything in that month.'],
  ] as const)('for a %s', (every, start, line) => {
    const period = { from: Date.parse(start), to: TO, dueAt: NOW }
    const { description, fields } = embedOf({ moderators: [moderator('71', 0)] }, { every, period })
    expect([description, fields]).toEqual([line, []])
  })

  test('unless it is not known', () => {
    const coverage = { ...COVERAGE, ranges: [{ start: firstIdAt(FROM + DAY), end: firstIdAt(NOW) }] }
    const { title, description } = embedOf({ unknown: 3, coverage })
    expect(title).toBe('Week of 16–22 November')
    expect(description).toMatch(
      /^It is not known what 3 moderators did, because not all of this time range could be read: /,
    )
  })

  test('and what others did is shown', () => {
    const { description } = embedOf({ moderators: [moderator('71', 0)], byBots: 5, punishments: 2 })
    expect(description).toBe('-# 5 more by bots\nNo moderator did anything in that week.')
  })
})

test('a late one says so first, then what was left out, then what it lacks', () => {
  const post = { isLate: true, skipped: 2, warnings: [NO_CHART] }
  expect(
    embedOf({ moderators: [moderator('71', 1)] }, post)
      .description?.split('\n')
      .slice(0, 3),
  ).toEqual([
    `⏰ Late: this was due <t:${NOW / 1000}:f>.`,
    'The 2 weeks before were not reported. `/audit activity since:2026-11-02 until:2026-11-15` shows what was done then.',
    NO_CHART,
  ])
})

test('the chart is in the embed, and there is none without it', () => {
  const chart = new Uint8Array([1])
  const post = message({ moderators: [moderator('71', 1)] }, { chart })
  expect(post.embeds[0]?.image).toEqual({ url: 'attachment://activity.png' })
  expect(post.files).toEqual([{ name: 'activity.png', content: chart }])
  expect(message({ moderators: [moderator('71', 1)] }).files).toBeUndefined()
})

test('whatever the names, a post is within Discord’s limits, and mentions and formats nothing of its own', () => {
  const ids = Array.from({ length: 30 }, (_, index) => String(10n ** 18n + BigInt(index)))
  const anyNames = fc.array(fc.oneof(hostileText, fc.string({ minLength: 200, maxLength: 400 })), {
    minLength: 30,
    maxLength: 30,
  })
  fc.assert(
    fc.property(
      anyNames,
      fc.integer({ min: 0, max: 30 }),
      fc.nat(10 ** 9),
      fc.nat(5000),
      (texts, active, size, skipped) => {
        const all = ids.map((id, index): NamedEntity => {
          return { id, type: 'user', name: texts[index] ?? '', presence: 'gone' }
        })
        const names = new Names(GUILD, all)
        const tallies = ids.slice(0, 4).map((key) => ({ key, entries: size, units: size }))
        const embed = embedOf(
          {
            moderators: ids.map((id, index) =>
              moderator(id, index < active ? size : 0, {
                throughBots: index < active ? size : 0,
                split: {
                  'Bans & kicks': size,
                  Timeouts: size,
                  Deletes: size,
                  Roles: size,
                  Channels: size,
                  Other: size,
                },
              }),
            ),
            names,
            byBots: size,
            unnamed: size,
            deletes: { entries: size, units: size + 1, bulk: size, moderators: { top: tallies, size } },
            punishments: size,
            withoutReason: tallies,
            reversals: ids.map((targetId) => ({
              targetId,
              kind: 22,
              by: targetId,
              endedBy: targetId,
              at: FROM,
              after: HOUR,
            })),
            takenBack: size,
          },
          { isLate: true, skipped, warnings: [NO_CHART] },
        )
        expect(embed.title?.length).toBeLessThanOrEqual(256)
        expect(embed.description?.length).toBeLessThanOrEqual(EMBED.description)
        expect(embed.description?.length).toBeGreaterThan(0)
        for (const { value } of embed.fields ?? []) expect(value.length).toBeLessThanOrEqual(EMBED.fieldValue)
        expect(embedSize(embed)).toBeLessThanOrEqual(EMBED.total)
        const text = [embed.description, ...(embed.fields ?? []).map(({ value }) => value)].join('\n')
        for (const mention of text.match(/<@[!&]?\d+>/g) ?? [])
          expect(ids.map((id) => `<@${id}>`)).toContain(mention)
        expect(text).not.toMatch(/(?<!\\)@(?:everyone|here)/)
      },
    ),
    { numRuns: 50 },
  )
})
