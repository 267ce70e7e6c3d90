import { subcommand } from '../../src/command/command.ts'
import { required, user as userOption } from '../../src/command/option.ts'
import { filterOf } from '../../src/core/query/saved-query.ts'
import { byActionName, sumOf } from '../../src/core/query/tally.ts'
import { escapeMarkdown } from '../../src/core/text/escape.ts'
import { formatNumber } from '../../src/core/text/numbers.ts'
import { actionField, numberField } from '../../src/view/list/counts.ts'
import { listReply } from '../../src/view/list/list.ts'
import { OPTION_NAMES } from '../../src/view/list/nothing-found.ts'
import { button } from '../../src/view/paging.ts'
import { plainFormatter } from '../../src/view/text/formatter.ts'
import { listed } from './list.ts'
import { common } from './options.ts'
import { DAY, draftOf } from './query.ts'

const { by: _by, on: _on, ...shared } = common
const { executorId: _executorId, ...options } = OPTION_NAMES

export const user = subcommand({
  name: 'user',
  description: 'What one moderator did: totals by action, and each entry',
  options: { user: required(userOption('The moderator')), ...shared },
  ask: ({ user, ...args }, asked) => draftOf({ ...args, by: user }, asked, 90 * DAY),
  async answer(asking) {
    const { query, number, archive } = asking
    const { executorId = '', ...filter } = filterOf(query)
    const [{ page, kinds }, credited] = await Promise.all([
      listed(asking),
      archive.countByKind(query.guildId, { ...filter, onBehalfOfId: executorId }),
    ])
    const throughBots = sumOf(credited).entries
    const action = { does: 'through', asker: query.askerId, question: number } as const
    return listReply({
      ...page,
      title: `Actions by ${page.names.get('user', executorId) ? escapeMarkdown(plainFormatter(page.names).user(executorId)) : 'one member'}`,
      options,
      fields: [
        numberField(
          'Actions',
          sumOf(kinds).entries,
          asking,
          throughBots > 0 ? `+${formatNumber(throughBots)} through bots` : undefined,
        ),
        actionField('By action', byActionName(kinds), asking),
      ],
      buttons: throughBots > 0 ? [button('Through bots', action)] : [],
    })
  },
})
