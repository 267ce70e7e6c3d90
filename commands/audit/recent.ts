import { subcommand } from '../../src/command/command.ts'
import { sumOf } from '../../src/core/query/tally.ts'
import { timeOf } from '../../src/core/snowflake.ts'
import { formatMomentNear } from '../../src/core/time/format-time.ts'
import { headline } from '../../src/view/list/counts.ts'
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
    const { page, kinds } = await readListPage(request)
    const { aroundId, askedAt, timeZone } = request.query
    const frame = { ...page, fields: [], options: OPTION_NAMES }
    if (aroundId !== undefined) {
      const moment = formatMomentNear(timeOf(aroundId), askedAt, timeZone)
      return listReply({ ...frame, title: `Audit log around ${moment}` })
    }
    const total = headline(sumOf(kinds).entries, { noun: 'entry', rest: '' }, request)
    return listReply({
      ...frame,
      title: `Audit log · ${total}`,
      buttons: narrowButtons(request, page.total),
    })
  },
})
