import { inert } from '../../src/core/inert.ts'
import { filterOf } from '../../src/core/question.ts'
import { byActionName, sumOf } from '../../src/core/tally.ts'
import { actionField, asFarAsKnown, COUNT_LINES, numberField, rankingField } from '../../src/view/counts.ts'
import { listReply } from '../../src/view/list.ts'
import { OPTION_NAMES } from '../../src/view/nothing-found.ts'
import { targetIn } from '../../src/view/target.ts'
import { markdown, plain } from '../../src/view/voice.ts'
import { subcommand } from '../command.ts'
import { required } from '../option.ts'
import { DAY, draftOf } from './draft.ts'
import { listed } from './list.ts'
import { common } from './options.ts'

const { targetId: _targetId, ...options } = OPTION_NAMES

export const target = subcommand({
  name: 'target',
  description: 'What was done to a member, role, channel or anything else: totals, by whom, and each entry',
  options: { ...common, on: required(common.on) },
  ask: (args, asked) => draftOf(args, asked, 90 * DAY),
  async answer(asking) {
    const { question, archive, coverage } = asking
    const { guildId, filter, targetIs } = question
    const { targetId = '' } = filter
    const [{ page, kinds }, moderators] = await Promise.all([
      listed(asking),
      archive.rank(guildId, filterOf(question), { by: 'executor', most: 'entries', top: COUNT_LINES }),
    ])
    const actions = sumOf(kinds).entries
    const known = page.names.get(targetId)
    const name =
      known || targetIs === undefined
        ? targetIn(targetId, known?.is, plain(page.names))
        : `one ${targetIs === 'user' ? 'member' : targetIs}`
    return listReply({
      ...page,
      title: `What was done to ${inert(name)}`,
      options,
      fields: [
        numberField('Actions', actions, asFarAsKnown(actions, question, coverage)),
        actionField('By action', byActionName(kinds)),
        rankingField('By moderator', moderators, markdown(page.names).user, { of: 'entries' }),
      ],
    })
  },
})
