import type { ActivityChart } from '../core/query/activity-chart.ts'
import { space, writing } from './block.ts'
import { card } from './card.ts'
import { dayColumns } from './day-columns.ts'
import { frameFor } from './frame.ts'
import { type Key, legend } from './legend.ts'
import { peopleBars } from './people-bars.ts'
import { FAINT_INK, INK, ROOM, SIZE, WEIGHT, WIDEST_NAME } from './style.ts'
import type { TextLayout } from './text-layout.ts'

/** Draws a chart of activity as a PNG: above who did what, below when. */
export function drawPicture(
  { title, kinds, people, days }: ActivityChart,
  textLayout: TextLayout,
): Uint8Array<ArrayBuffer> {
  const line = (text: string, style: keyof typeof SIZE, limits = ROOM) =>
    textLayout.line(text, SIZE[style], WEIGHT[style], limits)
  const rows = people.map(({ name, counts }) => {
    const total = counts.reduce((sum, count) => sum + count, 0)
    const writtenTotal = line(total.toLocaleString('en-US'), 'total')
    return { name: line(name, 'name', WIDEST_NAME), counts, total, writtenTotal }
  })
  const frame = frameFor(
    rows.map(({ name }) => name),
    rows.map(({ writtenTotal }) => writtenTotal),
  )
  const keys: Key[] = [...kinds.entries()]
    .filter(([kind]) => [...people, ...days].some(({ counts }) => (counts[kind] ?? 0) > 0))
    .map(([kind, name]) => ({ kind, name: line(name, 'kind') }))
  if (days.some(({ isUnknown }) => isUnknown)) {
    keys.push({ kind: 'unknown', name: line('Not wholly known', 'kind') })
  }
  const columns = dayColumns(days, kinds, frame, line('0', 'scale').font)
  return card([
    writing(line(title, 'title'), INK),
    space(8),
    legend(keys, ROOM),
    space(14),
    rows.length > 0 ? peopleBars(rows, kinds, frame) : writing(line('No one to show', 'name'), FAINT_INK),
    space(18),
    writing(line(`Actions per ${columns.unit}`, 'scale'), FAINT_INK),
    space(6),
    columns,
  ])
}
