import type { ArchiveReader } from '../archive.ts'
import { isComplete, mayLackEntries } from '../coverage/gaps.ts'
import type { KnownCoverage } from '../coverage/known-coverage.ts'
import type { Names } from '../names/names.ts'
import { firstIdAt, type Snowflake, timeOf } from '../snowflake.ts'
import { type ActivityCount, isQuiet, type Moderator, moderatorsOf, type SpanCount } from './activity.ts'
import { chartSpans } from './activity-chart.ts'
import { boundsOf } from './calendar-spans.ts'
import type { Filter } from './filter.ts'
import { type FindRoleMembers, findModerators, type RoleMembers } from './find-moderators.ts'
import { filterOf, type SavedQuery } from './saved-query.ts'
import { sumOf } from './tally.ts'

/** What the moderators of a query did in its window. */
export interface Activity {
  /** All that are listed, most active first. */
  readonly moderators: readonly Moderator[]
  /** How many moderators are left out, because gaps may hide what they did. */
  readonly unknown: number
  readonly names: Names
  /** How many entries bots made; 0 if bots are listed with the moderators. */
  readonly byBots: number
  /** How many entries of the window have no executor. */
  readonly unnamed: number
  /** The members of the query's role; undefined if it has none. */
  readonly ofRole: RoleMembers | undefined
  /** The days, weeks or months that a chart has columns for, and what all moderators did in each. */
  readonly columns: ReturnType<typeof chartSpans> & { readonly counts: readonly SpanCount[] }
}

/** What the activity of moderators is read from. */
interface Sources {
  readonly archive: ArchiveReader
  readonly coverage: KnownCoverage
  readonly roleMembers: FindRoleMembers
}

/** Reads what the moderators of a query did in its window, and in the one before if both are complete. */
export async function readActivity(query: SavedQuery, sources: Sources): Promise<Activity> {
  const { archive, coverage, roleMembers } = sources
  const { guildId } = query
  const { ids, botIds, attributionsEver, ofRole } = await findModerators(query, archive, roleMembers)
  const { from, to = firstIdAt(query.askedAt) } = filterOf(query)
  const window = { from, to }
  const columns = chartSpans(query, coverage)
  const [counts, byBots, unnamed, attributions, lastSeen, spanCounts, before, names] = await Promise.all([
    archive.activity(guildId, window, ids),
    archive.activity(guildId, window, botIds),
    archive.countUnnamed(guildId, window),
    archive.attributions(guildId, window),
    archive.lastSeen(guildId, ids, to),
    archive.activityBySpan(guildId, boundsOf(columns.spans, to), ids),
    countBefore(query, archive, coverage, ids),
    archive.names(guildId, ids),
  ])
  const all = moderatorsOf({ ids, counts, attributions, attributionsEver, lastSeen, before })
  // If entries may be missing, a moderator without any may have been active, so no zero is shown.
  const moderators = mayLackEntries(coverage, query.filter.from, query.filter.to)
    ? all.filter((moderator) => !isQuiet(moderator))
    : all
  return {
    moderators,
    unknown: all.length - moderators.length,
    names,
    byBots: sumOf(byBots).entries,
    unnamed,
    ofRole,
    columns: { ...columns, counts: spanCounts },
  }
}

/** The window of the same length right before another; undefined if that one has no start. */
export function windowBefore(
  { from, to }: Filter,
  now: number,
): { readonly from: Snowflake; readonly to: Snowflake } | undefined {
  if (from === undefined) return undefined
  const start = timeOf(from)
  const end = to === undefined ? now : Math.min(timeOf(to), now)
  return { from: firstIdAt(start - (end - start)), to: from }
}

/** The counts of the window before, for comparison; undefined if one of the windows is incomplete. */
async function countBefore(
  { guildId, filter, askedAt }: SavedQuery,
  archive: ArchiveReader,
  coverage: KnownCoverage,
  ids: readonly Snowflake[],
): Promise<readonly ActivityCount[] | undefined> {
  const window = windowBefore(filter, askedAt)
  if (!window || !isComplete(coverage, window.from, window.to)) return undefined
  if (!isComplete(coverage, filter.from, filter.to)) return undefined
  return archive.activity(guildId, window, ids)
}
