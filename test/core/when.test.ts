import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareIds, firstIdAt, idAfter, type Snowflake, timeOf } from '../../src/core/snowflake.ts'
import { UserError } from '../../src/core/user-error.ts'
import { explainWhen, type Window, windowOf } from '../../src/core/when.ts'
import { anySnowflake, hostileText } from './arbitrary.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 24, 12, 30)
const GUILD = '1564237482688512200'
const ASKED = { now: NOW, guildId: GUILD }

/** Of 26 October 2026, 11:21 UTC. */
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
    ['2mo', '2026-09-25T12:30'],
    ['1y', '2025-11-24T12:30'],
    ['0d', '2026-11-24T12:30'],
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

test('many lengths that come to nothing are refused at once', () => {
  const start = performance.now()
  refusalOf({ since: `${'1d '.repeat(66)}x` })
  expect(performance.now() - start).toBeLessThan(500)
})

describe('Discord’s own way to write a moment is read', () => {
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
  ])('to the minute mean the same as since and as until: %j', (text, time) => {
    expect([sinceOf(text), untilOf(text)]).toEqual([time, time])
  })

  test.each([
    ['yesterday', '2026-11-23T00:00', '2026-11-24T00:00'],
    ['2026-08-01', '2026-08-01T00:00', '2026-08-02T00:00'],
    ['today', '2026-11-24T00:00', '2026-11-25T00:00'],
    ['August', '2026-08-01T00:00', '2026-09-01T00:00'],
  ])('without an hour mean their start as since and their end as until: %j', (text, start, end) => {
    expect([sinceOf(text), untilOf(text)]).toEqual([start, end])
  })

  test('make a window of a single day', () => {
    expect(windowOf({ since: '2026-08-01', until: '2026-08-01' }, ASKED)).toEqual({
      from: firstIdAt(Date.UTC(2026, 7, 1)),
      to: firstIdAt(Date.UTC(2026, 7, 2)),
    })
  })
})

describe('a message or an entry is a bound that is itself left out', () => {
  test.each([
    ID,
    ` ${ID} `,
    `https://discord.com/channels/${GUILD}/1564446472273922735/${ID}`,
    `<https://discord.com/channels/${GUILD}/1564446472273922735/${ID}>`,
    `https://ptb.discord.com/channels/${GUILD}/1564446472273922735/${ID}`,
    `https://canary.discord.com/channels/${GUILD}/1564446472273922735/${ID}`,
    `https://discordapp.com/channels/${GUILD}/1564446472273922735/${ID}`,
  ])('%j', (text) => {
    expect(windowOf({ since: text }, ASKED)).toEqual({ from: idAfter(ID) })
    expect(windowOf({ until: text }, ASKED)).toEqual({ to: ID })
  })

  test.each(['1564237482688512201', '@me'])('but not by a link into %s', (elsewhere) => {
    const since = `https://discord.com/channels/${elsewhere}/1564446472273922735/${ID}`
    expect(() => windowOf({ since }, ASKED)).toThrow(
      new UserError('That link points to another server. Copy the link of a message in this one.'),
    )
  })
})

describe('what cannot be read is refused with what would work', () => {
  test.each([
    ['soon', 'soon'],
    ['', '\\(blank\\)'],
    ['01/08/2026', '01/08/2026'],
    ['01.08.2026', '01\\.08.2026'],
    ['2026-13-01', '2026\\-13\\-01'],
    ['2 fortnights', '2 fortnights'],
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
    expect(refusalOf({ since: text })).toBe(`I cannot read “${shown}” as a time for \`since\`. ${EXAMPLES}`)
    expect(refusalOf({ until: text })).toBe(`I cannot read “${shown}” as a time for \`until\`. ${EXAMPLES}`)
  })
})

describe('what lies ahead is refused', () => {
  test.each([
    ['tomorrow', '25 Nov 2026, 00:00 UTC'],
    ['in 2 hours', '24 Nov 2026, 14:30 UTC'],
    ['14:00', '24 Nov 2026, 14:00 UTC'],
    ['next friday', '4 Dec 2026, 00:00 UTC'],
    ['2027-01-01', '1 Jan 2027, 00:00 UTC'],
    ['<t:1795600000:R>', '25 Nov 2026, 09:46 UTC'],
    ['9223372036854775806', '6 Sep 2084, 15:47 UTC'],
  ])('%j', (text, moment) => {
    expect(refusalOf({ since: text })).toBe(`\`since\` lies in the future (${moment}). ${EXAMPLES}`)
    expect(refusalOf({ until: text })).toBe(`\`until\` lies in the future (${moment}). ${EXAMPLES}`)
  })

  test('but for a minute, since clocks differ', () => {
    const until = firstIdAt(NOW + 60_000)
    expect(windowOf({ until }, ASKED)).toEqual({ to: until })
    expect(refusalOf({ until: firstIdAt(NOW + 60_001) })).toBe(
      `\`until\` lies in the future (24 Nov 2026, 12:31 UTC). ${EXAMPLES}`,
    )
  })
})

describe('what lies before Discord began', () => {
  test('is everything as since', () => {
    expect(windowOf({ since: '1999-01-01' }, ASKED)).toEqual({ from: '0' })
  })

  test.each(['1999-01-01', '2014-12-31', '999999y'])('is nothing as until: %j', (until) => {
    expect(refusalOf({ until })).toBe(`\`until\` lies before Discord began, in 2015. ${EXAMPLES}`)
  })
})

describe('a window', () => {
  test('without bounds has none', () => {
    expect(windowOf({}, ASKED)).toEqual({})
  })

  test('reaches back from now by default', () => {
    expect(windowOf({}, ASKED, 7 * DAY)).toEqual({ from: firstIdAt(NOW - 7 * DAY) })
  })

  test('reaches back from its end, where that is past', () => {
    expect(windowOf({ until: '2026-08-01 14:00' }, ASKED, 7 * DAY)).toEqual({
      from: firstIdAt(Date.UTC(2026, 6, 25, 14)),
      to: firstIdAt(Date.UTC(2026, 7, 1, 14)),
    })
  })

  test('that ends with today reaches back from now, not from midnight', () => {
    expect(windowOf({ until: 'today' }, ASKED, 7 * DAY)).toEqual({
      from: firstIdAt(NOW - 7 * DAY),
      to: firstIdAt(Date.UTC(2026, 10, 25)),
    })
  })

  test('begins where it is asked to, whatever the default', () => {
    expect(windowOf({ since: '2026-01-01' }, ASKED, 7 * DAY)).toEqual({
      from: firstIdAt(Date.UTC(2026, 0, 1)),
    })
  })

  test.each([
    ['yesterday', '2026-08-01', '23 Nov 2026, 00:00 UTC', '2 Aug 2026, 00:00 UTC'],
    ['7d', '7d', '17 Nov 2026, 12:30 UTC', '17 Nov 2026, 12:30 UTC'],
    ['today', 'yesterday', '24 Nov 2026, 00:00 UTC', '24 Nov 2026, 00:00 UTC'],
    [ID, ID, '26 Oct 2026, 11:21 UTC', '26 Oct 2026, 11:21 UTC'],
    [ID, idAfter(ID), '26 Oct 2026, 11:21 UTC', '26 Oct 2026, 11:21 UTC'],
  ])('from %j until %j holds nothing and is refused', (since, until, from, to) => {
    expect(refusalOf({ since, until })).toBe(
      `\`since\` (${from}) must lie before \`until\` (${to}). Swap them, or leave one out.`,
    )
  })

  test('is never empty, and what cannot make one is a mistake the user can mend', () => {
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

describe('autocomplete explains', () => {
  test.each([
    ['7d', 'Tue 17 Nov 2026, 12:30 UTC', 'Tue 17 Nov 2026, 12:30 UTC'],
    ['yesterday', 'Mon 23 Nov 2026, 00:00 UTC', 'Tue 24 Nov 2026, 00:00 UTC'],
    ['2026-08-01 14:00 EST', 'Sat 1 Aug 2026, 19:00 UTC', 'Sat 1 Aug 2026, 19:00 UTC'],
    [ID, 'Mon 26 Oct 2026, 11:21 UTC', 'Mon 26 Oct 2026, 11:21 UTC'],
  ])('%j as %s where it is since and as %s where it is until', (text, since, until) => {
    expect([explainWhen(text, 'since', ASKED), explainWhen(text, 'until', ASKED)]).toEqual([since, until])
  })

  test('nothing that would be refused', () => {
    expect(() => explainWhen('soon', 'since', ASKED)).toThrow(
      new UserError(`I cannot read “soon” as a time for \`since\`. ${EXAMPLES}`),
    )
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
    return windowOf(texts, ASKED, 90 * DAY)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

function refusalOf(texts: { since?: string; until?: string }): string | undefined {
  const outcome = outcomeOf(texts)
  return outcome instanceof UserError ? outcome.message : undefined
}

function sinceOf(since: string): string | undefined {
  return minuteOf(windowOf({ since }, ASKED).from)
}

function untilOf(until: string): string | undefined {
  return minuteOf(windowOf({ until }, ASKED).to)
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
    ['3 months', '90d'],
    ['1 year', '365 days ago'],
  ])('%j is as long as %j', (one, other) => {
    expect(sinceOf(one)).toEqual(sinceOf(other))
  })

  test('the moment the bot joined can be asked for where it is known', () => {
    const joinedAt = ASKED.now - 86_400_000
    expect(windowOf({ since: 'Bot joined' }, { ...ASKED, joinedAt })).toEqual(
      windowOf({ since: '1d' }, ASKED),
    )
    expect(() => windowOf({ since: 'bot joined' }, ASKED)).toThrow(UserError)
  })
})
