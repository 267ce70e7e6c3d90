import type { Archive } from '../../src/core/archive.ts'
import { MODERATING } from '../../src/core/audit-log/action.ts'
import { kindsNamed } from '../../src/core/audit-log/action-names.ts'
import { boundsOf, calendarSpans } from '../../src/core/query/calendar-spans.ts'
import type { Filter } from '../../src/core/query/filter.ts'
import type { RankOptions } from '../../src/core/query/ranking.ts'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import { BIG_GUILD, DAYS, END, MODERATORS } from './data.ts'
import type { Bare } from './load/bare.ts'
import type { Scenario } from './measure.ts'

const DAY = 86_400_000
const ACTIVITY_BUDGET = 15
const SPANS_BUDGET = 30

/** The same rows, read once and summed without a key. */
const SUMS = 'SELECT sum(entries), sum(units) FROM daily WHERE guild_id = ?'
const DELETES = `SELECT sum(count) FROM entry WHERE guild_id = ? AND kind IN (72, 73) AND id >= ${firstIdAt(END - 7 * DAY)}`
const EVERYTHING = 'SELECT sum(count) FROM entry WHERE guild_id = ?'
const EVERY_ROW = 'SELECT sum(length(payload_rest)) FROM entry WHERE guild_id = ?'

/** A window that does not end at midnight, as for every query that ends now. */
const window = (days: number) => (nth: number) => ({
  from: firstIdAt(END - days * DAY + nth * 1000),
  to: firstIdAt(END - 0.3 * DAY),
})
const ninetyDays = window(DAYS - 0.7)
const deletes = (nth: number) => ({ ...window(7)(nth), kinds: kindsNamed('Deletes') })

/** Counts over 90 days, as for activity and repeats, and over a week, as for deletes. */
export function countScenarios(archive: Archive, bare: Bare): Scenario[] {
  const rank = (filter: (nth: number) => Filter, by: RankOptions['by']) => (nth: number) =>
    archive.rank(BIG_GUILD, filter(nth), { by, most: 'entries', top: 30 })
  const byModerator = (nth: number) => archive.activity(BIG_GUILD, ninetyDays(nth), MODERATORS)
  const bySpan = (timeZone: string) => (nth: number) =>
    archive.activityBySpan(BIG_GUILD, columnsOf(ninetyDays(nth), timeZone), MODERATORS)
  const byKind = (nth: number) => archive.countByKind(BIG_GUILD, ninetyDays(nth))
  const activity = { budget: ACTIVITY_BUDGET, floor: bare.statement(SUMS) }
  const bySpans = { ...activity, budget: SPANS_BUDGET }
  const rest = { times: 20 }
  return [
    { ...activity, what: 'activity, 90 days: by moderator', run: rank(ninetyDays, 'executor') },
    { ...activity, what: 'activity, 90 days: by kind', run: byKind },
    { ...activity, what: 'activity, 90 days: by moderator and kind', run: byModerator },
    { ...bySpans, what: 'activity, 90 days: by week', run: bySpan('UTC') },
    { ...bySpans, what: 'activity, 90 days: by week in Tokyo', run: bySpan('Asia/Tokyo') },
    {
      ...rest,
      what: 'all queries of /audit activity',
      run: allOfActivity(archive),
      floor: bare.statement(SUMS),
    },
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

/** The queries of `/audit activity`, all at once, with those of the previous window. */
function allOfActivity(archive: Archive) {
  return (nth: number) => {
    const now = ninetyDays(nth)
    const before = { to: now.from }
    return Promise.all([
      archive.executors(BIG_GUILD, MODERATING),
      archive.activity(BIG_GUILD, now, MODERATORS),
      archive.activityBySpan(BIG_GUILD, columnsOf(now, 'Asia/Tokyo'), MODERATORS),
      archive.activity(BIG_GUILD, before, MODERATORS),
      archive.attributions(BIG_GUILD, now),
      archive.attributions(BIG_GUILD, { to: now.to }),
      archive.lastSeen(BIG_GUILD, MODERATORS, now.to),
      archive.names(BIG_GUILD, MODERATORS),
    ])
  }
}

/** The bounds of the columns of a chart. */
function columnsOf({ from, to }: { from: Snowflake; to: Snowflake }, timeZone: string) {
  return boundsOf(calendarSpans(from, to, timeZone, 31).spans, to)
}

/** A search through every reason that finds nothing, and a page of a list during one. */
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
    { what: 'a reason that no entry has', run: search, floor: bare.statement(EVERY_ROW), times: 10 },
    {
      what: 'newest page during a search for a reason',
      run: async () => {
        searchOn()
        return (await archive.list(BIG_GUILD, {}, page)).map(({ id }) => id)
      },
      floor: bare.entries,
    },
  ]
}
