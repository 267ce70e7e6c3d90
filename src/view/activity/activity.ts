import { ComponentType } from 'discord-api-types/v10'
import type { Names } from '../../core/names/names.ts'
import { PAGE_LENGTH } from '../../core/query/page.ts'
import { windowAndCoverage } from '../coverage-line.ts'
import { button, type Paged, pageRow, position } from '../paging.ts'
import { COLOURS, type Reply } from '../reply.ts'
import { markdownFormatter } from '../text/formatter.ts'
import { moderatorLine } from './moderator-line.ts'
import { type ActivityTotals, noModeratorsLine, summaryLines } from './summary.ts'

/** The windows that the buttons offer, in days. */
const WINDOWS = [7, 30, 90]

const CHART = 'activity.png'

/** One page of moderators, and the lines above them. */
interface ActivityPage extends Omit<Paged, 'total'>, ActivityTotals {
  readonly names: Names
  readonly chart: Uint8Array | undefined
  /** The custom id of a button that shows the last so many days. */
  readonly windowId: (days: number) => string
  /** Lines that describe the filter, and warnings about it. */
  readonly about: readonly string[]
  readonly notice: string | undefined
}

/** One page of moderators, a line each, with the totals above and a chart below. */
export function activityReply(page: ActivityPage): Reply {
  const {
    moderators,
    names,
    chart,
    about,
    query,
    page: { index },
    windowId,
    coverage,
    notice,
  } = page
  const first = index * PAGE_LENGTH
  const shown = moderators.slice(first, first + PAGE_LENGTH)
  const formatter = markdownFormatter(names)
  const lines = shown.map((moderator, at) => moderatorLine(moderator, first + at + 1, formatter, page))
  const paged = { ...page, total: moderators.length }
  const window = windowAndCoverage(query, coverage)
  const windowButtons = WINDOWS.map((days) => button(`${days} days`, windowId(days)))
  return {
    embeds: [
      {
        title: 'Moderator activity',
        description: [
          notice,
          ...about,
          ...(lines.length > 0 ? [...summaryLines(page), '', ...lines] : ['', noModeratorsLine(page)]),
        ]
          .filter((part) => part !== undefined)
          .join('\n'),
        color: COLOURS.neutral,
        ...(chart && { image: { url: `attachment://${CHART}` } }),
        footer: { text: [...(shown.length > 0 ? [position(paged, shown.length)] : []), window].join(' · ') },
      },
    ],
    components: [...pageRow(paged), { type: ComponentType.ActionRow, components: windowButtons }],
    ...(chart && { files: [{ name: CHART, content: chart }] }),
  }
}
