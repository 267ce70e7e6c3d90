import type { APIEmbedField } from 'discord-api-types/v10'
import { Kind } from '../../core/audit-log/kind.ts'
import type { Names } from '../../core/names/names.ts'
import { isQuiet } from '../../core/query/activity.ts'
import { sumOf } from '../../core/query/tally.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { inRoundWords } from '../../core/time/duration.ts'
import { SECOND } from '../../core/time/units.ts'
import type { Reversal } from '../../core/watch/digests/punishments.ts'
import { NAMED, type Report } from '../../core/watch/digests/read-report.ts'
import { quietFor } from '../activity/moderator-line.ts'
import { inBulk, rankingField, unitsField } from '../list/counts.ts'
import { repeatLines } from '../list/repeat-lines.ts'
import { type Formatter, fitNames, markdownFormatter } from '../text/formatter.ts'
import { NO_BREAK } from '../text/no-break.ts'

/** The longest value of a field, in characters, so that all fit into one embed with the moderators. */
const LONGEST_VALUE = 600

/** What a digest says below its moderators: each field only if there is something to say. */
export function digestFields(report: Report): APIEmbedField[] {
  return [
    field('Gone quiet', report.names, (formatter) => quietLine(report, formatter)),
    field('Punished repeatedly', report.names, (formatter) => repeatsLines(report, formatter)),
    field('Messages deleted', report.names, (formatter) => deletesLine(report, formatter)),
    field('Punishments without a reason', report.names, (formatter) => reasonsLine(report, formatter)),
    field('Reversed within a day', report.names, (formatter) => reversalLines(report, formatter)),
  ].flat()
}

function field(
  name: string,
  names: Names,
  write: (formatter: Formatter) => string | undefined,
): APIEmbedField[] {
  const value = fitNames(LONGEST_VALUE, names, (known) => write(markdownFormatter(known)) ?? '')
  return value === '' ? [] : [{ name, value }]
}

/** Who has done nothing and for how long, those who acted last first. */
function quietLine(report: Report, { user }: Formatter): string | undefined {
  const quiet = report.moderators.filter(isQuiet)
  const parts = quiet.slice(0, NAMED).map((moderator) => {
    const length = quietFor(moderator, report)?.length
    return length === undefined
      ? `${user(moderator.id)} *never seen acting*`
      : `${user(moderator.id)} ${length}`
  })
  return joined(parts, quiet.length)
}

function repeatsLines(report: Report, formatter: Formatter): string | undefined {
  const { top, size } = report.repeats.repeats
  const lines = top.flatMap(
    (repeat, index) => repeatLines(repeat, index + 1, { ...report, ...report.repeats }, formatter)[0] ?? [],
  )
  return [...lines, ...others(top.length, size)].join('\n')
}

function deletesLine(report: Report, { user }: Formatter): string | undefined {
  const { deletes } = report
  if (deletes.units === 0) return undefined
  const [number, ...remarks] = unitsField('', deletes.units, report, inBulk(deletes)).value.split('\n')
  const total = [`**${number}**`, ...remarks].join(', ')
  return `${total} · ${rankingField('', deletes.moderators, user, report).value}`
}

function reasonsLine({ punishments, withoutReason }: Report, { user }: Formatter): string | undefined {
  if (punishments === 0) return undefined
  const without = sumOf(withoutReason).entries
  const parts = withoutReason
    .slice(0, NAMED)
    .map(({ key, entries }) => `${key === null ? 'unknown' : user(key)} **${formatNumber(entries)}**`)
  return joined(
    [`**${formatNumber(without)}** of ${formatNumber(punishments)}`, ...parts],
    withoutReason.length + 1,
  )
}

function reversalLines({ reversals, takenBack }: Report, formatter: Formatter): string | undefined {
  const shown = reversals.slice(0, NAMED)
  const more = shown.length > 0 ? 'more ' : ''
  return [
    ...shown.map((reversal) => reversalLine(reversal, formatter)),
    ...others(shown.length, reversals.length),
    ...(takenBack > 0
      ? [
          `-# ${pluralize(takenBack, `${more}was ended by whoever gave it`, `${more}were ended by whoever gave them`)}`,
        ]
      : []),
  ].join('\n')
}

/** `@b unbanned @x, 20 minutes after @a banned them`. */
function reversalLine({ targetId, kind, by, endedBy, after }: Reversal, { user }: Formatter): string {
  const [undone, done] =
    kind === Kind.Timeout
      ? [`ended the timeout of ${user(targetId)}`, 'timed them out']
      : [`unbanned ${user(targetId)}`, 'banned them']
  return `${user(endedBy)} ${undone}, ${inRoundWords(after / SECOND)} after ${user(by)} ${done}`
}

function joined(parts: readonly string[], size: number): string {
  return [...parts, ...others(parts.length, size)].join(' · ')
}

function others(shown: number, size: number): string[] {
  return size > shown ? [`and ${pluralize(size - shown, 'other')}`.replaceAll(' ', NO_BREAK)] : []
}
