import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { subcommand } from '../../src/command/command.ts'
import { choiceOption } from '../../src/command/option.ts'
import type { ArchiveReader } from '../../src/core/archive.ts'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import type { Filter } from '../../src/core/query/filter.ts'
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

/** How many entries are read and written at once. With more, other work would have to wait. */
const BATCH = 500

/** Progress is shown each time that this many entries have been written. */
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
    const report = (entries: number) => {
      if (entries % REPORT === 0)
        context.report(`Writing the file: ${formatNumber(entries)} of ${formatNumber(total)} entries…`)
    }
    const chosen = EXPORT_FORMATS[format]
    const file = await writeExport(batches(archive, guildId, filter), chosen, context.fileLimit, report)
    const about = describeFilter({ ...query, order: 'newest' }, names)
    const { extension } = chosen
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

/** Every entry that matches a filter, oldest first, in batches. */
async function* batches(
  archive: ArchiveReader,
  guildId: Snowflake,
  filter: Filter,
): AsyncGenerator<readonly Entry[]> {
  let past: Snowflake | undefined
  do {
    const batch = await archive.list(guildId, filter, { order: 'oldest', limit: BATCH, past })
    // Lets other work run before the batch is written.
    await yieldToOthers()
    if (batch.length > 0) yield batch
    past = batch.length < BATCH ? undefined : batch.at(-1)?.id
  } while (past !== undefined)
}
