import { inert } from '../../src/core/inert.ts'
import { byActionName, sumOf } from '../../src/core/tally.ts'
import { actionField, numberField } from '../../src/view/counts.ts'
import { listReply } from '../../src/view/list.ts'
import { plain } from '../../src/view/voice.ts'
import { subcommand } from '../command.ts'
import { required, user as userOption } from '../option.ts'
import { DAY, draftOf } from './draft.ts'
import { listed } from './list.ts'
import { common } from './options.ts'

const { by: _by, on: _on, ...shared } = common

export const user = subcommand({
  name: 'user',
  description: 'What one moderator did: totals by action, and each entry',
  options: { user: required(userOption('The moderator')), ...shared },
  ask: ({ user, ...args }, asked) => draftOf({ ...args, by: user }, asked, 90 * DAY),
  async answer(asking) {
    const { page, kinds } = await listed(asking)
    const { executorId = '' } = asking.question.filter
    return listReply({
      ...page,
      title: `Actions by ${inert(plain(page.names).user(executorId))}`,
      fields: [numberField('Actions', sumOf(kinds).entries), actionField('By action', byActionName(kinds))],
    })
  },
})
