import { subcommand } from '../../src/command/command.ts'
import { required } from '../../src/command/option.ts'
import { AUTOMATIC_KINDS, actionOf, automaticActor } from '../../src/core/audit-log/action.ts'
import { bothKinds, type Filter } from '../../src/core/query/filter.ts'
import { memberStatusOf } from '../../src/core/query/member-status.ts'
import { memberStatusEntries } from '../../src/core/query/member-status-entries.ts'
import { filterOf } from '../../src/core/query/saved-query.ts'
import { type ActionTally, byActionName, sumOf, type Tally } from '../../src/core/query/tally.ts'
import { formatNumber } from '../../src/core/text/numbers.ts'
import { DAY } from '../../src/core/time/units.ts'
import { actionField, COUNT_LINES, headline, numberField, rankingField } from '../../src/view/list/counts.ts'
import { describeBelowTitle } from '../../src/view/list/describe.ts'
import { listReply } from '../../src/view/list/list.ts'
import { memberStatusField, memberStatusTitle } from '../../src/view/list/member-status.ts'
import { OPTION_NAMES } from '../../src/view/list/nothing-found.ts'
import { namedInEntry, namedInRanking } from '../../src/view/named-ids.ts'
import { markdownFormatter } from '../../src/view/text/formatter.ts'
import { nameInTitle } from '../../src/view/text/target.ts'
import { narrowButtons } from '../components/narrow-button.ts'
import { commonOptions } from './common-options.ts'
import { readListPage } from './list-page.ts'
import { queryDraft } from './query-draft.ts'

const { targetId: _targetId, ...options } = OPTION_NAMES

export const target = subcommand({
  name: 'target',
  description: 'Show what was done to a member, role or channel, by whom, and where a member stands',
  options: { ...commonOptions, on: required(commonOptions.on) },
  draft: (args, context) => queryDraft(args, context, 90 * DAY),
  async answer(request) {
    const { query, archive } = request
    const { guildId, filter } = query
    const { targetId = '' } = filter
    const isUser = filter.targetType === 'user'
    const [{ page, kinds }, moderators, acts] = await Promise.all([
      readListPage(request),
      archive.rank(guildId, byPeople(filterOf(query)), { by: 'executor', most: 'entries', top: COUNT_LINES }),
      memberStatusEntries(query, archive, isUser ? [targetId] : []),
    ])
    const { entries: onTarget = [], lastAct } = acts.get(targetId) ?? {}
    const names = await archive.names(guildId, [
      ...namedInRanking(moderators),
      ...onTarget.flatMap(namedInEntry),
    ])
    // The author of deleted messages can be a webhook.
    const isMember = isUser && page.names.authorClass(targetId) === 'user'
    const member = {
      status: memberStatusOf(onTarget, query.askedAt, lastAct),
      query,
      coverage: request.coverage,
    }
    const actions = sumOf(kinds).entries
    const type = filter.targetType ?? page.names.classMeantBy(targetId)
    const name = nameInTitle(targetId, type, page.names, query.timeZone)
    return listReply({
      ...page,
      title: isMember
        ? `${name.replace(/^one /, 'One ')}: ${memberStatusTitle(member)}`
        : headline(actions, { noun: 'action', rest: ` on ${name}` }, request),
      about: describeBelowTitle(query, page.names, 'targetId'),
      options,
      // Nothing but a member can be banned or timed out.
      buttons: isMember ? narrowButtons(request, page.total) : [],
      fields: [
        ...(isMember ? [memberStatusField(member, names)] : []),
        numberField('Actions', actions, request),
        actionField('By action', punishmentsFirst(kinds), request),
        rankingField('By moderator', moderators, markdownFormatter(names).user, request, {
          of: 'entries',
          also: automaticParts(kinds),
        }),
      ],
    })
  },
})

/** The filter without what AutoMod and Discord do by themselves. The executor of such an entry is the offender. */
function byPeople(filter: Filter): Filter {
  return { ...filter, kinds: bothKinds(filter.kinds ?? { noneOf: [] }, { noneOf: [...AUTOMATIC_KINDS] }) }
}

/** How much AutoMod and Discord did by themselves: `AutoMod **3**`. */
function automaticParts(kinds: readonly Tally<number>[]): string[] {
  const byActor = Map.groupBy(kinds, ({ key }) => automaticActor(key))
  return [...byActor].flatMap(([actor, those]) =>
    actor ? [`${actor} **${formatNumber(sumOf(those).entries)}**`] : [],
  )
}

/** Counts by action: bans, kicks and timeouts, then everything else, each most frequent first. */
function punishmentsFirst(kinds: readonly Tally<number>[]): ActionTally[] {
  const isPunishing = ({ key }: Tally<number>) => ['Bans & kicks', 'Timeouts'].includes(actionOf(key).group)
  return [
    ...byActionName(kinds.filter(isPunishing)),
    ...byActionName(kinds.filter((kind) => !isPunishing(kind))),
  ]
}
