import type { KnownCoverage } from '../../core/coverage/coverage.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { timeOf } from '../../core/snowflake.ts'
import { plainText } from '../../core/text/escape.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { utcMoment } from '../../core/time/utc.ts'
import { missingIn, windowAndCoverage } from '../coverage-line.ts'
import { nothingFound, OPTION_NAMES } from '../list/nothing-found.ts'
import { unnamedLine } from '../list/unnamed-line.ts'
import { COLOURS, type Reply } from '../reply.ts'
import { code } from '../text/formatter.ts'
import type { ExportFile } from './export-file.ts'

/** A file of entries, and what was asked for. */
export interface Exported {
  readonly file: ExportFile
  readonly extension: string
  readonly query: SavedQuery
  readonly guildName: string
  readonly about: string
  /** How many entries there are, of which the file may hold fewer. */
  readonly total: number
  /** How many of them Discord names nobody for. */
  readonly unnamed: number
  readonly coverage: KnownCoverage
  readonly notice: string | undefined
  readonly now: number
}

/** A file of entries, and what is in it. */
export function exportReply(exported: Exported): Reply {
  const { file, query, about, total, unnamed, coverage, notice } = exported
  const size = `${formatNumber(Math.ceil(file.content.size / 1024))} KiB${file.isCompressed ? ', compressed' : ''}`
  const missing = missingIn(query.filter, coverage)
  const lines = [
    notice,
    about,
    total === 0
      ? nothingFound(query, coverage, OPTION_NAMES)
      : `**${pluralize(file.entries, 'entry', 'entries')}**, oldest first (${size}).`,
    missing === undefined ? undefined : `⚠️ This file is incomplete: ${missing}.`,
    unnamedLine({ entries: unnamed, of: total }, query.filter),
    ...(file.cutAfter === undefined ? [] : [cutLine(file.cutAfter, file.entries, total)]),
  ]
  return {
    embeds: [
      {
        title: 'Export of the audit log',
        description: lines.filter(Boolean).join('\n'),
        color: COLOURS.neutral,
        footer: { text: windowAndCoverage(query.filter, coverage) },
      },
    ],
    components: [],
    files: [{ name: fileName(exported), content: file.content }],
  }
}

function cutLine(cutAfter: string, entries: number, total: number): string {
  return (
    `⚠️ This server takes no larger file: it ends with the entry ${code(cutAfter)} of ${utcMoment(timeOf(cutAfter))}, ` +
    `${formatNumber(entries)} of ${formatNumber(total)}. Ask again with \`since:${cutAfter}\` for the rest.`
  )
}

/**
 * Named for the guild, the window and the time it was made, and for what it lacks:
 * `audit-the-reading-room-since-20260826-at-…-incomplete`.
 */
function fileName({ guildName, query, coverage, extension, file, now }: Exported): string {
  const { filter } = query
  const guild = plainText(guildName)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
  const parts = [
    'audit',
    guild,
    ...(filter.from === undefined ? [] : ['since', stamp(timeOf(filter.from))]),
    ...(filter.to === undefined ? [] : ['until', stamp(timeOf(filter.to))]),
    'at',
    stamp(now),
    ...(missingIn(filter, coverage) === undefined ? [] : ['incomplete']),
  ]
  return `${parts.filter((part) => part !== '').join('-')}.${extension}${file.isCompressed ? '.gz' : ''}`
}

function stamp(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace(/[-:]/g, '')
}
