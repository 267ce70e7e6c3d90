import { actionOf } from '../../core/audit-log/action.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import { changesOf, extrasOf } from '../../core/changes/changes.ts'
import type { Names } from '../../core/names/names.ts'
import { timeOf } from '../../core/snowflake.ts'
import type { ReplyFile } from '../reply.ts'
import { plainFormatter } from '../text/formatter.ts'
import { formatValue, UNLIMITED } from '../text/value.ts'
import { changeLine } from './change-line.ts'
import { sentenceOf } from './sentence.ts'

/**
 * All of an entry as plain text, for one that does not fit in a message.
 * @param timeZone of its times, an IANA name
 */
export function entryFile(entry: Entry, names: Names, timeZone: string): ReplyFile {
  const formatter = plainFormatter(names, timeZone)
  const { name, category } = actionOf(entry.kind)
  const changes = changesOf(entry).flatMap((change) => [
    `- ${changeLine(change, category, formatter, UNLIMITED)}`,
    ...(change.type === 'list' || change.type === 'permissions'
      ? [
          `  before: ${formatValue(change.before, formatter)}`,
          `  after: ${formatValue(change.after, formatter)}`,
        ]
      : []),
  ])
  const extras = extrasOf(entry).map(
    ({ label, value }) => `- ${formatValue(label, formatter)}: ${formatValue(value, formatter)}`,
  )
  const sections = [
    [`Entry ${entry.id}: ${name}`, sentenceOf(entry, formatter), formatter.time(timeOf(entry.id))],
    ...(entry.reason ? [['Reason', entry.reason]] : []),
    ...(changes.length > 0 ? [['Changes', ...changes]] : []),
    ...(extras.length > 0 ? [['Details', ...extras]] : []),
  ]
  const content = sections.map((section) => section.join('\n')).join('\n\n')
  return { name: `entry-${entry.id}.txt`, content: `${content}\n` }
}
