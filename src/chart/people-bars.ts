import { type Block, drawText } from './block.ts'
import { plot } from './plot.ts'
import { colourOf, FAINT_INK, type Frame, GAP, INK, SPACE_IN_TOTAL, THROUGH_BOTS } from './style.ts'
import type { Line } from './text/text-layout.ts'

/** One person’s row of the chart. */
interface PersonRow {
  readonly name: Line
  /** In the order of the chart’s kinds. */
  readonly counts: readonly number[]
  readonly total: number
  readonly totalLine: Line
  /** What bots did for them, beside the total. */
  readonly throughBots: number
  /** Absent if that is nothing. */
  readonly throughLine: Line | undefined
}

/** The height of a bar, as a fraction of its row. */
const THICKNESS = 0.66

/** The shortest bar. Beside a bar that is thousands of times as long, one to scale would be invisible. */
const MIN_LENGTH = 3

/** The height of a row. With many people it is less, because Discord shrinks pictures that are higher than wide. */
function rowHeightFor(people: number): number {
  return people <= 6 ? 58 : 48
}

/** Actions by person: a bar for each, the longest across the whole frame, with the total at its end. */
export function peopleBars(rows: readonly PersonRow[], kinds: readonly string[], frame: Frame): Block {
  const rowHeight = rowHeightFor(rows.length)
  const size = { categoryPercentage: 1, barPercentage: THICKNESS }
  return plot({
    width: frame.width,
    height: rowHeight * rows.length,
    data: {
      labels: rows.map(({ name }) => name.text),
      datasets: [
        ...kinds.map((label, kind) => ({
          label,
          data: rows.map(({ counts }) => counts[kind] ?? 0),
          backgroundColor: colourOf(kind),
          ...size,
        })),
        {
          data: rows.map(({ throughBots }) => throughBots),
          backgroundColor: THROUGH_BOTS.fill,
          borderColor: THROUGH_BOTS.outline,
          borderWidth: THROUGH_BOTS.lineWidth,
          borderSkipped: false,
          ...size,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      layout: { autoPadding: false, padding: { right: frame.right } },
      scales: {
        x: {
          stacked: true,
          display: false,
          min: 0,
          max: Math.max(1, ...rows.map(({ total, throughBots }) => total + throughBots)),
        },
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
      for (const [index, { counts, total, totalLine, throughBots, throughLine }] of rows.entries()) {
        const middle = (index + 0.5) * rowHeight
        let end = x?.getPixelForValue(total + throughBots) ?? 0
        if (total + throughBots > 0 && end < frame.left + MIN_LENGTH) {
          end = frame.left + MIN_LENGTH
          context.fillStyle = total > 0 ? colourOf(counts.indexOf(Math.max(...counts))) : THROUGH_BOTS.outline
          context.fillRect(
            frame.left,
            middle - (rowHeight * THICKNESS) / 2,
            MIN_LENGTH,
            rowHeight * THICKNESS,
          )
        }
        const left = total + throughBots > 0 ? end + GAP : end
        drawText(context, totalLine, total > 0 ? INK : FAINT_INK, left, middle)
        if (throughLine)
          drawText(context, throughLine, FAINT_INK, left + totalLine.width + SPACE_IN_TOTAL, middle)
      }
    },
  })
}
