import { subcommand } from '../../src/command/command.ts'
import { timeOf } from '../../src/core/snowflake.ts'
import { formatMoment } from '../../src/core/time/format-time.ts'
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
    const { aroundId, timeZone } = request.query
    const title =
      aroundId === undefined ? 'Audit log' : `Audit log around ${formatMoment(timeOf(aroundId), timeZone)}`
    const buttons = narrowButtons(request, page.total)
    return listReply({ ...page, title, fields: [], options: OPTION_NAMES, buttons })
  },
})
