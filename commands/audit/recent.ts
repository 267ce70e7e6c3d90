import { subcommand } from '../../src/command/command.ts'
import { listReply } from '../../src/view/list/list.ts'
import { OPTION_NAMES } from '../../src/view/list/nothing-found.ts'
import { narrowButtons } from '../components/narrow-button.ts'
import { commonOptions } from './common-options.ts'
import { readListPage } from './list-page.ts'
import { queryDraft } from './query-draft.ts'

export const recent = subcommand({
  name: 'recent',
  description: 'List the entries of the audit log',
  options: commonOptions,
  draft: queryDraft,
  async answer(request) {
    const { page } = await readListPage(request)
    return listReply({
      ...page,
      title: 'Audit log',
      fields: [],
      options: OPTION_NAMES,
      buttons: narrowButtons(request, page.total),
    })
  },
})
