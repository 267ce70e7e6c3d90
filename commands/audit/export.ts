import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { subcommand } from '../../src/command/command.ts'
import { choiceOption } from '../../src/command/option.ts'
import { exportRow, namedInRow } from '../../src/core/audit-log/export-row.ts'
import { filterOf } from '../../src/core/query/saved-query.ts'
import { sumOf } from '../../src/core/query/tally.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'
import { formatNumber } from '../../src/core/text/numbers.ts'
import { exportReply } from '../../src/view/export/export.ts'
import { writeExport } from '../../src/view/export/export-file.ts'
import { EXPORT_FORMATS } from '../../src/view/export/export-format.ts'
import { describeFilter } from '../../src/view/list/describe.ts'
import { namedIn } from '../../src/view/named-ids.ts'
import { commonOptions } from './common-options.ts'
import { queryDraft } from './query-draft.ts'

/** Progress is shown once this many entries have been written. Fewer take less than a second. */
const REPORT = 20_000

const { order: _order, limit: _limit, public: _public, ...shared } = commonOptions

export const exported = subcommand({
  name: 'export',
  description: 'Export every matching entry to a file, for a spreadsheet or a program',
  options: { format: choiceOption('File format (default csv)', ['csv', 'json', 'ndjson']), ...shared },
  draft: ({ format = 'csv', ...args }, context) => ({
    ...queryDraft(args, context),
    order: 'oldest',
    format,
  }),
  async answer({ query, archive, coverage, context, notice }) {
    const { guildId, format = 'csv' } = query
    const filter = filterOf(query)
    const [kinds, unnamed, names] = await Promise.all([
      archive.countByKind(guildId, filter),
      archive.countUnnamed(guildId, filter),
      archive.names(guildId, namedIn(query, [])),
    ])
    const total = sumOf(kinds).entries
    const onWritten = (entries: number) => {
      if (entries >= REPORT && entries < total)
        context.report(`Writing the file: ${formatNumber(entries)} of ${formatNumber(total)} entries…`)
    }
    const chosen = EXPORT_FORMATS[format]
    const read = async (limit: number, past: Snowflake | undefined) => {
      const batch = await archive.list(guildId, filter, { order: 'oldest', limit, past })
      const names = await archive.names(guildId, batch.flatMap(namedInRow))
      // Lets other work run before the batch is written.
      await yieldToOthers()
      return batch.map((entry) => exportRow(entry, names))
    }
    const file = await writeExport({ read, onWritten }, chosen, context.fileLimit)
    const about = describeFilter(query, names)
    const { extension } = chosen
    // Before the file is sent: an export that cannot be recorded fails. Without entries, nothing was exported.
    if (file.entries > 0) await context.operate({ type: 'export', entries: file.entries, format })
    return exportReply({
      file,
      extension,
      query,
      guildName: context.guildName,
      about,
      total,
      unnamed,
      coverage,
      notice,
      now: context.now,
    })
  },
})
