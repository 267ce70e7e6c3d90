import fc from 'fast-check'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { suggestionsFor } from '../../../src/command/autocomplete/suggestions.ts'
import type { Suggestion } from '../../../src/command/option.ts'
import { UserError } from '../../../src/core/errors.ts'
import type { NamedEntity, NameObservation } from '../../../src/core/names/named-entity.ts'
import { firstIdAt, timeOf } from '../../../src/core/snowflake.ts'
import type { ParseContext } from '../../../src/core/time/bound.ts'
import { formatMoment, formatWeekday } from '../../../src/core/time/format-time.ts'
import { DAY } from '../../../src/core/time/units.ts'
import { windowOf } from '../../../src/core/time/window.ts'
import { hostileText } from '../../core/arbitrary.ts'
import { memoryArchive } from '../../support/archive/memory-archive.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { namedEntity, observationOf } from '../../support/entries/names.ts'

const HERE = '1564237482688512200'
const ELSEWHERE = '1564237482688512201'
const CONTEXT = { now: Date.UTC(2026, 10, 24, 12, 30), guildId: HERE, timeZone: 'UTC' }

const empty = await memoryArchive()
afterAll(() => empty.close())

describe('suggestions for an action', () => {
  test('mark groups and categories', async () => {
    expect(await suggested('actions', 'delete')).toEqual(
      expect.arrayContaining([
        { name: 'Deletes (group)', value: 'Deletes' },
        { name: 'deleted (category)', value: 'deleted' },
        { name: 'Message Delete', value: 'Message Delete' },
      ]),
    )
  })

  test('are no more than Discord shows', async () => {
    expect(await suggested('actions', '')).toHaveLength(25)
  })

  test('of an alert begin with the ready rules', async () => {
    const all = await suggested('alert actions', '')
    expect(all).toHaveLength(25)
    expect(all[0]).toEqual({ name: 'Mass bans & kicks (ready rule)', value: 'Mass bans & kicks' })
    expect((await suggested('alert actions', 'ban')).slice(0, 4).map(({ value }) => value)).toEqual([
      'Mass bans & kicks',
      'Someone who never acted before bans',
      'Bans & kicks',
      'Member Ban Add',
    ])
    expect((await suggested('alert actions', 'Member Kick, ban'))[0]?.value).toBe('Member Kick, Bans & kicks')
  })
})

describe('suggestions for a time', () => {
  test('are the usual windows while nothing is typed, each with the time it means', async () => {
    expect(await suggested('since', ' ')).toEqual([
      { name: '24h → Mon 23 Nov 2026, 12:30 UTC', value: '24h' },
      { name: '7d → Tue 17 Nov 2026, 12:30 UTC', value: '7d' },
      { name: '30d → Sun 25 Oct 2026, 12:30 UTC', value: '30d' },
      { name: 'Discord’s 45 days → Sat 10 Oct 2026, 12:30 UTC', value: '45d' },
      { name: '90d → Wed 26 Aug 2026, 12:30 UTC', value: '90d' },
      { name: 'yesterday → Mon 23 Nov 2026, 00:00 UTC', value: 'yesterday' },
    ])
  })

  test.each([
    ['since', '2026-08-01', '2026-08-01 → Sat 1 Aug 2026, 00:00 UTC'],
    ['until', '2026-08-01', '2026-08-01 → Sun 2 Aug 2026, 00:00 UTC'],
    ['until', ' 1d12h ', '1d12h → Mon 23 Nov 2026, 00:30 UTC'],
  ] as const)('for %s begin with %j and the time it means', async (suggests, typed, name) => {
    expect((await suggested(suggests, typed))[0]).toEqual({ name, value: typed.trim() })
  })

  test.each([
    ['Europe/Berlin', 'since', '24h', 'Mon 23 Nov 2026, 13:30 UTC+1'],
    ['Europe/Berlin', 'since', 'yesterday', 'Mon 23 Nov 2026, 00:00 UTC+1'],
    ['Europe/Berlin', 'until', 'yesterday', 'Tue 24 Nov 2026, 00:00 UTC+1'],
    ['Europe/Berlin', 'since', '2026-08-01 14:00', 'Sat 1 Aug 2026, 14:00 UTC+2'],
    ['Europe/Berlin', 'since', '10am PST', 'Mon 23 Nov 2026, 19:00 UTC+1'],
    ['Europe/Berlin', 'since', '1564237482688512274', 'Mon 26 Oct 2026, 12:21 UTC+1'],
    ['Europe/Berlin', 'since', '2026-03-29 02:30', 'Sun 29 Mar 2026, 03:30 UTC+2'],
    ['Europe/Berlin', 'since', '2026-10-25 02:30', 'Sun 25 Oct 2026, 02:30 UTC+2'],
    ['America/New_York', 'since', 'today', 'Tue 24 Nov 2026, 00:00 UTC-5'],
    ['America/New_York', 'until', '2026-11-01', 'Mon 2 Nov 2026, 00:00 UTC-5'],
    ['America/New_York', 'since', '2026-11-01', 'Sun 1 Nov 2026, 00:00 UTC-4'],
    ['America/New_York', 'since', '15:00', 'Mon 23 Nov 2026, 15:00 UTC-5'],
    ['Asia/Kathmandu', 'since', '15:00', 'Tue 24 Nov 2026, 15:00 UTC+5:45'],
    ['Asia/Kathmandu', 'since', 'last month', 'Thu 1 Oct 2026, 00:00 UTC+5:45'],
  ] as const)(
    'in a server whose time zone is %s show when %s %s is there',
    async (timeZone, suggests, typed, when) => {
      const [first] = await suggestionsFor(suggests, typed, { ...CONTEXT, timeZone }, empty)
      expect(first).toEqual({ name: `${typed} → ${when}`, value: typed })
      const { from, to } = windowOf({ [suggests]: typed }, { ...CONTEXT, timeZone })
      const bound = timeOf((suggests === 'since' ? from : to) ?? '0')
      expect(`${formatWeekday(bound, timeZone)} ${formatMoment(bound, timeZone)}`).toBe(when)
    },
  )

  test.each([
    ['UTC', 'today', 'Tue 24 Nov 2026, 00:00 UTC', '2026-11-24'],
    ['Asia/Kathmandu', 'today', 'Tue 24 Nov 2026, 00:00 UTC+5:45', '2026-11-24'],
    ['America/New_York', 'today', 'Mon 23 Nov 2026, 00:00 UTC-5', '2026-10-24'],
  ])('know what day it is in %s', async (timeZone, typed, when, latest24th) => {
    const context = { ...CONTEXT, now: Date.UTC(2026, 10, 24, 3), timeZone }
    expect((await suggestionsFor('since', typed, context, empty))[0]?.name).toBe(`${typed} → ${when}`)
    expect((await suggestionsFor('since', 'the 24th', context, empty))[1]?.value).toBe(latest24th)
  })

  test('say why a time is rejected in the time zone of the server', async () => {
    const context = { ...CONTEXT, timeZone: 'Europe/Berlin' }
    const [first] = await suggestionsFor('since', '2027-01-01', context, empty)
    expect(first?.name).toContain('is in the future (1 Jan 2027, 00:00 UTC+1)')
    expect(() => windowOf({ since: 'blah' }, context)).toThrow('`2026-08-01 14:00` (Europe/Berlin), or paste')
    expect(() => windowOf({ since: '2026-08-02', until: '2026-07-01' }, context)).toThrow(
      '`since` (2 Aug 2026, 00:00 UTC+2) must be before `until` (2 Jul 2026, 00:00 UTC+2).',
    )
  })

  test('list a usual window that is typed once, at the top', async () => {
    expect((await suggested('since', '30d')).map(({ value }) => value)).toEqual([
      '30d',
      '24h',
      '7d',
      '45d',
      '90d',
      'yesterday',
    ])
  })

  test('use the start of a calendar period for since and its end for until', async () => {
    expect((await suggested('since', 'last month'))[0]?.name).toBe('last month → Thu 1 Oct 2026, 00:00 UTC')
    expect((await suggested('until', 'last month'))[0]?.name).toBe('last month → Sun 1 Nov 2026, 00:00 UTC')
  })

  test.each([
    ['since', 'blah', '“blah” is not understood. Try 24h, 7d, yesterday or 2026-08-01'],
    ['until', 'soon', '“soon” is not understood. Try 24h, 7d, yesterday or 2026-08-01'],
    [
      'since',
      '2027-01-01',
      '“2027-01-01” is in the future (1 Jan 2027, 00:00 UTC). Try 24h, 7d, yesterday or 2026-08-01',
    ],
    [
      'until',
      '1999-01-01',
      '“1999-01-01” is before Discord began, in 2015. Try 24h, 7d, yesterday or 2026-08-01',
    ],
    [
      'since',
      'https://discord.com/channels/1/2/3',
      '“https://discord.com/channels/1/2/3” points to another server. Try 24h, 7d, yesterday or 2026-08-01',
    ],
  ] as const)(
    'for %s %j, which is rejected, are the typed text alone, with the reason',
    async (suggests, typed, name) => {
      expect(await suggested(suggests, typed)).toEqual([{ name, value: typed }])
      expect(() => windowOf({ [suggests]: typed }, CONTEXT)).toThrow(UserError)
    },
  )

  test.each([
    ['3', ['3h', '3d', '3w', '3mo', '30d']],
    ['45', ['45h', '45d', '45w', '45mo']],
    ['5/13/2026', ['2026-05-13']],
    ['13.05.26', ['2026-05-13']],
    ['01/08/2026', ['2026-01-08', '2026-08-01']],
    ['01/08/2026 14:00', ['2026-01-08 14:00', '2026-08-01 14:00']],
    ['8/1', ['1 august', '8 january']],
    ['2026-13-01', ['2026-01-13']],
    ['2026-02-30', ['2026-02-28']],
    ['20260501', ['2026-05-01']],
    ['1785585600', ['<t:1785585600>']],
    ['1,5h', ['1.5h']],
    ['9.15', ['15 september', '9:15']],
    ['15:', ['15:00']],
    ['since yesterday', ['yesterday']],
    ['2 weeks ago!', ['2 weeks ago']],
    ['2026-08-01 to 2026-08-03', ['2026-08-01', '2026-08-03']],
    ['last night', ['yesterday evening']],
    ['tomorrow', ['yesterday']],
    ['next friday', ['last friday']],
    ['today 15:00', ['yesterday 15:00']],
    ['in 2 hours', ['2 hours ago']],
    ['1400', ['14:00']],
    ['1000', ['10:00']],
    ['930', ['930h', '930d', '9:30']],
    ['0000', ['00:00']],
    ['2030', ['20:30']],
    ['yesterday 1400', ['yesterday 14:00']],
    ['999', ['999h', '999d']],
    ['1h30', ['1:30', '1h30m']],
    ['2026/5', ['2026-05']],
    ['week', ['last week', 'this week']],
    ['month', ['last month', 'this month']],
    ['the quarter', ['last quarter', 'this quarter']],
    ['hour', ['1 hour ago']],
    ['the 5th', ['2026-11-05']],
    ['24th', ['2026-11-24']],
    ['25th', ['2026-10-25']],
    ['the 31st', ['2026-10-31']],
    ['the 5th 14:00', ['2026-11-05 14:00']],
    ['10am Pacific', ['10am PT']],
    ['10am eastern time yesterday', ['10am ET yesterday']],
    ['10am Mountain Standard Time', ['10am MST']],
    ['last augu', ['last august']],
    ['next august', ['last august']],
    ['“5/13/2026”', ['2026-05-13']],
    ['5–13–2026', ['2026-05-13']],
    ['2026–08–01 – 2026–08–03', ['2026-08-01', '2026-08-03']],
    ['2026-08-01–2026-08-03', ['2026-08-01', '2026-08-03']],
  ])('for %j begin with the typed text, followed by what it may mean', async (typed, meant) => {
    const [first, ...others] = await suggested('since', typed)
    expect(first?.value).toBe(typed)
    expect(first?.name).toMatch(
      /^“.+” (?:is not understood|is in the future \(.+\))\. Did you mean (?:one of these|this)\?$/,
    )
    expect(first?.name.endsWith('Did you mean this?')).toBe(others.length === 1)
    expect(others.map(({ value }) => value)).toEqual(meant)
  })

  test.each([
    ['0', 'is not understood'],
    ['0d', 'is a duration of zero'],
    ['01-02-03', 'is not understood'],
    ['2500', 'is not understood'],
    ['14:00 foo/bar', 'is not understood'],
  ])('for %j offer no other meaning', async (typed, why) => {
    const name = `“${typed}” ${why}. Try 24h, 7d, yesterday or 2026-08-01`
    expect(await suggested('since', typed)).toEqual([{ name, value: typed }])
  })

  test('offer a date with the wrong weekday without the weekday', async () => {
    expect(await suggested('since', 'Mon 17 Nov')).toEqual([
      {
        name: '“Mon 17 Nov” names the wrong weekday: 17 Nov 2026 is a Tuesday. Did you mean this?',
        value: 'Mon 17 Nov',
      },
      { name: '17 nov → Tue 17 Nov 2026, 00:00 UTC', value: '17 nov' },
    ])
    expect((await suggested('until', '17 Nov 2026, Mon'))[1]?.value).toBe('17 nov 2026')
  })

  test('never offer a time before Discord began, although one can be typed', async () => {
    for (const typed of ['1400', '999', '2015', '2014-1', '01/02/03', '12.12.2014']) {
      const names = (await suggested('since', typed)).map(({ name }) => name)
      expect(names.filter((name) => name.includes('→ Thu 1 Jan 2015'))).toEqual([])
    }
    expect((await suggested('since', '999w'))[0]?.name).toBe('999w → Thu 1 Jan 2015, 00:00 UTC')
  })

  test('show both meanings of an ambiguous date', async () => {
    expect((await suggested('since', '01/08/2026')).map(({ name }) => name)).toEqual([
      '“01/08/2026” is not understood. Did you mean one of these?',
      '2026-01-08 → Thu 8 Jan 2026, 00:00 UTC',
      '2026-08-01 → Sat 1 Aug 2026, 00:00 UTC',
    ])
  })

  test.each([
    ['yester', ['yesterday']],
    ['2 wee', ['2 weeks ago']],
    ['1 mon', ['1 month ago']],
    ['a wee', ['a week ago']],
    ['mond', ['monday']],
    ['last mo', ['last month', 'last monday']],
    ['1 ma', ['1 march', '1 may']],
    ['2026-0', [9, 8, 7, 6, 5, 4, 3, 2, 1].map((month) => `2026-0${month}`)],
    ['2026-1', ['2026-11', '2026-10']],
  ])('complete %j', async (typed, values) => {
    expect((await suggested('until', typed)).map(({ value }) => value)).toEqual([typed, ...values])
  })

  test('complete the moment Custos joined, if it is known', async () => {
    const joinedAt = CONTEXT.now - DAY
    const offered = await suggestionsFor('since', 'when c', { ...CONTEXT, joinedAt }, empty)
    expect(offered.map(({ value }) => value)).toEqual(['when c', 'when Custos joined'])
    expect((await suggested('since', 'when c')).map(({ value }) => value)).toEqual(['when c'])
  })

  test('explain an id that is slightly ahead of the host’s clock', async () => {
    const id = firstIdAt(CONTEXT.now + 120_000)
    expect((await suggested('since', id))[0]?.name).toBe(`${id} → Tue 24 Nov 2026, 12:32 UTC`)
    expect((await suggested('until', id))[0]?.name).toBe(`${id} → Tue 24 Nov 2026, 12:32 UTC`)
  })

  test('remove repeated spaces from a text that is too long for a choice because of them', async () => {
    expect((await suggested('since', `2 weeks ago${' '.repeat(90)}at 14:00`))[0]).toEqual({
      name: '2 weeks ago at 14:00 → Tue 10 Nov 2026, 14:00 UTC',
      value: '2 weeks ago at 14:00',
    })
  })

  test('are none for a valid text that is too long for a choice', async () => {
    expect(await suggested('since', '1d '.repeat(40))).toEqual([])
  })

  test('for any text begin with a choice that means the same, followed by choices that can be parsed', async () => {
    const words =
      '1 3 12 0 1400 2026 5/13/2026 2026-13-01 last next week yester today ago h d wee to , . - – " <t:1 mon in bot 7d ' +
      'the 5th nov 14h00 pacific europe/berlin a/b PST 3pm august'
    const anyText = fc.oneof(
      hostileText,
      fc.string({ maxLength: 250 }),
      fc.array(fc.constantFrom(...words.split(' ')), { maxLength: 60 }).map((typed) => typed.join(' ')),
    )
    const anyZone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu')
    const anyOption = fc.constantFrom('since', 'until')
    const property = fc.asyncProperty(anyOption, anyText, anyZone, async (suggests, typed, timeZone) => {
      const context = { ...CONTEXT, timeZone }
      const offered = await suggestionsFor(suggests, typed, context, empty)
      const [first, ...others] = offered
      expect(offered.length).toBeLessThanOrEqual(25)
      expect(new Set(offered.map(({ value }) => value)).size).toBe(offered.length)
      for (const { name, value } of offered) {
        expect(name.length).toBeLessThanOrEqual(100)
        expect(value.length).toBeLessThanOrEqual(100)
        expect(Math.min(name.trim().length, value.trim().length)).toBeGreaterThan(0)
      }
      if (typed.trim() !== '' && first !== undefined) {
        expect(outcomeOf(suggests, first.value, context)).toEqual(outcomeOf(suggests, typed, context))
      }
      for (const { value } of others) expect(() => windowOf({ [suggests]: value }, context)).not.toThrow()
    })
    await fc.assert(property, { numRuns: 500 })
  })

  function outcomeOf(option: 'since' | 'until', typed: string, context: ParseContext): unknown {
    try {
      return windowOf({ [option]: typed }, context)
    } catch (error) {
      if (error instanceof UserError) return 'rejected'
      throw error
    }
  }

  test('truncate a message link in the name of a choice, not in its value', async () => {
    const link = `https://discord.com/channels/${HERE}/1564446472273922735/1564237482688512274`
    expect((await suggested('since', link))[0]).toEqual({
      name: 'https://discord.com/channels/1564237482688512200/1564446472… → Mon 26 Oct 2026, 11:21 UTC',
      value: link,
    })
  })
})

test('suggested entries have the time in the time zone of the server, and are found by it', async () => {
  const archive = await memoryArchive()
  onTestFinished(() => archive.close())
  const id = firstIdAt(Date.UTC(2026, 10, 23, 20, 15))
  const entries = entriesOf(HERE, [{ id, action_type: 20, user_id: '7', target_id: '8' }])
  await archive.record([{ guildId: HERE, entries, from: 'rest' }])
  const context = { ...CONTEXT, timeZone: 'Asia/Kathmandu' }
  const [entry] = await suggestionsFor('entries', '24 nov 2026, 02:00', context, archive)
  expect(entry?.name).toMatch(/^24 Nov 2026, 02:00 UTC\+5:45 · /)
  expect(await suggestionsFor('entries', '23 nov', context, archive)).toEqual([])
})

describe('suggestions for a name', () => {
  const mod = namedEntity('1564237482688512301', 'user', 'Mod')
  const modLog = namedEntity('1564237482688512302', 'channel', 'mod-log')
  const moderators = namedEntity('1564237482688512303', 'role', 'Moderators')
  const spy = namedEntity('1564237482688512304', 'user', 'Mod Elsewhere')

  test.each(['mod', 'MOD', ' @mod', '#mod'])(
    'for %j are the names in this guild that match, best first',
    async (typed) => {
      expect(await offered(typed, [moderators, modLog, mod])).toEqual([
        { name: '@Mod (member)', value: mod.id },
        { name: '#mod-log (channel)', value: modLog.id },
        { name: '@Moderators (role)', value: moderators.id },
      ])
    },
  )

  test('for an id are the entities with that id', async () => {
    expect(await offered(mod.id, [moderators, mod])).toEqual([{ name: '@Mod (member)', value: mod.id }])
  })

  test('truncate a long name, and leave out invisible and direction characters', async () => {
    const id = '1564237482688512305'
    const name = `\u202E${'x'.repeat(100)}`
    expect(await offered('x', [namedEntity(id, 'user', name)])).toEqual([
      { name: `@${'x'.repeat(69)}… (member)`, value: id },
    ])
  })

  test('tell apart what has the same name by its username, what it is, and the end of its id', async () => {
    const shown = await suggestedFor('sam', [
      { id: '1564237482688512311', type: 'user', name: 'Sam', alias: 'sam_92', at: '1', presence: 'present' },
      { id: '1564237482688512312', type: 'user', name: 'Sam', alias: 'sam', at: '1', presence: 'present' },
      observationOf(namedEntity('1564237482688512313', 'role', 'Sam')),
      observationOf(namedEntity('1564237482688512314', 'channel', 'sam')),
      observationOf(namedEntity('1564237482688512315', 'channel', 'sam')),
    ])
    expect(shown.map(({ name }) => name).sort()).toEqual([
      '#sam (channel …2314)',
      '#sam (channel …2315)',
      '@Sam (member sam_92)',
      '@Sam (member …2312)',
      '@Sam (role)',
    ])
    expect(new Set(shown.map(({ value }) => value)).size).toBe(5)
  })

  test('show the username of a member whose name is not what was typed', async () => {
    const zoe = {
      id: '1564237482688512311',
      type: 'user',
      name: 'Zoë',
      at: '1',
      presence: 'present',
    } as const
    const shown = async (typed: string) =>
      (await suggestedFor(typed, [{ ...zoe, alias: 'marble_7' }])).map(({ name }) => name)
    expect(await shown('zo')).toEqual(['@Zoë (member)'])
    expect(await shown('marb')).toEqual(['@Zoë (member marble_7)'])
    expect(await shown(zoe.id)).toEqual(['@Zoë (member)'])
  })

  test('fit a choice, however long a name and a username are', async () => {
    const long = { id: '1564237482688512311', type: 'user', at: '1', presence: 'present' } as const
    const [shown] = await suggestedFor('y', [{ ...long, name: 'x'.repeat(90), alias: 'y'.repeat(40) }])
    expect(shown?.name.length).toBeLessThanOrEqual(100)
    expect(shown?.name).toMatch(/^@x+… \(member y+…\)$/)
  })

  test('for a member are members only', async () => {
    const names = [mod, modLog, moderators].map((each) => observationOf(each))
    expect(await suggestedFor('mod', names, 'members')).toEqual([{ name: '@Mod (member)', value: mod.id }])
  })

  test('are no more than Discord shows', async () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      namedEntity(`15642374826885124${10 + index}`, 'user', `Member ${index}`),
    )
    expect(await offered('member', many)).toHaveLength(25)
  })

  function offered(typed: string, names: readonly NamedEntity[]): Promise<Suggestion[]> {
    return suggestedFor(
      typed,
      names.map((each) => observationOf(each)),
    )
  }

  async function suggestedFor(
    typed: string,
    names: readonly NameObservation[],
    suggests: 'names' | 'members' = 'names',
  ): Promise<Suggestion[]> {
    const archive = await memoryArchive()
    onTestFinished(() => archive.close())
    await archive.record([
      { guildId: HERE, entries: [], from: 'gateway', names },
      { guildId: ELSEWHERE, entries: [], from: 'gateway', names: [observationOf(spy)] },
    ])
    return suggestionsFor(suggests, typed, CONTEXT, archive)
  }
})

function suggested(
  suggests: 'actions' | 'alert actions' | 'since' | 'until',
  typed: string,
): Promise<Suggestion[]> {
  return suggestionsFor(suggests, typed, CONTEXT, empty)
}
