import type { ActivityChart } from '../core/query/activity-chart.ts'
import { formatNumber } from '../core/text/numbers.ts'
import { card, space, textBlock } from './block.ts'
import { type LegendItem, legend } from './legend.ts'
import { peopleBars } from './people-bars.ts'
import { spanColumns } from './span-columns.ts'
import { CONTENT_WIDTH, FAINT_INK, frameFor, MAX_NAME_WIDTH, SIZE, SPACE_IN_TOTAL, WEIGHT } from './style.ts'
import type { TextLayout } from './text/text-layout.ts'

/** Draws a chart of activity as a PNG: actions by person above, actions over time below. */
export function drawPicture(chart: ActivityChart, textLayout: TextLayout): Uint8Array<ArrayBuffer> {
  const { title, kinds, people, unit, spans } = chart
  const line = (text: string, style: keyof typeof SIZE, maxWidth = CONTENT_WIDTH) =>
    textLayout.line(text, SIZE[style], WEIGHT[style], maxWidth)
  const rows = people.map(({ name, counts, throughBots }) => {
    const total = counts.reduce((sum, count) => sum + count, 0)
    return {
      name: line(name, 'name', MAX_NAME_WIDTH),
      counts,
      total,
      throughBots,
      totalLine: line(formatNumber(total), 'total'),
      throughLine: throughBots > 0 ? line(`+${formatNumber(throughBots)}`, 'total') : undefined,
    }
  })
  const frame = frameFor(
    rows.map(({ name }) => name),
    rows.map(({ totalLine, throughLine }) =>
      throughLine ? totalLine.width + SPACE_IN_TOTAL + throughLine.width : totalLine.width,
    ),
  )
  const item = (kind: LegendItem['kind'], name: string): LegendItem => ({ kind, name: line(name, 'kind') })
  const items = [
    ...[...kinds.entries()]
      .filter(([kind]) => [...people, ...spans].some(({ counts }) => (counts[kind] ?? 0) > 0))
      .map(([kind, name]) => item(kind, name)),
    ...(people.some(({ throughBots }) => throughBots > 0) ? [item('through bots', 'Through bots')] : []),
    ...(spans.some(({ type }) => type === 'part') ? [item('part', `Part of a ${unit}`)] : []),
    ...(spans.some(({ type }) => type === 'unknown') ? [item('unknown', 'Not fully known')] : []),
  ]
  return card([
    legend(items, CONTENT_WIDTH),
    space(8),
    rows.length > 0 ? peopleBars(rows, kinds, frame) : textBlock(line('No one to show', 'name'), FAINT_INK),
    space(14),
    textBlock(line(title, 'title'), FAINT_INK),
    space(4),
    spanColumns(chart, line('0', 'scale').font, (text) => line(text, 'scale').width),
  ])
}
