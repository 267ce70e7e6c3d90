import { setImmediate as turn } from 'node:timers/promises'
import { subcommand } from '../../src/command/command.ts'
import { choice } from '../../src/command/option.ts'
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
import { common } from './options.ts'
import { draftOf } from './query.ts'

/** How many entries are read and written at once: few enough that nothing else has to wait for them. */
const STRETCH = 500

/** After how many entries the asker is told how far it is. */
const REPORT = 20_000

const { order: _order, limit: _limit, public: _public, ...shared } = common

export const exported = subcommand({
  name: 'export',
  description: 'A file with every matching entry, for a spreadsheet or a program',
  options: { format: choice('As what (csv)', ['csv', 'json', 'ndjson']), ...shared },
  ask: ({ format = 'csv', ...args }, asked) => ({ ...draftOf(args, asked), order: 'oldest', format }),
  async answer({ query, archive, coverage, context, notice }) {
    const { guildId, format = 'csv' } = query
    const filter = filterOf(query)
    const [kinds, unnamed, names] = await Promise.all([
      archive.countByKind(guildId, filter),
      archive.countUnnamed(guildId, filter),
      archive.names(guildId, namedIn(query, [])),
    ])
    const total = sumOf(kinds).entries
    const report = async (entries: number) => {
      if (entries % REPORT === 0)
        await context.report(`Writing the file: ${formatNumber(entries)} of ${formatNumber(total)} entries…`)
    }
    const chosen = EXPORT_FORMATS[format]
    const file = await writeExport(stretches(archive, guildId, filter), chosen, context.fileLimit, report)
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

/** Every entry that a filter means, oldest first, a stretch at a time. */
async function* stretches(
  archive: ArchiveReader,
  guildId: Snowflake,
  filter: Filter,
): AsyncGenerator<readonly Entry[]> {
  let past: Snowflake | undefined
  do {
    const stretch = await archive.list(guildId, filter, { order: 'oldest', limit: STRETCH, past })
    // What else has come goes first, before the stretch is written.
    await turn()
    if (stretch.length > 0) yield stretch
    past = stretch.length < STRETCH ? undefined : stretch.at(-1)?.id
  } while (past !== undefined)
}
