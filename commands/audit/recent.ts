import { subcommand } from '../../src/command/command.ts'
import { listReply } from '../../src/view/list/list.ts'
import { OPTION_NAMES } from '../../src/view/list/nothing-found.ts'
import { listed } from './list.ts'
import { common } from './options.ts'
import { draftOf } from './query.ts'

export const recent = subcommand({
  name: 'recent',
  description: 'The latest entries of the audit log, as far back as Custos knows them',
  options: common,
  ask: draftOf,
  async answer(asking) {
    const { page } = await listed(asking)
    return listReply({ ...page, title: 'Audit log', fields: [], options: OPTION_NAMES })
  },
})
