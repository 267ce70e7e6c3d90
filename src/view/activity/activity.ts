import { ComponentType } from 'discord-api-types/v10'
import type { Names } from '../../core/names/names.ts'
import { isQuiet, type Moderator } from '../../core/query/activity.ts'
import { PAGE_LENGTH } from '../../core/query/page.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { firstIdAt } from '../../core/snowflake.ts'
import { DAY } from '../../core/time/units.ts'
import { windowAndCoverage } from '../coverage-line.ts'
import { button, type Paged, pageRow, position } from '../paging.ts'
import { COLOURS, EMBED, type Reply } from '../reply.ts'
import { fitNames, markdownFormatter } from '../text/formatter.ts'
import { moderatorLines } from './moderator-line.ts'
import { type ActivityTotals, contextLine, headline, noModeratorsLine, unlistedLine } from './summary.ts'

/** The windows that the buttons offer, in days. */
const WINDOWS = [7, 30, 90]

const CHART = 'activity.png'

/** One page of moderators, and the lines above them. */
interface ActivityPage extends Omit<Paged, 'total'>, ActivityTotals {
  readonly names: Names
  readonly chart: Uint8Array | undefined
  /** The custom id of a button that shows the last so many days. */
  readonly windowId: (days: number) => string
  /** Warnings about who may be missing. */
  readonly warnings: readonly string[]
  readonly notice: string | undefined
}

/**
 * One page of moderators below their chart. The chart has an embed of its own before the text, so that the ranking stays
 * where it is when the chart is added to it.
 */
export function activityReply(page: ActivityPage): Reply {
  const { moderators, names, chart, query, windowId, coverage } = page
  const first = page.page.index * PAGE_LENGTH
  const shown = moderators.slice(first, first + PAGE_LENGTH)
  const paged = { ...page, total: moderators.length }
  const window = windowAndCoverage(query, coverage)
  const buttons = WINDOWS.map((days) => button(`${days} days`, windowId(days), isLast(days, query)))
  const text = {
    title: headline(page),
    description: fitNames(EMBED.description, names, (known) => descriptionOf(page, shown, known)),
    color: COLOURS.neutral,
    footer: { text: [...(shown.length > 0 ? [position(paged, shown.length)] : []), window].join(' · ') },
  }
  return {
    embeds: chart ? [{ color: COLOURS.neutral, image: { url: `attachment://${CHART}` } }, text] : [text],
    components: [...pageRow(paged), { type: ComponentType.ActionRow, components: buttons }],
    ...(chart && { files: [{ name: CHART, content: chart }] }),
  }
}

function descriptionOf(page: ActivityPage, shown: readonly Moderator[], names: Names): string {
  const formatter = markdownFormatter(names)
  const linesOf = (moderator: Moderator) =>
    moderatorLines(moderator, page.moderators.indexOf(moderator) + 1, formatter, page)
  const [quiet, active] = [shown.filter(isQuiet), shown.filter((moderator) => !isQuiet(moderator))]
  const isEmpty = page.moderators.length === 0
  const above = [page.notice, ...page.warnings, ...(isEmpty ? [] : [unlistedLine(page)])]
  const context = isEmpty ? undefined : contextLine(page, shown)
  const list = isEmpty ? [noModeratorsLine(page)] : active.flatMap(linesOf)
  // A small line needs no space below it.
  const blocks = [
    ...(context === undefined ? [above, list] : [[...above, context, ...list]]),
    quiet.length > 0 ? ['**Quiet**', ...quiet.flatMap(linesOf)] : [],
  ]
  return blocks
    .map((lines) => lines.filter((line) => line !== undefined).join('\n'))
    .filter((block) => block !== '')
    .join('\n\n')
}

/** Whether a query is about the last so many days. */
function isLast(days: number, { filter: { from, to }, askedAt }: SavedQuery): boolean {
  return to === undefined && from === firstIdAt(askedAt - days * DAY)
}
