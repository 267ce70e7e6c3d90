import { MODERATING } from '../../../src/core/audit-log/action.ts'
import { kindsNamed } from '../../../src/core/audit-log/action-names.ts'
import { boundsOf, calendarSpans } from '../../../src/core/query/calendar-spans.ts'
import type { Filter } from '../../../src/core/query/filter.ts'
import type { RankOptions } from '../../../src/core/query/ranking.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import { DAYS, END, MODERATORS } from '../data.ts'
import { type Measurable, measurable } from '../measure.ts'
import { type Subject, sameEntries, statement } from './subject.ts'

const DAY = 86_400_000
const ACTIVITY_BUDGET = 8
const ALL_OF_ACTIVITY_BUDGET = 20
const DELETES_BUDGET = 10
const TARGETS_BUDGET = 60
const CHANNELS_BUDGET = 40
/** With trigrams, which only PostgreSQL has. */
const REASON_BUDGET = { postgres: 40 }

/** The same rows, read once and summed without a key. */
const SUMS = 'SELECT sum(entries), sum(units) FROM daily WHERE guild_id = $1'
const DELETES = `SELECT sum(count) FROM entry WHERE guild_id = $1 AND kind IN (72, 73) AND id >= ${firstIdAt(END - 7 * DAY)}`
const EVERYTHING = 'SELECT sum(count) FROM entry WHERE guild_id = $1'
const REASONS = {
  sqlite: 'SELECT sum(length(reason)) FROM entry WHERE guild_id = $1',
  postgres: "SELECT count(*) FROM entry WHERE guild_id = $1 AND reason_folded LIKE '%zebra%'",
}

/** A window that does not end at midnight, as for every query that ends now. */
const window = (days: number) => (nth: number) => ({
  from: firstIdAt(END - days * DAY + nth * 1000),
  to: firstIdAt(END - 0.3 * DAY),
})
const ninetyDays = window(DAYS - 0.7)
const deletes = (nth: number) => ({ ...window(7)(nth), kinds: kindsNamed('Deletes') })

/** Counts over 90 days, as for activity and repeats, and over a week, as for deletes. */
export function countScenarios(subject: Subject): Measurable[] {
  const { archive, guildId } = subject
  const rank = (filter: (nth: number) => Filter, by: RankOptions['by']) => (nth: number) =>
    archive.rank(guildId, filter(nth), { by, most: 'entries', top: 30 })
  const byKind = (nth: number) => archive.countByKind(guildId, ninetyDays(nth))
  const byModerator = (nth: number) => archive.activity(guildId, ninetyDays(nth), MODERATORS)
  const bySpan = (timeZone: string) => (nth: number) =>
    archive.activityBySpan(guildId, columnsOf(ninetyDays(nth), timeZone), MODERATORS)
  const counts: readonly (readonly [string, number, string, (nth: number) => Promise<unknown>])[] = [
    ['activity over 90 days, by moderator', ACTIVITY_BUDGET, SUMS, rank(ninetyDays, 'executor')],
    ['activity over 90 days, by kind', ACTIVITY_BUDGET, SUMS, byKind],
    ['activity over 90 days, by moderator and kind', ACTIVITY_BUDGET, SUMS, byModerator],
    ['activity over 90 days, by week', ACTIVITY_BUDGET, SUMS, bySpan('UTC')],
    ['activity over 90 days, by week in Tokyo', ACTIVITY_BUDGET, SUMS, bySpan('Asia/Tokyo')],
    ['all that /audit activity asks', ALL_OF_ACTIVITY_BUDGET, SUMS, allOfActivity(subject)],
    ['deletes of 7 days, by author', DELETES_BUDGET, DELETES, rank(deletes, 'target')],
    ['deletes of 7 days, by channel', DELETES_BUDGET, DELETES, rank(deletes, 'channel')],
    ['everything of 90 days, by target', TARGETS_BUDGET, EVERYTHING, rank(ninetyDays, 'target')],
    ['everything of 90 days, by channel', CHANNELS_BUDGET, EVERYTHING, rank(ninetyDays, 'channel')],
  ]
  return counts.map(([what, budget, floor, run]) =>
    measurable({ what, budget, run, floor: statement(subject, floor), times: 20 }),
  )
}

/** The queries of `/audit activity`, all at once, with those of the previous window. */
function allOfActivity({ archive, guildId }: Subject) {
  return (nth: number) => {
    const now = ninetyDays(nth)
    const before = { to: now.from }
    return Promise.all([
      archive.executors(guildId, MODERATING),
      archive.activity(guildId, now, MODERATORS),
      archive.activityBySpan(guildId, columnsOf(now, 'Asia/Tokyo'), MODERATORS),
      archive.activity(guildId, before, MODERATORS),
      archive.attributions(guildId, now),
      archive.attributions(guildId, { to: now.to }),
      archive.lastSeen(guildId, MODERATORS, now.to),
      archive.names(guildId, MODERATORS),
    ])
  }
}

/** The bounds of the columns of a chart. */
function columnsOf({ from, to }: { from: Snowflake; to: Snowflake }, timeZone: string) {
  return boundsOf(calendarSpans(from, to, timeZone, 31).spans, to)
}

/** A search through every reason that finds nothing, and a page of a list during one. */
export function searchScenarios(subject: Subject): Measurable[] {
  const { archive, guildId } = subject
  const page = { order: 'newest', limit: 10 } as const
  const search = () => archive.list(guildId, { reason: 'zebra' }, page)
  let isUnderWay = false
  const ended = () => {
    isUnderWay = false
  }
  // One that is under way at the end fails, because the archive is closed.
  const searchOn = () => {
    if (!isUnderWay) search().then(ended, ended)
    isUnderWay = true
  }
  return [
    measurable({
      what: 'a reason that nobody gave, of a million',
      budget: REASON_BUDGET,
      run: search,
      floor: statement(subject, REASONS),
      times: 10,
    }),
    measurable({
      what: 'page: newest page, during a search for a reason',
      run: async () => {
        searchOn()
        return (await archive.list(guildId, {}, page)).map(({ id }) => id)
      },
      floor: sameEntries(subject),
    }),
  ]
}
