import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { timeOf } from '../../core/snowflake.ts'
import { plainText } from '../../core/text/escape.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { formatMoment, formatStamp } from '../../core/time/format-time.ts'
import { missingIn, windowAndCoverage } from '../coverage-line.ts'
import { nothingFound, OPTION_NAMES } from '../list/nothing-found.ts'
import { unnamedLine } from '../list/unnamed-line.ts'
import { COLOURS, type Reply } from '../reply.ts'
import { code } from '../text/formatter.ts'
import type { ExportFile } from './export-file.ts'

/** An export file, and the query it answers. */
interface ExportAnswer {
  readonly file: ExportFile
  readonly extension: string
  readonly query: SavedQuery
  readonly guildName: string
  readonly about: string
  /** How many entries match; the file may have fewer. */
  readonly total: number
  /** How many of them have no executor. */
  readonly unnamed: number
  readonly coverage: KnownCoverage
  readonly notice: string | undefined
  readonly now: number
}

/** A spreadsheet keeps 15 digits of a number. */
const ABOUT_IDS = '-# A spreadsheet rounds 19-digit ids unless you import their columns as text.'

/** A message with an export file and what it contains. */
export function exportReply(answer: ExportAnswer): Reply {
  const { file, extension, query, about, total, unnamed, coverage, notice } = answer
  const missing = missingIn(query, coverage)
  // Discord shows the size of the file.
  const context = [
    about,
    ...(total === 0 ? [] : ['oldest first']),
    ...(file.isCompressed ? ['compressed'] : []),
  ]
    .filter(Boolean)
    .join(' · ')
  const lines = [
    notice,
    missing === undefined ? undefined : `⚠️ This file is incomplete: ${missing}.`,
    unnamedLine({ entries: unnamed, of: total }, query.filter),
    ...(file.truncatedAfter === undefined
      ? []
      : [truncatedLine(file.truncatedAfter, file.entries, total, query.timeZone)]),
    context === '' ? undefined : `-# ${context}`,
    total === 0 ? nothingFound(query, coverage, OPTION_NAMES) : undefined,
    total > 0 && extension === 'csv' ? ABOUT_IDS : undefined,
  ]
  return {
    embeds: [
      {
        title: titleOf(file.entries, total),
        description: lines.filter(Boolean).join('\n'),
        color: COLOURS.neutral,
        footer: { text: windowAndCoverage(query, coverage) },
      },
    ],
    components: [],
    files: [{ name: fileName(answer), content: file.content }],
  }
}

function titleOf(entries: number, total: number): string {
  if (total === 0) return 'No entries to export'
  const all = pluralize(total, 'entry', 'entries')
  return `${entries < total ? `${formatNumber(entries)} of ${all}` : all} exported`
}

function truncatedLine(lastId: string, entries: number, total: number, timeZone: string): string {
  return (
    `⚠️ The file has the first ${formatNumber(entries)} of ${formatNumber(total)} entries, because of this server’s ` +
    `file size limit. It ends with entry ${code(lastId)} of ${formatMoment(timeOf(lastId), timeZone)}. ` +
    `For the rest, export again with \`since:${lastId}\`.`
  )
}

/**
 * The name of the file, with the guild, the window, the time of the export, the time zone of these times, and `incomplete`
 * if the window has gaps:
 * `audit-the-reading-room-since-20260826T1400-at-20261124T1300-europe-berlin-incomplete.csv`.
 */
function fileName({ guildName, query, coverage, extension, file, now }: ExportAnswer): string {
  const { filter, timeZone } = query
  const stamp = (time: number) => formatStamp(time, timeZone)
  const parts = [
    'audit',
    inFileName(guildName).slice(0, 40),
    ...(filter.from === undefined ? [] : ['since', stamp(timeOf(filter.from))]),
    ...(filter.to === undefined ? [] : ['until', stamp(timeOf(filter.to))]),
    'at',
    stamp(now),
    inFileName(timeZone),
    ...(missingIn(query, coverage) === undefined ? [] : ['incomplete']),
  ]
  return `${parts.filter((part) => part !== '').join('-')}.${extension}${file.isCompressed ? '.gz' : ''}`
}

function inFileName(text: string): string {
  return plainText(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}
