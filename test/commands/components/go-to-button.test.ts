import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { goToButton, goToPageButton } from '../../../commands/components/go-to-button.ts'
import { pageButton } from '../../../commands/components/page-button.ts'
import type { Answer } from '../../../src/command/command.ts'
import { UserError } from '../../../src/core/errors.ts'
import type { SavedQuery } from '../../../src/core/query/saved-query.ts'
import { firstIdAt, timeOf } from '../../../src/core/snowflake.ts'
import { DAY, HOUR } from '../../../src/core/time/units.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { componentRequest } from '../../support/component-request.ts'
import { anyFilter, anyLog, BOT_AMONG_USERS } from '../../support/entries/arbitrary-log.ts'
import { entriesOf, withPruneParts } from '../../support/entries/entries.ts'
import { namedEntity, observationOf } from '../../support/entries/names.ts'
import { plainList } from '../../support/entries/plain-answers.ts'

const archive = await sharedArchive()
const NOW = Date.UTC(2026, 10, 26, 12)

/** An entry every hour, the newest first: the one at index n is n hours old. */
const HOURLY = Array.from({ length: 95 }, (_, hours) => ({
  id: firstIdAt(NOW - hours * HOUR),
  action_type: hours % 2 === 0 ? 20 : 22,
  target_id: String(1000 + (hours % 30)),
  user_id: '7',
}))

function queryIn(guildId: string, given: Partial<SavedQuery> = {}): SavedQuery {
  const { id: asOf = '0' } = HOURLY[0] ?? {}
  const asked = { guildId, askerId: '7', askedAt: NOW, timeZone: 'UTC' }
  return { command: 'audit recent', ...asked, filter: {}, order: 'newest', asOf, ...given }
}

const guildId = freshGuild()
await archive.record([{ guildId, entries: entriesOf(guildId, HOURLY), from: 'rest' }])

type Use = Pick<Parameters<typeof componentRequest>[0], 'query' | 'typed' | 'timeZone'>

/** Uses a button with a custom id and returns the answer. */
async function used(button: Pick<typeof goToButton, 'parse'>, customId: string, use: Use): Promise<Answer> {
  const handle = button.parse(customId.split(':').slice(2))
  const result = await handle?.(componentRequest({ archive, now: NOW, ...use }))
  if (!result || 'draft' in result) throw new Error('There is no answer.')
  return result
}

/** Presses a button, types a text and returns the answer. */
async function typed(
  text: string,
  { query = queryIn(guildId), pages = 10, button = goToButton, timeZone = 'UTC' } = {},
): Promise<Answer> {
  const number = archive.saveQuery(query)
  return used(button, button.toCustomId('7', { number, pages }), { query, typed: text, timeZone })
}

/** Presses **Previous** or **Next** under an answer; undefined where the button is disabled. */
async function turned(answer: Answer, label: string, query: SavedQuery): Promise<Answer | undefined> {
  const found = answer.components
    .flatMap((row) => row.components)
    .flatMap((part) => ('custom_id' in part && 'label' in part && part.label === label ? [part] : []))[0]
  return !found || found.disabled ? undefined : used(pageButton, found.custom_id, { query })
}

/** The values of an answer's menu. */
function menuOf({ components }: Answer): string[] {
  return components.flatMap((row) =>
    row.components.flatMap((part) => ('options' in part ? part.options.map(({ value }) => value) : [])),
  )
}

const hoursIn = (answer: Answer) => menuOf(answer).map((id) => (NOW - timeOf(id)) / HOUR)
const tenFrom = (first: number) => Array.from({ length: 10 }, (_, index) => first + index)

describe('a number typed into Go to…', () => {
  test.each([
    ['1', 0],
    ['5', 40],
    [' page 5 ', 40],
  ])('%j is the page with that number', async (text, first) => {
    expect(hoursIn(await typed(text))).toEqual(tenFrom(first))
  })

  test('keeps Previous and Next where they were', async () => {
    const { components } = await typed('5')
    const ids = components
      .flatMap((row) => row.components)
      .flatMap((part) => ('custom_id' in part ? part.custom_id : []))
    const [newest, oldest] = [HOURLY[40]?.id, HOURLY[49]?.id]
    expect(ids.find((id) => id.includes(':back:'))).toMatch(new RegExp(`^turn:7:\\d+:3:back:${newest}$`))
    expect(ids.find((id) => id.includes(':on:'))).toMatch(new RegExp(`^turn:7:\\d+:5:on:${oldest}$`))
  })

  test('may have thousands separators', async () => {
    await expect(typed('1,033')).rejects.toThrow('This list has 10 pages. Type a number from 1 to 10.')
  })

  test.each(['0', '11', '999999999'])('is refused beyond the last page: %s', async (text) => {
    await expect(typed(text)).rejects.toThrow('This list has 10 pages.')
  })

  test('stops at the limit of the list', async () => {
    const query = queryIn(guildId, { limit: 23 })
    expect(hoursIn(await typed('3', { query, pages: 3 }))).toEqual([20, 21, 22])
  })
})

describe('a time typed into Go to…', () => {
  test.each([
    ['newest first, is the page with the last entry up to it', '35h', 30],
    ['newest first, of a day is the page with the last entry of that day', '2026-11-25', 10],
    ['newest first, of the present is the first page', 'today', 0],
    ['newest first, before the list is the last page', '2025-01-01', 90],
  ])('%s', async (_, text, first) => {
    expect(hoursIn(await typed(text))[0]).toBe(first)
  })

  test('oldest first, of a day is the page with the first entry of that day', async () => {
    const query = queryIn(guildId, { order: 'oldest' })
    // Midnight is 36 hours ago, and has 58 entries before it.
    expect(hoursIn(await typed('2026-11-25', { query }))).toContain(36)
    expect(hoursIn(await typed('2026-11-25', { query }))[0]).toBe(94 - 50)
  })

  test('is in the time zone that the list is shown in, even if another is set by now', async () => {
    const at = async (timeZone: string) =>
      hoursIn(
        await typed('2026-11-25 12:00', { query: queryIn(guildId, { timeZone }), timeZone: 'Asia/Tokyo' }),
      )
    expect((await at('UTC'))[0]).toBe(20)
    expect((await at('America/Los_Angeles'))[0]).toBe(10)
  })

  test.each(['newest', 'oldest'] as const)('%s first, an id is the page with that entry', async (order) => {
    for (const hours of [0, 4, 5, 9, 10, 29, 30, 84, 85, 94]) {
      const answer = await typed(HOURLY[hours]?.id ?? '', { query: queryIn(guildId, { order }) })
      expect(hoursIn(answer)).toContain(hours)
    }
  })

  test('is refused with what would work', async () => {
    await expect(typed('soonish')).rejects.toThrow(
      '“soonish” is not understood. Type a page such as `12`, or a time',
    )
    await expect(typed('2027-01-01')).rejects.toThrow('is in the future')
    await expect(typed('')).rejects.toThrow(UserError)
  })

  test('is refused where a list is not in the order of time', async () => {
    const query = queryIn(guildId, { command: 'audit repeats', min: 1 })
    const ranked = { query, pages: 3, button: goToPageButton }
    await expect(typed('yesterday', ranked)).rejects.toThrow(
      '“yesterday” is not a page. This list is not in the order of time, so type a number from 1 to 3.',
    )
    expect(menuOf(await typed('3', ranked))).toHaveLength(10)
  })
})

test('a page that the list no longer has, because entries were deleted, is its last page', async () => {
  const guild = freshGuild()
  await archive.record([{ guildId: guild, entries: entriesOf(guild, HOURLY.slice(0, 35)), from: 'rest' }])
  const query = queryIn(guild)
  expect(hoursIn(await typed('9', { query }))).toEqual([30, 31, 32, 33, 34])
  expect(hoursIn(await typed('2025-01-01', { query }))).toEqual([30, 31, 32, 33, 34])
})

test('a page of targets that the list no longer has is its first page', async () => {
  const query = queryIn(guildId, { command: 'audit repeats', min: 1 })
  const answer = await typed('5', { query, pages: 5, button: goToPageButton })
  expect(answer.embeds[0]?.footer?.text).toMatch(/^1–10 of 30 · /)
})

test('what bots did for a moderator without entries of their own can be gone through by time too', async () => {
  const guild = freshGuild()
  const byBot = HOURLY.map((entry) => ({ ...entry, user_id: '8', reason: 'Banned by alice: spam' }))
  const names = [
    observationOf(namedEntity('8', 'bot', 'Gate')),
    { ...observationOf(namedEntity('1', 'user', 'Alice')), alias: 'alice' },
  ]
  await archive.record([{ guildId: guild, entries: entriesOf(guild, byBot), names, from: 'rest' }])
  const query = queryIn(guild, { command: 'audit user', filter: { executorId: '1' } })
  expect(hoursIn(await typed('35h', { query }))[0]).toBe(30)
})

test('any time in any list gives the page with the first entry of that time, in both orders', async () => {
  const anyMoment = fc.integer({ min: Date.UTC(2026, 10, 19), max: Date.UTC(2026, 10, 26) })
  const anyOrder = fc.constantFrom('newest' as const, 'oldest' as const)
  await fc.assert(
    fc.asyncProperty(anyLog, anyFilter, anyMoment, anyOrder, async (log, filter, moment, order) => {
      const guild = freshGuild()
      const entries = withPruneParts(entriesOf(guild, log))
      await archive.record([{ guildId: guild, entries, from: 'rest', names: BOT_AMONG_USERS }])
      const whole = plainList(entries, filter, { order, limit: 1000 })
      fc.pre(whole.length > 0)
      const second = Math.floor(moment / 1000)
      const isReached = ({ id }: { id: string }) =>
        order === 'newest' ? timeOf(id) < second * 1000 : timeOf(id) >= second * 1000
      const found = whole.findIndex(isReached)
      const index = Math.floor((found < 0 ? whole.length - 1 : found) / 10)
      const query = queryIn(guild, { filter, order, asOf: firstIdAt(NOW + DAY) })
      const answer = await typed(`<t:${second}>`, { query, pages: Math.ceil(whole.length / 10) })
      expect(menuOf(answer)).toEqual(whole.slice(index * 10, index * 10 + 10).map(({ id }) => id))
    }),
    { numRuns: 60 },
  )
})

test('Previous and Next after a jump go through the whole list, each entry once', async () => {
  const anyOrder = fc.constantFrom('newest' as const, 'oldest' as const)
  const anyLimit = fc.option(fc.integer({ min: 21, max: 1000 }), { nil: undefined })
  await fc.assert(
    fc.asyncProperty(fc.nat(94), fc.boolean(), anyOrder, anyLimit, async (nth, byTime, order, limit) => {
      const query = queryIn(guildId, { order, ...(limit !== undefined && { limit }) })
      const whole = (order === 'newest' ? HOURLY : HOURLY.toReversed()).map(({ id }) => id).slice(0, limit)
      const pages = Math.ceil(whole.length / 10)
      const text = byTime ? (HOURLY[nth]?.id ?? '') : String(1 + (nth % pages))
      const landed = await typed(text, { query, pages })
      const seen = menuOf(landed)
      for (
        let page = await turned(landed, 'Previous', query);
        page;
        page = await turned(page, 'Previous', query)
      )
        seen.unshift(...menuOf(page))
      for (let page = await turned(landed, 'Next', query); page; page = await turned(page, 'Next', query))
        seen.push(...menuOf(page))
      expect(seen).toEqual(whole)
    }),
    { numRuns: 30 },
  )
})
