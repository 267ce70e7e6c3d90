import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { UserError } from '../../../src/core/errors.ts'
import { compareIds, firstIdAt, idAfter, type Snowflake, timeOf } from '../../../src/core/snowflake.ts'
import { parseBound } from '../../../src/core/time/bound.ts'
import { DAY } from '../../../src/core/time/units.ts'
import { type Window, windowOf } from '../../../src/core/time/window.ts'
import { anySnowflake, hostileText } from '../arbitrary.ts'

const NOW = Date.UTC(2026, 10, 24, 12, 30)
const GUILD = '1564237482688512200'
const CONTEXT = { now: NOW, guildId: GUILD, timeZone: 'UTC' }

/** An id of 26 October 2026, 11:21 UTC. */
const ID = '1564237482688512274'

const EXAMPLES =
  'Try `24h`, `7d`, `2 weeks ago`, `yesterday`, `2026-08-01` or `2026-08-01 14:00` (UTC), or paste a message link or an id.'

describe('a length of time reaches back from now', () => {
  test.each([
    ['24h', '2026-11-23T12:30'],
    ['24 h', '2026-11-23T12:30'],
    ['24H ago', '2026-11-23T12:30'],
    ['7d', '2026-11-17T12:30'],
    ['1d12h', '2026-11-23T00:30'],
    ['1d 12h ago', '2026-11-23T00:30'],
    ['90m', '2026-11-24T11:00'],
    ['120s', '2026-11-24T12:28'],
    ['2w', '2026-11-10T12:30'],
    ['2mo', '2026-09-24T12:30'],
    ['a month', '2026-10-24T12:30'],
    ['1y', '2025-11-24T12:30'],
    ['999999y', '2015-01-01T00:00'],
    ['9999999d', '2015-01-01T00:00'],
    ['999999999999 years', '2015-01-01T00:00'],
    ['1.5h', '2026-11-24T11:00'],
    ['0.5 days ago', '2026-11-24T00:30'],
    ['1 hour and 30 minutes', '2026-11-24T11:00'],
    ['-1d', '2026-11-23T12:30'],
    ['2 yrs', '2024-11-24T12:30'],
  ])('%j', (text, time) => {
    expect(sinceOf(text)).toBe(time)
  })
})

test.each([
  ['٧d', '7d'],
  ['۷ days', '7d'],
  ['७d', '7d'],
  ['７d', '7d'],
  ['٢٠٢٦-٠٨-٠١', '2026-08-01'],
])('digits of any script are read: %j as %j', (typed, same) => {
  expect(sinceOf(typed)).toBe(sinceOf(same))
})

test.each(['0h', '0d', '0w', '0mo', '0 days ago', '-0d', 'in 0 minutes', '0.0001s'])(
  'a length of zero is rejected: %j',
  (text) => {
    expect(rejectionOf({ since: text })).toBe(`\`since\` is a duration of zero. ${EXAMPLES}`)
    expect(rejectionOf({ until: text })).toBe(`\`until\` is a duration of zero. ${EXAMPLES}`)
  },
)

describe('characters that are copied along with a text do not matter', () => {
  test.each([
    ['a non-breaking space', '2026-05-01\u00a014:00'],
    ['an en dash', '2026–05–01 14:00'],
    ['a non-breaking hyphen', '2026\u201105\u201101 14:00'],
    ['a minus sign', '2026−05−01 14:00'],
    ['the minus sign of an offset', '2026-05-01 09:00 −05:00'],
    ['zero-width spaces', '\u200b2026-05-01 14:\u200b00\ufeff'],
    ['marks of direction', '\u20682026-05-01 14:00\u2069'],
    ['quotes', '"2026-05-01 14:00"'],
    ['curly quotes', '“2026-05-01 14:00”'],
    ['backticks', '` 2026-05-01 14:00 `'],
    ['full-width characters', '２０２６－０５－０１　１４：００'],
  ])('%s', (_, text) => {
    expect(sinceOf(text)).toBe('2026-05-01T14:00')
  })

  test.each([`\`${ID}\``, `"${ID}"`, `\u200b${ID}`])('nor around an id: %j', (text) => {
    expect(windowOf({ since: text }, CONTEXT)).toEqual({ from: idAfter(ID) })
  })
})

test('long invalid texts are rejected quickly', () => {
  const start = performance.now()
  for (const text of ['1d ', '1 ', '3pm PST ', 'monday 2 weeks ago ']) {
    rejectionOf({ since: `${text.repeat(200 / text.length)}x` })
    rejectionOf({ since: `${text.repeat(6000 / text.length)}x` })
  }
  expect(performance.now() - start).toBeLessThan(500)
})

describe('Discord’s timestamps are parsed', () => {
  test.each(['<t:1785592800>', '<t:1785592800:R>', ' <t:1785592800:F> '])('%j', (text) => {
    expect(sinceOf(text)).toBe('2026-08-01T14:00')
    expect(untilOf(text)).toBe('2026-08-01T14:00')
  })
})

describe('dates', () => {
  test.each([
    ['2 weeks ago', '2026-11-10T12:30'],
    ['2026-08-01 14:00', '2026-08-01T14:00'],
    ['2026-08-01T14:00Z', '2026-08-01T14:00'],
  ])('with a time mean the same as since and as until: %j', (text, time) => {
    expect([sinceOf(text), untilOf(text)]).toEqual([time, time])
  })

  test.each([
    ['yesterday', '2026-11-23T00:00', '2026-11-24T00:00'],
    ['2026-08-01', '2026-08-01T00:00', '2026-08-02T00:00'],
    ['today', '2026-11-24T00:00', '2026-11-25T00:00'],
    ['August', '2026-08-01T00:00', '2026-09-01T00:00'],
    ['last month', '2026-10-01T00:00', '2026-11-01T00:00'],
    ['this month', '2026-11-01T00:00', '2026-12-01T00:00'],
    ['last week', '2026-11-16T00:00', '2026-11-23T00:00'],
  ])('without a time mean their start as since and their end as until: %j', (text, start, end) => {
    expect([sinceOf(text), untilOf(text)]).toEqual([start, end])
  })

  test('make a window of a single day', () => {
    expect(windowOf({ since: '2026-08-01', until: '2026-08-01' }, CONTEXT)).toEqual({
      from: firstIdAt(Date.UTC(2026, 7, 1)),
      to: firstIdAt(Date.UTC(2026, 7, 2)),
    })
  })
})

describe('a message or an entry is an exclusive bound', () => {
  test.each([
    ID,
    ` ${ID} `,
    `https://discord.com/channels/${GUILD}/1564446472273922735/${ID}`,
    `<https://discord.com/channels/${GUILD}/1564446472273922735/${ID}>`,
    `https://ptb.discord.com/channels/${GUILD}/1564446472273922735/${ID}`,
    `https://canary.discord.com/channels/${GUILD}/1564446472273922735/${ID}`,
    `https://discordapp.com/channels/${GUILD}/1564446472273922735/${ID}`,
  ])('%j', (text) => {
    expect(windowOf({ since: text }, CONTEXT)).toEqual({ from: idAfter(ID) })
    expect(windowOf({ until: text }, CONTEXT)).toEqual({ to: ID })
  })

  test.each(['1564237482688512201', '@me'])('but a link to %s is rejected', (elsewhere) => {
    const since = `https://discord.com/channels/${elsewhere}/1564446472273922735/${ID}`
    expect(() => windowOf({ since }, CONTEXT)).toThrow(
      new UserError('That link points to another server. Copy the link of a message in this one.'),
    )
  })
})

describe('a text that is not a time is rejected with examples of what would work', () => {
  test.each([
    ['soon', 'soon'],
    ['', '\\(blank\\)'],
    ['2026-13-01', '2026\\-13\\-01'],
    ['2 moons', '2 moons'],
    ['0', '0'],
    ['1,5h', '1,5h'],
    ['1.d', '1\\.d'],
    ['٧ أيام', '\u2068٧ أيام\u2069'],
    ['12345', '12345'],
    ['9223372036854775808', '9223372036854775808'],
    ['<t:-5:R>', '\\<t:\\-5:R\\>'],
    ['https://discord.com/channels/1/2', 'https\\://discord.com/channels/1/2'],
    ['https://discord.com.evil.example/channels/1/2/3', 'https\\://discord.com.evil.example/channels/1/2/3'],
    ['x'.repeat(81), `${'x'.repeat(79)}…`],
    ['@everyone **[x](https://a.b)**', '\\@everyone \\*\\*\\[x\\]\\(https\\://a.b\\)\\*\\*'],
    ['x\u202Ey', 'xy'],
  ])('%j', (text, shown) => {
    expect(rejectionOf({ since: text })).toBe(
      `“${shown}” cannot be read as a time for \`since\`. ${EXAMPLES}`,
    )
    expect(rejectionOf({ until: text })).toBe(
      `“${shown}” cannot be read as a time for \`until\`. ${EXAMPLES}`,
    )
  })
})

describe('a date that does not say which number is the month is rejected with both meanings', () => {
  test.each([
    ['01/08/2026', '01/08/2026', '`2026-01-08` or `2026-08-01`'],
    ['01.08.2026', '01\\.08.2026', '`2026-01-08` or `2026-08-01`'],
    ['8/1', '8/1', '`1 august` or `8 january`'],
  ])('%j', (text, shown, meanings) => {
    expect(rejectionOf({ since: text })).toBe(
      `“${shown}” cannot be read as a time for \`since\`. It does not say which number is the day and which is the ` +
        `month: write ${meanings}. ${EXAMPLES}`,
    )
  })

  test.each(['13/08/2026', '08/08/2026'])('but not %j', (text) => {
    expect(rejectionOf({ since: text })).toBe(`“${text}” cannot be read as a time for \`since\`. ${EXAMPLES}`)
  })
})

describe('a time in the future is rejected', () => {
  test.each([
    ['tomorrow', '25 Nov 2026, 00:00 UTC'],
    ['in 2 hours', '24 Nov 2026, 14:30 UTC'],
    ['today 14:00', '24 Nov 2026, 14:00 UTC'],
    ['next month', '1 Dec 2026, 00:00 UTC'],
    ['next friday', '4 Dec 2026, 00:00 UTC'],
    ['2027-01-01', '1 Jan 2027, 00:00 UTC'],
    ['<t:1795600000:R>', '25 Nov 2026, 09:46 UTC'],
    ['9223372036854775806', '6 Sep 2084, 15:47 UTC'],
  ])('%j', (text, moment) => {
    expect(rejectionOf({ since: text })).toBe(`\`since\` is in the future (${moment}). ${EXAMPLES}`)
    expect(rejectionOf({ until: text })).toBe(`\`until\` is in the future (${moment}). ${EXAMPLES}`)
  })

  test('except up to a minute, since the clock of the user may be fast', () => {
    const [near, far] = ['in 60 seconds', 'in 61 seconds']
    expect(windowOf({ until: near }, CONTEXT)).toEqual({ to: firstIdAt(NOW + 60_000) })
    expect(rejectionOf({ until: far })).toBe(
      `\`until\` is in the future (24 Nov 2026, 12:31 UTC). ${EXAMPLES}`,
    )
  })

  test('and an id up to ten minutes, since only invented ids have to be rejected', () => {
    const [near, far] = [firstIdAt(NOW + 600_000), firstIdAt(NOW + 600_001)]
    expect(windowOf({ until: near }, CONTEXT)).toEqual({ to: near })
    expect(windowOf({ since: near }, CONTEXT)).toEqual({ from: idAfter(near) })
    const link = `https://discord.com/channels/${GUILD}/1564446472273922735/${near}`
    expect(windowOf({ since: link }, CONTEXT, DAY)).toEqual({ from: idAfter(near) })
    expect(windowOf({ until: link }, CONTEXT, DAY)).toEqual({ from: firstIdAt(NOW - DAY), to: near })
    expect(rejectionOf({ until: far })).toBe(
      `\`until\` is in the future (24 Nov 2026, 12:40 UTC). ${EXAMPLES}`,
    )
  })
})

describe('days that have begun can be an end before they are over', () => {
  test.each([
    ['end of today', 'today'],
    ['end of the day', 'today'],
    ['end of this week', 'this week'],
    ['end of the month', 'this month'],
    ['the end of this month', 'this month'],
    ['end of november', 'november'],
    ['end of this year', 'this year'],
    ['end of today PST', 'today PST'],
    ['end of last month', 'last month'],
    ['end of yesterday', 'yesterday'],
  ])('%j is the end of %j', (end, days) => {
    expect(windowOf({ until: end }, CONTEXT)).toEqual(windowOf({ until: days }, CONTEXT))
  })

  test.each([
    ['since', 'end of today', '25 Nov 2026, 00:00 UTC'],
    ['since', 'end of this month', '1 Dec 2026, 00:00 UTC'],
    ['until', 'end of tomorrow', '25 Nov 2026, 00:00 UTC'],
    ['until', 'end of next month', '1 Dec 2026, 00:00 UTC'],
  ])('but %s:%j is in the future', (option, text, moment) => {
    expect(rejectionOf({ [option]: text })).toBe(`\`${option}\` is in the future (${moment}). ${EXAMPLES}`)
  })
})

describe('a date with the wrong weekday is rejected with the right one', () => {
  test.each([
    ['Mon 17 Nov', '17 Nov 2026 is a Tuesday'],
    ['Monday, 1 August 2026', '1 Aug 2026 is a Saturday'],
    ['mon 17 nov 23:00 PST', '17 Nov 2026 is a Tuesday'],
    ['mon 17 nov 01:00 JST', '17 Nov 2026 is a Tuesday'],
    ['2 days before mon 17 nov', '17 Nov 2026 is a Tuesday'],
    ['end of mon 17 nov', '17 Nov 2026 is a Tuesday'],
  ])('%j', (text, right) => {
    expect(rejectionOf({ since: text })).toBe(`\`since\` names the wrong weekday: ${right}. ${EXAMPLES}`)
  })

  test('but a future date with the right weekday is rejected as a future date', () => {
    expect(rejectionOf({ since: 'Mon 30 Nov' })).toBe(
      `\`since\` is in the future (30 Nov 2026, 00:00 UTC). ${EXAMPLES}`,
    )
  })
})

describe('a time before Discord began', () => {
  test('means everything as since', () => {
    expect(windowOf({ since: '1999-01-01' }, CONTEXT)).toEqual({ from: '0' })
  })

  test.each(['1999-01-01', '2014-12-31', '999999y'])('is rejected as until: %j', (until) => {
    expect(rejectionOf({ until })).toBe(`\`until\` is before Discord began, in 2015. ${EXAMPLES}`)
  })
})

describe('a window', () => {
  test('without since and until has no bounds', () => {
    expect(windowOf({}, CONTEXT)).toEqual({})
  })

  test('reaches back from now by default', () => {
    expect(windowOf({}, CONTEXT, 7 * DAY)).toEqual({ from: firstIdAt(NOW - 7 * DAY) })
  })

  test('reaches back from its end, if that is past', () => {
    expect(windowOf({ until: '2026-08-01 14:00' }, CONTEXT, 7 * DAY)).toEqual({
      from: firstIdAt(Date.UTC(2026, 6, 25, 14)),
      to: firstIdAt(Date.UTC(2026, 7, 1, 14)),
    })
  })

  test('that ends with today reaches back from now, not from midnight', () => {
    expect(windowOf({ until: 'today' }, CONTEXT, 7 * DAY)).toEqual({
      from: firstIdAt(NOW - 7 * DAY),
      to: firstIdAt(Date.UTC(2026, 10, 25)),
    })
  })

  test('begins at since, whatever the default', () => {
    expect(windowOf({ since: '2026-01-01' }, CONTEXT, 7 * DAY)).toEqual({
      from: firstIdAt(Date.UTC(2026, 0, 1)),
    })
  })

  test.each([
    ['yesterday', '2026-08-01', '23 Nov 2026, 00:00 UTC', '2 Aug 2026, 00:00 UTC'],
    ['7d', '7d', '17 Nov 2026, 12:30 UTC', '17 Nov 2026, 12:30 UTC'],
    ['today', 'yesterday', '24 Nov 2026, 00:00 UTC', '24 Nov 2026, 00:00 UTC'],
    [ID, ID, '26 Oct 2026, 11:21 UTC', '26 Oct 2026, 11:21 UTC'],
    [ID, idAfter(ID), '26 Oct 2026, 11:21 UTC', '26 Oct 2026, 11:21 UTC'],
  ])('from %j until %j is empty and is rejected', (since, until, from, to) => {
    expect(rejectionOf({ since, until })).toBe(
      `\`since\` (${from}) must be before \`until\` (${to}). Swap them, or leave one out.`,
    )
  })

  test.each([
    ['yesterday 10am PST', '15:00', '23 Nov 2026, 18:00', '23 Nov 2026, 15:00', '24 Nov 2026, 15:00'],
    ['today', '3pm', '24 Nov 2026, 00:00', '23 Nov 2026, 15:00', '24 Nov 2026, 15:00'],
    ['12h', '10am PST', '24 Nov 2026, 00:30', '23 Nov 2026, 18:00', '24 Nov 2026, 18:00'],
    ['2d', 'friday', '22 Nov 2026, 12:30', '21 Nov 2026, 00:00', '27 Nov 2026, 00:00'],
    ['monday', 'sunday', '23 Nov 2026, 00:00', '23 Nov 2026, 00:00', '29 Nov 2026, 00:00'],
    ['last week', '1 Dec', '16 Nov 2026, 00:00', '2 Dec 2025, 00:00', '1 Dec 2026, 00:00'],
    ['last week', 'december', '16 Nov 2026, 00:00', '1 Jan 2026, 00:00', '1 Dec 2026, 00:00'],
  ])(
    'from %j until %j, which could also be a time in the future, is rejected with the advice to leave `until` out',
    (since, until, from, to, next) => {
      expect(rejectionOf({ since, until })).toBe(
        `\`since\` (${from} UTC) must be before \`until\` (${to} UTC). ` +
          `\`until\` was read as the last such time, because ${next} UTC is still in the future. ` +
          'Leave `until` out to get everything up to now.',
      )
      expect(windowOf({ since }, CONTEXT)).toHaveProperty('from')
    },
  )

  test.each([
    ['12:15', '12:00', '24 Nov 2026, 12:15 UTC', '24 Nov 2026, 12:00 UTC'],
    ['may', 'march', '1 May 2026, 00:00 UTC', '1 Apr 2026, 00:00 UTC'],
    ['yesterday', 'last friday', '23 Nov 2026, 00:00 UTC', '21 Nov 2026, 00:00 UTC'],
  ])(
    'from %j until %j, which is only a time in the past, is rejected without that advice',
    (since, until, from, to) => {
      expect(rejectionOf({ since, until })).toBe(
        `\`since\` (${from}) must be before \`until\` (${to}). Swap them, or leave one out.`,
      )
    },
  )

  test('is never empty: options that would make it empty are rejected', () => {
    fc.assert(
      fc.property(
        fc.option(anyTime, { nil: undefined }),
        fc.option(anyTime, { nil: undefined }),
        (since, until) => {
          const outcome = outcomeOf({ since, until })
          if (outcome instanceof UserError) return
          const { from = '0', to = '9223372036854775806' } = outcome
          expect(compareIds(from, to)).toBeLessThan(0)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('a bound is explained', () => {
  test.each([
    ['7d', 'Tue 17 Nov 2026, 12:30 UTC', 'Tue 17 Nov 2026, 12:30 UTC'],
    ['yesterday', 'Mon 23 Nov 2026, 00:00 UTC', 'Tue 24 Nov 2026, 00:00 UTC'],
    ['2026-08-01 14:00 EST', 'Sat 1 Aug 2026, 19:00 UTC', 'Sat 1 Aug 2026, 19:00 UTC'],
    [ID, 'Mon 26 Oct 2026, 11:21 UTC', 'Mon 26 Oct 2026, 11:21 UTC'],
  ])('%j as %s for since and as %s for until', (text, since, until) => {
    expect(parseBound(text, 'since', CONTEXT)).toMatchObject({ type: 'parsed', explained: since })
    expect(parseBound(text, 'until', CONTEXT)).toMatchObject({ type: 'parsed', explained: until })
  })

  test.each([
    ['blah', 'since', 'is not understood'],
    ['3', 'until', 'is not understood'],
    ['tomorrow', 'since', 'is in the future (25 Nov 2026, 00:00 UTC)'],
    ['1999-01-01', 'until', 'is before Discord began, in 2015'],
    ['https://discord.com/channels/1/2/3', 'since', 'points to another server'],
  ] as const)('or %j is rejected as %s because it %s', (text, option, reason) => {
    const sentence = rejectionOf({ [option]: text })
    expect(parseBound(text, option, CONTEXT)).toEqual({ type: 'rejected', reason, sentence })
  })
})

const anyWord = fc.constantFrom(
  ...'1 2 31 999999 2015 2026-08-01 14:00 24h d mo ago before last next in a the few'.split(' '),
  ...'now today yesterday tomorrow morning minute day week month year monday may feb UTC - to'.split(' '),
)
const anyTime = fc.oneof(
  fc.array(anyWord, { maxLength: 4 }).map((words) => words.join(' ')),
  fc.integer({ min: -1, max: 2 * NOW }).map((time) => `<t:${Math.floor(time / 1000)}>`),
  anySnowflake,
  hostileText,
)

function outcomeOf(texts: { since?: string | undefined; until?: string | undefined }): Window | UserError {
  try {
    return windowOf(texts, CONTEXT, 90 * DAY)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

function rejectionOf(texts: { since?: string; until?: string }): string | undefined {
  const outcome = outcomeOf(texts)
  return outcome instanceof UserError ? outcome.message : undefined
}

function sinceOf(since: string): string | undefined {
  return minuteOf(windowOf({ since }, CONTEXT).from)
}

function untilOf(until: string): string | undefined {
  return minuteOf(windowOf({ until }, CONTEXT).to)
}

function minuteOf(id: Snowflake | undefined): string | undefined {
  return id === undefined ? undefined : new Date(timeOf(id)).toISOString().slice(0, 16)
}

describe('lengths of time', () => {
  test.each([
    ['2w', '2 weeks'],
    ['2 weeks', '14 days'],
    ['24 hours', '1d'],
    ['90 min', '1 hour 30 minutes ago'],
    ['3 months', 'three months ago'],
    ['1 year', '365 days ago'],
    ['1 year', '12 months'],
    ['past week', '7d'],
    ['the last 24 hours', '24h'],
  ])('%j is as long as %j', (one, other) => {
    expect(sinceOf(one)).toEqual(sinceOf(other))
  })

  // Earlier versions suggested “bot joined”, which members may have copied.
  test.each(['when Custos joined', 'WHEN CUSTOS JOINED', 'Bot joined', 'bot joined'])(
    '%j is the moment when Custos joined, where that is known',
    (since) => {
      const joinedAt = CONTEXT.now - DAY
      expect(windowOf({ since }, { ...CONTEXT, joinedAt })).toEqual(windowOf({ since: '1d' }, CONTEXT))
      expect(() => windowOf({ since }, CONTEXT)).toThrow(UserError)
    },
  )
})

/** Moments of ordinary and leap years, including ends of months. */
const anyMoment = fc
  .integer({ min: Date.UTC(2015, 1), max: Date.UTC(2037, 0) })
  .chain((time) =>
    fc.constantFrom(time, Date.UTC(new Date(time).getUTCFullYear(), new Date(time).getUTCMonth() + 1) - 1),
  )

describe('synonyms mean the same', () => {
  const units = ['s', 'sec', 'second'].concat(['m', 'min', 'minute'], ['h', 'hr', 'hour'])
  const unit = fc.constantFrom(...units, 'd', 'day', 'w', 'wk', 'week', 'mo', 'month', 'y', 'yr', 'year')

  test('for every way to write a length', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 1, max: 400 }), unit, (now, count, name) => {
        const plural = name.length > 3 || name === 'day' ? `${name}s` : name
        const [first, ...others] = [
          ...[`${count}${name}`, `${count} ${plural}`, `${count} ${plural} ago`, `-${count}${name}`],
          ...[`past ${count} ${plural}`, `${count} ${plural}  before  NOW`],
        ].map((since) => windowOf({ since }, { now, guildId: GUILD, timeZone: 'UTC' }))
        for (const other of others) expect(other).toEqual(first)
      }),
    )
  })

  test.each([
    ['1 month ago', 'a month ago', 'one month ago', '1mo', '1 mo', 'past month'],
    ['1 week', 'a week ago', '7d', '7 days ago', 'past 7 days', 'the past week'],
    ['1 hour ago', 'an hour', 'last hour', 'past hour', '60m', '3600s ago'],
    ['2 years ago', 'two years', '24 months', 'a couple of years ago'],
    ['half a day ago', '12h', '0.5d', 'about 12 hours ago'],
    ['last month', 'previous month', 'the last month', 'LAST  MONTH'],
    ['monday last week', 'last week monday', 'monday of last week', 'mon last week', 'on Monday, last week'],
    ['tuesday', 'tue', 'tues', 'Tues.', 'on tuesday'],
    ['wednesday 9am', 'wed 9:00', 'weds at 9am', '9am wednesday'],
    ['thursday', 'thu', 'thur', 'thurs'],
    ['15:00', '3pm', '3 pm', 'at 3pm', '3:00 PM', '15:00Z', '15:00 UTC', '15:00 gmt', '15:00+00:00'],
    ['yesterday noon', 'noon yesterday', 'yesterday 12:00', 'yesterday at 12pm', 'yesterday midday'],
    ['5 sep', 'sept 5', '5th of September', 'Sep. 5', 'september 5th'],
  ])('%s', (...phrases) => {
    fc.assert(
      fc.property(anyMoment, fc.constantFrom('since', 'until'), (now, option) => {
        const [first, ...others] = phrases.map((text) =>
          parseBound(text, option, { now, guildId: GUILD, timeZone: 'UTC' }),
        )
        for (const other of others) expect(other).toEqual(first)
      }),
      { numRuns: 50 },
    )
  })
})

describe('any text', () => {
  const anyZone = fc.constantFrom(
    '',
    'UTC',
    'EST',
    'ET',
    'PT',
    'CET',
    'JST',
    'NST',
    '+05:30',
    '-08:00',
    'UTC+14',
  )
  const anyDayWord = fc.constantFrom(
    ...'last this next past previous in end start of on at from since before after'.split(' '),
    ...'week weekend month quarter year tues sat noon midnight night evening 3pm 02:30 23:59'.split(' '),
    ...'2026-03-08 29 Feb 1999 9999 999999999999 half couple T12:00 5/13 .5'.split(' '),
  )
  const anyPhrase = fc.oneof(
    fc.tuple(anyTime, anyZone).map((words) => words.join(' ')),
    fc
      .tuple(fc.array(fc.oneof(anyWord, anyDayWord), { maxLength: 6 }), anyZone)
      .map((words) => words.flat().join(' ')),
  )

  test('is parsed or rejected in the same way in every time zone of the host', () => {
    fc.assert(
      fc.property(anyMoment, anyPhrase, (now, text) => {
        const [first, ...others] = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Beirut'].map(
          (zone) => {
            vi.stubEnv('TZ', zone)
            const options = ['since', 'until'] as const
            const bounds = options.map((option) =>
              parseBound(text, option, { now, guildId: GUILD, timeZone: 'UTC' }),
            )
            vi.unstubAllEnvs()
            return bounds
          },
        )
        for (const other of others) expect(other).toEqual(first)
      }),
      { numRuns: 500 },
    )
  })
})
