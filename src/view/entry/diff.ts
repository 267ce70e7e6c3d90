import { actionOf } from '../../core/audit-log/action.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import type { Change } from '../../core/changes/change.ts'
import { changesOf } from '../../core/changes/changes.ts'
import type { Names } from '../../core/names/names.ts'
import { COLOURS, EMBED, type Reply } from '../reply.ts'
import { fitLines } from '../text/fit-lines.ts'
import { markdownFormatter } from '../text/formatter.ts'
import { formatValue } from '../text/value.ts'
import { entryFile } from './entry-file.ts'

/**
 * All changed values of an entry: one embed with those before, one with those after.
 * @param timeZone of the times in a file, an IANA name
 */
export function diffReply(entry: Entry, names: Names, timeZone: string): Reply {
  const formatter = markdownFormatter(names)
  const { emoji, name } = actionOf(entry.kind)
  const changes = changesOf(entry)
  const valuesOf = (side: 'before' | 'after') =>
    fitLines(
      (limits) =>
        changes.map(
          (change: Change) =>
            `${formatValue(change.label, formatter, limits)}: ${formatValue(change[side], formatter, limits)}`,
        ),
      EMBED.total / 2 - 200,
    )
  const [before, after] = [valuesOf('before'), valuesOf('after')]
  return {
    embeds: [
      { title: `${emoji} ${name}: before`, color: COLOURS.deleted, description: before.lines.join('\n') },
      {
        title: 'After',
        color: COLOURS.created,
        description: after.lines.join('\n'),
        footer: { text: `Entry ${entry.id}` },
      },
    ],
    components: [],
    ...((before.isTruncated || after.isTruncated) && { files: [entryFile(entry, names, timeZone)] }),
  }
}
