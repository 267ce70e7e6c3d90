import { kindsNamed } from '../../src/core/action-names.ts'
import type { Archive, RankWanted } from '../../src/core/archive.ts'
import type { Filter } from '../../src/core/filter.ts'
import { firstIdAt } from '../../src/core/snowflake.ts'
import type { Bare } from './bare.ts'
import { BIG_GUILD, DAYS, END } from './data.ts'
import type { Scenario } from './measure.ts'

const DAY = 86_400_000
const ACTIVITY_BUDGET = 15
const SUGGESTION_BUDGET = 100

/** The same rows, read once and added up under no key. */
const SUMS = 'SELECT sum(entries), sum(units) FROM daily WHERE guild = ?'
const DELETES = `SELECT sum(count) FROM entry WHERE guild = ? AND kind IN (72, 73) AND id >= ${firstIdAt(END - 7 * DAY)}`
const EVERYTHING = 'SELECT sum(count) FROM entry WHERE guild = ?'
const EVERY_ROW = 'SELECT sum(length(remainder)) FROM entry WHERE guild = ?'
const EVERY_NAME = `SELECT count(*) FROM name WHERE guild = ? AND folded = '-'`

/** A window up to a moment that is not the bound of a day, as every question about now has. */
const window = (days: number) => (nth: number) => ({
  from: firstIdAt(END - days * DAY + nth * 1000),
  to: firstIdAt(END - 0.3 * DAY),
})
const ninetyDays = window(DAYS - 0.7)
const deletes = (nth: number) => ({ ...window(7)(nth), kinds: kindsNamed('Deletes') })

/** Counts over 90 days, as activity and repeats ask for them, and over a week, as deletes does. */
export function countScenarios(archive: Archive, bare: Bare): Scenario[] {
  const rank = (filter: (nth: number) => Filter, by: RankWanted['by']) => (nth: number) =>
    archive.rank(BIG_GUILD, filter(nth), { by, most: 'entries', top: 30 })
  const byKind = (nth: number) => archive.countByKind(BIG_GUILD, ninetyDays(nth))
  const activity = { budget: ACTIVITY_BUDGET, floor: bare.statement(SUMS) }
  const rest = { times: 20 }
  return [
    { ...activity, what: 'activity, 90 days: by moderator', run: rank(ninetyDays, 'executor') },
    { ...activity, what: 'activity, 90 days: by kind', run: byKind },
    {
      ...rest,
      what: 'deletes, 7 days: by author',
      run: rank(deletes, 'target'),
      floor: bare.statement(DELETES),
    },
    {
      ...rest,
      what: 'deletes, 7 days: by channel',
      run: rank(deletes, 'channel'),
      floor: bare.statement(DELETES),
    },
    {
      ...rest,
      what: 'all, 90 days: by target',
      run: rank(ninetyDays, 'target'),
      floor: bare.statement(EVERYTHING),
    },
    {
      ...rest,
      what: 'all, 90 days: by channel',
      run: rank(ninetyDays, 'channel'),
      floor: bare.statement(EVERYTHING),
    },
  ]
}

/** Names as they are typed, letter by letter. */
export function nameScenarios(archive: Archive, bare: Bare): Scenario[] {
  const typed = ['', 'a', 'mi', 'mino', 'zebra', 'Ü', '6000000000000']
  return [
    {
      what: 'names to pick from 100,000',
      budget: SUGGESTION_BUDGET,
      run: (nth) => archive.find(BIG_GUILD, typed[nth % typed.length] ?? '', 25),
      floor: bare.statement(EVERY_NAME),
      times: 56,
    },
  ]
}

/** A search through every reason that finds nothing, and a page of a list while one is under way. */
export function searchScenarios(archive: Archive, bare: Bare): Scenario[] {
  const page = { order: 'newest', limit: 10 } as const
  const search = () => archive.list(BIG_GUILD, { reason: 'zebra' }, page)
  const underWay = new Set<Promise<unknown>>()
  const searchOn = () => {
    if (underWay.size > 0) return
    const searching = search().finally(() => underWay.delete(searching))
    underWay.add(searching)
  }
  return [
    { what: 'a reason that nobody gave', run: search, floor: bare.statement(EVERY_ROW), times: 10 },
    {
      what: 'newest page while a reason is searched',
      run: async () => {
        searchOn()
        return (await archive.list(BIG_GUILD, {}, page)).map(({ id }) => id)
      },
      floor: bare.entries,
    },
  ]
}
