import type { ActivityChart } from '../core/query/activity-chart.ts'
import { formatNumber } from '../core/text/numbers.ts'
import { card, space, textBlock } from './block.ts'
import { dayColumns } from './day-columns.ts'
import { type LegendItem, legend } from './legend.ts'
import { peopleBars } from './people-bars.ts'
import { CONTENT_WIDTH, FAINT_INK, frameFor, INK, MAX_NAME_WIDTH, SIZE, WEIGHT } from './style.ts'
import type { TextLayout } from './text/text-layout.ts'

/** Draws a chart of activity as a PNG: actions by person above, actions over time below. */
export function drawPicture(
  { title, kinds, people, days }: ActivityChart,
  textLayout: TextLayout,
): Uint8Array<ArrayBuffer> {
  const line = (text: string, style: keyof typeof SIZE, maxWidth = CONTENT_WIDTH) =>
    textLayout.line(text, SIZE[style], WEIGHT[style], maxWidth)
  const rows = people.map(({ name, counts }) => {
    const total = counts.reduce((sum, count) => sum + count, 0)
    const totalLine = line(formatNumber(total), 'total')
    return { name: line(name, 'name', MAX_NAME_WIDTH), counts, total, totalLine }
  })
  const frame = frameFor(
    rows.map(({ name }) => name),
    rows.map(({ totalLine }) => totalLine),
  )
  const items: LegendItem[] = [...kinds.entries()]
    .filter(([kind]) => [...people, ...days].some(({ counts }) => (counts[kind] ?? 0) > 0))
    .map(([kind, name]) => ({ kind, name: line(name, 'kind') }))
  if (days.some(({ isUnknown }) => isUnknown)) {
    items.push({ kind: 'unknown', name: line('Not fully known', 'kind') })
  }
  const columns = dayColumns(days, kinds, frame, line('0', 'scale').font)
  return card([
    textBlock(line(title, 'title'), INK),
    space(8),
    legend(items, CONTENT_WIDTH),
    space(14),
    rows.length > 0 ? peopleBars(rows, kinds, frame) : textBlock(line('No one to show', 'name'), FAINT_INK),
    space(18),
    textBlock(line(`Actions per ${columns.unit}`, 'scale'), FAINT_INK),
    space(6),
    columns,
  ])
}
