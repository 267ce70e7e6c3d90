import { subcommand } from '../../src/command/command.ts'
import { listReply } from '../../src/view/list.ts'
import { OPTION_NAMES } from '../../src/view/nothing-found.ts'
import { readListPage } from './list-page.ts'
import { commonOptions } from './common-options.ts'
import { queryDraft } from './query-draft.ts'

export const recent = subcommand({
  name: 'recent',
  description: 'The latest entries of the audit log, as far back as Custos knows them',
  options: commonOptions,
  ask: queryDraft,
  async answer(asking) {
    const { page } = await readListPage(asking)
    return listReply({ ...page, title: 'Audit log', fields: [], options: OPTION_NAMES })
  },
})
