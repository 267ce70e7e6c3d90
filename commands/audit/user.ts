import { subcommand } from '../../src/command/command.ts'
import { required, userOption } from '../../src/command/option.ts'
import { filterOf, type SavedQuery } from '../../src/core/query/saved-query.ts'
import { byActionName, sumOf } from '../../src/core/query/tally.ts'
import { escapeMarkdown } from '../../src/core/text/escape.ts'
import { formatNumber } from '../../src/core/text/numbers.ts'
import { DAY } from '../../src/core/time/units.ts'
import { actionField, headline, numberField } from '../../src/view/list/counts.ts'
import { listReply } from '../../src/view/list/list.ts'
import { OPTION_NAMES } from '../../src/view/list/nothing-found.ts'
import { button } from '../../src/view/paging.ts'
import { plainFormatter } from '../../src/view/text/formatter.ts'
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
    const { executorId = '', ...filter } = filterOf(query)
    const [own, onBehalf] = await Promise.all([
      readListPage(request),
      archive.countByKind(query.guildId, { ...filter, onBehalfOfId: executorId }),
    ])
    const actions = sumOf(own.kinds).entries
    const throughBots = sumOf(onBehalf).entries
    const onlyThroughBots = actions === 0 && throughBots > 0
    const { page } = onlyThroughBots ? await readListPage({ ...request, query: madeByBots(query) }) : own
    const name = page.names.get('user', executorId) && plainFormatter(page.names).user(executorId)
    const rest = ` by ${name ? escapeMarkdown(name) : 'one member'}`
    const title = headline(actions, { noun: 'action', rest }, request)
    return listReply({
      ...page,
      title: onlyThroughBots ? `${title} · ${formatNumber(throughBots)} through bots` : title,
      ...(onlyThroughBots && { about: `${page.about} · nothing is logged under their own name` }),
      options,
      fields: [
        numberField(
          'Actions',
          actions,
          request,
          throughBots > 0 ? `+${formatNumber(throughBots)} through bots` : undefined,
        ),
        actionField('By action', byActionName(own.kinds), request),
      ],
      buttons: [
        ...narrowButtons(request, page.total),
        ...(throughBots > 0 && !onlyThroughBots
          ? [button('Through bots', throughBotsButton.toCustomId(query.askerId, number))]
          : []),
      ],
    })
  },
})

/** The query for what bots did on behalf of the moderator, in place of what is logged under their own name. */
function madeByBots({ filter: { executorId, ...filter }, ...query }: SavedQuery): SavedQuery {
  return { ...query, filter: { ...filter, ...(executorId !== undefined && { onBehalfOfId: executorId }) } }
}
