import { type Block, write } from './block.ts'
import { type Frame, GAP } from './frame.ts'
import { plot } from './plot.ts'
import { colourOf, FAINT_INK, INK } from './style.ts'
import type { Line } from './text-layout.ts'

/** A person’s line of the picture. */
export interface Row {
  readonly name: Line
  /** In the order of the chart’s kinds. */
  readonly counts: readonly number[]
  readonly total: number
  readonly writtenTotal: Line
}

/** How much of a person’s line the bar fills. */
const THICKNESS = 0.66

/** A bar beside one that is thousands of times as long would be too thin to be seen. */
const THINNEST = 3

/** From one person to the next. Discord shrinks what is higher than wide, so many stand closer together. */
function pitchFor(people: number): number {
  return people <= 6 ? 52 : 40
}

/** Who did what: a bar for each person, the longest across the whole frame, with its total at the end. */
export function peopleBars(rows: readonly Row[], kinds: readonly string[], frame: Frame): Block {
  const pitch = pitchFor(rows.length)
  return plot({
    width: frame.width,
    height: pitch * rows.length,
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
    finish(context, { x }) {
      for (const [index, { counts, total, writtenTotal }] of rows.entries()) {
        const middle = (index + 0.5) * pitch
        let end = x?.getPixelForValue(total) ?? 0
        if (total > 0 && end < frame.left + THINNEST) {
          end = frame.left + THINNEST
          context.fillStyle = colourOf(counts.indexOf(Math.max(...counts)))
          context.fillRect(frame.left, middle - (pitch * THICKNESS) / 2, THINNEST, pitch * THICKNESS)
        }
        write(context, writtenTotal, total > 0 ? INK : FAINT_INK, total > 0 ? end + GAP : end, middle)
      }
    },
  })
}
