import { subcommand } from '../../src/command/command.ts'
import { booleanOption, roleOption } from '../../src/command/option.ts'
import type { ArchiveReader } from '../../src/core/archive.ts'
import { isComplete, mayLackEntries } from '../../src/core/coverage/gaps.ts'
import type { KnownCoverage } from '../../src/core/coverage/known-coverage.ts'
import { type ActivityCount, isQuiet, moderatorsOf } from '../../src/core/query/activity.ts'
import { boundsOf } from '../../src/core/query/calendar-spans.ts'
import type { Filter } from '../../src/core/query/filter.ts'
import { pageOf } from '../../src/core/query/page.ts'
import { filterOf, type SavedQuery } from '../../src/core/query/saved-query.ts'
import { sumOf } from '../../src/core/query/tally.ts'
import { firstIdAt, type Snowflake, timeOf } from '../../src/core/snowflake.ts'
import { DAY } from '../../src/core/time/units.ts'
import { activityReply } from '../../src/view/activity/activity.ts'
import { activityChart, chartSpans } from '../../src/view/activity/activity-chart.ts'
import { goToIds, goToPageButton } from '../components/go-to-button.ts'
import { pageIds } from '../components/page-button.ts'
import { windowButton } from '../components/window-button.ts'
import { commonOptions } from './common-options.ts'
import { findModerators } from './find-moderators.ts'
import { queryDraft } from './query-draft.ts'

const { since, until, public: isPublic } = commonOptions

export const activity = subcommand({
  name: 'activity',
  description: 'Show who is active and who is not: what each moderator did, with a chart',
  options: {
    since,
    until,
    role: roleOption('List the members of this role, such as Moderator'),
    bots: booleanOption('Include bots (default False)'),
    public: isPublic,
  },
  draft: ({ role: roleId, bots = false, ...args }, context) => {
    const draft = queryDraft(args, context, 90 * DAY)
    const before = windowBefore(draft.filter, context.now)
    return {
      ...draft,
      // The id of @everyone is the guild's own.
      ...(roleId !== undefined && roleId !== context.guildId && { roleId }),
      bots,
      ...(before && { syncBackTo: before.from }),
    }
  },
  async answer(request) {
    const { query, number, archive, coverage, notice, context } = request
    const { guildId, askerId } = query
    const { ids, botIds, attributionsEver, warnings } = await findModerators(query, archive, context)
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
    // The members of a role can have become fewer since the list was asked.
    const page = { index: Math.min(request.page.index, pageOf(moderators.length, moderators.length)) }
    const reply = (chart?: Uint8Array) =>
      activityReply({
        moderators,
        unknown: all.length - moderators.length,
        names,
        chart,
        byBots: sumOf(byBots).entries,
        unnamed,
        warnings,
        query,
        page,
        coverage,
        notice,
        pageId: pageIds(request),
        goToId: goToIds(request, goToPageButton),
        windowId: (days) => windowButton.toCustomId(askerId, { number, days }),
      })
    if (moderators.every(isQuiet)) return reply()
    const chart = context.drawChart(
      activityChart({ ...columns, moderators, page, counts: spanCounts, names, query, coverage }),
    )
    return { ...reply(), whole: chart.then((png) => png && reply(png)) }
  },
})

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

/** The window of the same length right before another; undefined if that one has no start. */
function windowBefore({ from, to }: Filter, now: number): { from: Snowflake; to: Snowflake } | undefined {
  if (from === undefined) return undefined
  const start = timeOf(from)
  const end = to === undefined ? now : Math.min(timeOf(to), now)
  return { from: firstIdAt(start - (end - start)), to: from }
}
