import { type Block, drawText } from './block.ts'
import { plot } from './plot.ts'
import { colourOf, FAINT_INK, type Frame, GAP, INK } from './style.ts'
import type { Line } from './text/text-layout.ts'

/** One person’s row of the chart. */
interface PersonRow {
  readonly name: Line
  /** In the order of the chart’s kinds. */
  readonly counts: readonly number[]
  readonly total: number
  readonly totalLine: Line
}

/** The height of a bar, as a fraction of its row. */
const THICKNESS = 0.66

/** The shortest bar. Beside a bar that is thousands of times as long, one to scale would be invisible. */
const MIN_LENGTH = 3

/** The height of a row. With many people it is less, because Discord shrinks pictures that are higher than wide. */
function rowHeightFor(people: number): number {
  return people <= 6 ? 52 : 40
}

/** Actions by person: a bar for each, the longest across the whole frame, with the total at its end. */
export function peopleBars(rows: readonly PersonRow[], kinds: readonly string[], frame: Frame): Block {
  const rowHeight = rowHeightFor(rows.length)
  return plot({
    width: frame.width,
    height: rowHeight * rows.length,
    data: {
      labels: rows.map(({ name }) => name.text),
      datasets: kinds.map((label, kind) => ({
        label,
        data: rows.map(({ counts }) => counts[kind] ?? 0),
        backgroundColor: colourOf(kind),
        categoryPercentage: 1,
        barPercentage: THICKNESS,
      })),
    },
    options: {
      indexAxis: 'y',
      layout: { autoPadding: false, padding: { right: frame.right } },
      scales: {
        x: { stacked: true, display: false, min: 0, max: Math.max(1, ...rows.map(({ total }) => total)) },
        y: {
          stacked: true,
          grid: { display: false, tickLength: 0 },
          border: { display: false },
          ticks: {
            autoSkip: false,
            color: INK,
            padding: GAP,
            font: ({ index }) => rows[index]?.name.font ?? {},
          },
          afterFit: (scale) => {
            Object.assign(scale, { width: frame.left, paddingTop: 0, paddingBottom: 0 })
          },
        },
      },
    },
    drawAbove(context, { x }) {
      for (const [index, { counts, total, totalLine }] of rows.entries()) {
        const middle = (index + 0.5) * rowHeight
        let end = x?.getPixelForValue(total) ?? 0
        if (total > 0 && end < frame.left + MIN_LENGTH) {
          end = frame.left + MIN_LENGTH
          context.fillStyle = colourOf(counts.indexOf(Math.max(...counts)))
          context.fillRect(
            frame.left,
            middle - (rowHeight * THICKNESS) / 2,
            MIN_LENGTH,
            rowHeight * THICKNESS,
          )
        }
        drawText(context, totalLine, total > 0 ? INK : FAINT_INK, total > 0 ? end + GAP : end, middle)
      }
    },
  })
}
