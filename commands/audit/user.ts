import { subcommand } from '../../src/command/command.ts'
import { required, userOption } from '../../src/command/option.ts'
import { automaticActor } from '../../src/core/audit-log/action.ts'
import { throughBots } from '../../src/core/query/filter.ts'
import { filterOf } from '../../src/core/query/saved-query.ts'
import { byActionName, sumOf, type Tally } from '../../src/core/query/tally.ts'
import { formatNumber } from '../../src/core/text/numbers.ts'
import { DAY } from '../../src/core/time/units.ts'
import { actionField, headline, numberField } from '../../src/view/list/counts.ts'
import { describeBelowTitle } from '../../src/view/list/describe.ts'
import { listReply } from '../../src/view/list/list.ts'
import { OPTION_NAMES } from '../../src/view/list/nothing-found.ts'
import { button } from '../../src/view/paging.ts'
import { nameInTitle } from '../../src/view/text/target.ts'
import { narrowButtons } from '../components/narrow-button.ts'
import { throughBotsButton } from '../components/through-bots-button.ts'
import { commonOptions } from './common-options.ts'
import { readListPage } from './list-page.ts'
import { queryDraft } from './query-draft.ts'

const { by: _by, on: _on, ...shared } = commonOptions
const { executorId: _executorId, ...options } = OPTION_NAMES

export const user = subcommand({
  name: 'user',
  description: 'Show what one moderator did: totals by action, and every entry',
  options: { user: required(userOption('The moderator')), ...shared },
  draft: ({ user, ...args }, context) => queryDraft({ ...args, by: user }, context, 90 * DAY),
  async answer(request) {
    const { query, number, archive } = request
    const filter = filterOf(query)
    const { executorId = '' } = filter
    const [own, onBehalf] = await Promise.all([
      readListPage(request),
      archive.countByKind(query.guildId, throughBots(filter)),
    ])
    const actions = sumOf(own.kinds).entries
    const byBots = sumOf(onBehalf).entries
    const onlyThroughBots = actions === 0 && byBots > 0
    const { page } = onlyThroughBots
      ? await readListPage({ ...request, query: { ...query, filter: throughBots(query.filter) } })
      : own
    const rest = ` by ${nameInTitle(executorId, 'user', page.names, query.timeZone)}`
    const title = headline(actions, { noun: 'action', rest }, request)
    return listReply({
      ...page,
      title: onlyThroughBots ? `${title} · ${formatNumber(byBots)} through bots` : title,
      about: onlyThroughBots
        ? `${page.about} · none of these are logged under their own name`
        : describeBelowTitle(query, page.names, 'executorId'),
      options,
      fields: [
        numberField('Actions', actions, request, remarkOn(own.kinds, byBots)),
        actionField('By action', byActionName(own.kinds), request),
      ],
      buttons: [
        ...narrowButtons(request, page.total),
        ...(byBots > 0 && !onlyThroughBots
          ? [button('Through bots', throughBotsButton.toCustomId(query.askerId, number))]
          : []),
      ],
    })
  },
})

/** What bots did for the member beside the total, and what of it AutoMod did to them: Discord names the offender for that. */
function remarkOn(kinds: readonly Tally<number>[], byBots: number): string | undefined {
  const automatic = sumOf(kinds.filter(({ key }) => automaticActor(key) !== undefined)).entries
  const remarks = [
    ...(byBots > 0 ? [`+${formatNumber(byBots)} through bots`] : []),
    ...(automatic > 0 ? [`${formatNumber(automatic)} of them by AutoMod, on this member`] : []),
  ]
  return remarks.length > 0 ? remarks.join('\n') : undefined
}
