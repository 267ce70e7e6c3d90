import type { ArchiveReader } from '../../archive.ts'
import { PUNISHMENTS } from '../../audit-log/punishments.ts'
import type { KnownCoverage } from '../../coverage/known-coverage.ts'
import type { Names } from '../../names/names.ts'
import { DELETES, type DeleteTotals, deleteTotals } from '../../query/deletes.ts'
import type { FindRoleMembers } from '../../query/find-moderators.ts'
import type { Ranking } from '../../query/ranking.ts'
import { type Activity, readActivity } from '../../query/read-activity.ts'
import { readRepeats } from '../../query/read-repeats.ts'
import { filterOf, type SavedQuery } from '../../query/saved-query.ts'
import type { Snowflake } from '../../snowflake.ts'
import { PunishmentCount, type PunishmentSummary, punishmentFilter } from './punishments.ts'

/** How many targets, moderators and reversals a report names. */
export const NAMED = 4

/** How many punishments are read at a time. */
const SLICE = 1000

/** What a digest says about a period: what `/audit activity`, `repeats` and `deletes` say about it, and more. */
export interface Report extends Activity, PunishmentSummary {
  /** The query of `/audit activity` for the period. */
  readonly query: SavedQuery
  readonly coverage: KnownCoverage
  /** The first targets that were punished at least twice. */
  readonly repeats: Awaited<ReturnType<typeof readRepeats>>
  readonly deletes: DeleteTotals & { readonly moderators: Ranking }
  /** The names of everybody whom the report can name. */
  readonly names: Names
}

/** What a report is read from. */
interface Sources {
  readonly archive: ArchiveReader
  readonly coverage: KnownCoverage
  readonly roleMembers: FindRoleMembers
}

/** Reads the report on the window of a query of `/audit activity`, which has a start. */
export async function readReport(query: SavedQuery, sources: Sources): Promise<Report> {
  const { archive, coverage } = sources
  const { guildId } = query
  const { from = '0', to = '0' } = filterOf(query)
  const window = { from, to }
  const deletesFilter = { ...window, kinds: DELETES }
  const [activity, repeats, deletes, moderators, punishments] = await Promise.all([
    readActivity(query, sources),
    readRepeats({ ...query, filter: { ...query.filter, kinds: PUNISHMENTS } }, archive, {
      skip: 0,
      limit: NAMED,
    }),
    archive.countByKind(guildId, deletesFilter),
    archive.rank(guildId, deletesFilter, { by: 'executor', most: 'units', top: NAMED }),
    readPunishments(guildId, window, archive),
  ])
  const named = [
    ...activity.moderators.map(({ id }) => id),
    ...repeats.names.all.map(({ id }) => id),
    ...moderators.top.map(({ key }) => key),
    ...punishments.withoutReason.slice(0, NAMED).map(({ key }) => key),
    ...punishments.reversals.slice(0, NAMED).flatMap(({ targetId, by, endedBy }) => [targetId, by, endedBy]),
  ].filter((id) => id !== null)
  return {
    ...activity,
    ...punishments,
    query,
    coverage,
    repeats,
    deletes: { ...deleteTotals(deletes), moderators },
    names: await archive.names(guildId, [...new Set(named)]),
  }
}

/** Reads the punishments of a window, and those before it that are ended in it. */
async function readPunishments(
  guildId: Snowflake,
  window: { readonly from: Snowflake; readonly to: Snowflake },
  archive: ArchiveReader,
): Promise<PunishmentSummary> {
  const count = new PunishmentCount(window.from)
  const filter = punishmentFilter(window)
  for (let past: Snowflake | undefined, isOver = false; !isOver; ) {
    const entries = await archive.list(guildId, filter, { order: 'oldest', limit: SLICE, past })
    for (const entry of entries) count.add(entry)
    past = entries.at(-1)?.id
    isOver = entries.length < SLICE
  }
  return count.summary
}
