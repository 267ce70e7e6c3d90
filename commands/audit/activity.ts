import { subcommand } from '../../src/command/command.ts'
import { booleanOption, roleOption } from '../../src/command/option.ts'
import { isQuiet } from '../../src/core/query/activity.ts'
import { pageOf } from '../../src/core/query/page.ts'
import { readActivity, windowBefore } from '../../src/core/query/read-activity.ts'
import { DAY } from '../../src/core/time/units.ts'
import { activityReply } from '../../src/view/activity/activity.ts'
import { activityChart } from '../../src/view/activity/activity-chart.ts'
import { missingMembers } from '../../src/view/activity/missing-members.ts'
import { goToIds, goToPageButton } from '../components/go-to-button.ts'
import { pageIds } from '../components/page-button.ts'
import { windowButton } from '../components/window-button.ts'
import { commonOptions } from './common-options.ts'
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
    const { askerId } = query
    const activity = await readActivity(query, { archive, coverage, roleMembers: context.roleMembers })
    const { moderators, names, columns, ofRole } = activity
    // The members of a role can have become fewer since the list was asked.
    const page = { index: Math.min(request.page.index, pageOf(moderators.length, moderators.length)) }
    const reply = (chart?: Uint8Array) =>
      activityReply({
        ...activity,
        warnings: missingMembers(query.roleId, ofRole, 'Run the command again in a minute.'),
        chart,
        query,
        page,
        coverage,
        notice,
        pageId: pageIds(request),
        goToId: goToIds(request, goToPageButton),
        windowId: (days) => windowButton.toCustomId(askerId, { number, days }),
      })
    if (moderators.every(isQuiet)) return reply()
    const chart = context.drawChart(activityChart({ ...columns, moderators, page, names, query, coverage }))
    return { ...reply(), whole: chart.then((png) => png && reply(png)) }
  },
})
