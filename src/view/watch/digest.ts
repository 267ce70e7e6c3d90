import { type APIButtonComponentWithCustomId, type APIEmbed, ComponentType } from 'discord-api-types/v10'
import { mayLackEntries } from '../../core/coverage/gaps.ts'
import type { Names } from '../../core/names/names.ts'
import { isQuiet, type Moderator } from '../../core/query/activity.ts'
import { PAGE_LENGTH } from '../../core/query/page.ts'
import { pluralize } from '../../core/text/numbers.ts'
import { beginsWithUnit, periodName, skippedDays } from '../../core/watch/digests/period-name.ts'
import type { Report } from '../../core/watch/digests/read-report.ts'
import type { Period } from '../../core/watch/digests/schedule.ts'
import type { Digest } from '../../core/watch/watch.ts'
import { moderatorLines } from '../activity/moderator-line.ts'
import { contextLine, headline, noModeratorsLine, unlistedLine } from '../activity/summary.ts'
import type { ChannelMessage } from '../channel-message.ts'
import { windowAndCoverage } from '../coverage-line.ts'
import { button } from '../paging.ts'
import { COLOURS, EMBED, embedSize } from '../reply.ts'
import { fitNames, markdownFormatter, timestamp } from '../text/formatter.ts'
import { digestFields } from './digest-fields.ts'

const CHART = 'activity.png'

/** The commands that the buttons of a digest answer. */
export type ReportPath = 'audit activity' | 'audit repeats' | 'audit deletes'

/** The line of a digest that comes without its chart. */
export const NO_CHART = '-# Without its chart: Custos lacks **Attach Files** in this channel.'

/** A report on a period, and how it is posted. */
export interface DigestPost {
  readonly every: Digest['every']
  readonly period: Period
  readonly report: Report
  /** Whether it is posted much later than it was due. */
  readonly isLate: boolean
  /** How many periods before it were not reported. */
  readonly skipped: number
  readonly chart?: Uint8Array
  /** Lines about what it lacks, such as members of its role. */
  readonly warnings: readonly string[]
  readonly reportId: (path: ReportPath) => string
}

/** The post of a digest: the moderators and what they did, then what stands out, and the chart. */
export function digestMessage(post: DigestPost): ChannelMessage {
  const { every, period, report, chart, reportId } = post
  const { query, coverage } = report
  const name = periodName(every, period, query.timeZone)
  const isEmpty = isNothingKnown(report)
  const frame: APIEmbed = {
    title: report.moderators.length === 0 ? name : `${name} · ${headline(report)}`,
    color: COLOURS.neutral,
    fields: isEmpty ? [] : digestFields(report),
    ...(chart && { image: { url: `attachment://${CHART}` } }),
    footer: { text: windowAndCoverage(query, coverage) },
  }
  const longest = Math.min(EMBED.description, EMBED.total - embedSize(frame))
  const above = [...lateLines(post), ...post.warnings].map((line) => `${line}\n`).join('')
  const body = isEmpty ? emptyLine(post) : activityText(post, longest - above.length)
  return {
    embeds: [{ ...frame, description: `${above}${body}` }],
    components: [
      {
        type: ComponentType.ActionRow,
        components: BUTTONS.map(
          ([label, path]): APIButtonComponentWithCustomId => button(label, reportId(path)),
        ),
      },
    ],
    ...(chart && { files: [{ name: CHART, content: chart }] }),
  }
}

const BUTTONS = [
  ['Activity', 'audit activity'],
  ['Repeats', 'audit repeats'],
  ['Deletes', 'audit deletes'],
] as const

/** Whether a report has nothing to show but a sentence. */
function isNothingKnown(report: Report): boolean {
  const { moderators, byBots, unnamed, deletes, punishments, reversals, takenBack } = report
  const numbers = [byBots, unnamed, deletes.entries, punishments, reversals.length, takenBack]
  return moderators.every(isQuiet) && numbers.every((number) => number === 0)
}

function emptyLine({ every, report }: DigestPost): string {
  const { roleId, filter } = report.query
  if (mayLackEntries(report.coverage, filter.from, filter.to)) return noModeratorsLine(report)
  // The rest of the report is about everyone.
  const who = roleId === undefined ? 'No moderator' : 'Nobody with this role'
  return `${who} did anything ${every === 'day' ? 'on that day' : `in that ${every}`}.`
}

/** That it is late, that it is not a day, week or month, and what was left out before it. */
function lateLines({ every, period, report, isLate, skipped }: DigestPost): string[] {
  const { timeZone } = report.query
  const lines = isLate ? [`⏰ Late: this was due ${timestamp(period.dueAt, 'f')}.`] : []
  if (!beginsWithUnit(every, period, timeZone)) {
    const begin = timestamp(period.from, 'f')
    lines.push(
      `The clocks or the time zone have changed, so this begins where the last report ended: ${begin}.`,
    )
  }
  if (skipped === 0) return lines
  const before = pluralize(skipped, `${every} before was`, `${every}s before were`)
  const { since, until } = skippedDays(every, period, skipped, timeZone)
  const command = `/audit activity since:${since} until:${until}`
  return [...lines, `The ${before} not reported. \`${command}\` shows what was done then.`]
}

/** The most active moderators, each in two lines, as many as fit. */
function activityText(post: DigestPost, longest: number): string {
  const { report } = post
  const active = report.moderators.filter((moderator) => !isQuiet(moderator))
  for (let count = Math.min(active.length, PAGE_LENGTH); ; count--) {
    const text = fitNames(longest, report.names, (names) => moderatorsText(post, active, count, names))
    if (text.length <= longest || count === 0) return text
  }
}

function moderatorsText(post: DigestPost, active: readonly Moderator[], count: number, names: Names): string {
  const { report } = post
  const formatter = markdownFormatter(names)
  const shown = active.slice(0, count)
  const rest = active.length - count
  return [
    contextLine({ ...report, moderators: shown }, shown),
    active.length === 0 ? emptyLine(post) : undefined,
    ...shown.flatMap((moderator, index) => moderatorLines(moderator, index + 1, formatter, report)),
    rest > 0 ? `and ${pluralize(rest, 'more moderator')}` : undefined,
    unlistedLine(report),
  ]
    .filter((line) => line !== undefined)
    .join('\n')
}
