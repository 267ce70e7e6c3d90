import type { ActivityChart } from '../core/query/activity-chart.ts'
import { formatNumber } from '../core/text/numbers.ts'
import type { Block } from './block.ts'
import { datesUnder } from './dates.ts'
import { hatch } from './hatch.ts'
import { plot } from './plot.ts'
import { CONTENT_WIDTH, colourOf, FAINT_INK, faded, GAP, RULE } from './style.ts'
import type { Font } from './text/text-layout.ts'

const HEIGHT = 250

/** The most horizontal grid lines, including the base line. */
const MAX_GRID_LINES = 5

/**
 * Actions over time: a column for each span. One that the window cuts short is paler, because it would look like a drop.
 * @param widthOf the width of a text in the font
 */
export function spanColumns(
  { kinds, unit, spans, timeZone }: ActivityChart,
  font: Font,
  widthOf: (text: string) => number,
): Block {
  const highest = Math.max(1, ...spans.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0)))
  // The scale ends above the highest column, sometimes with one more digit.
  const left = Math.ceil(widthOf(formatNumber(2 * highest))) + GAP
  const dates = datesUnder({ unit, spans, timeZone }, CONTENT_WIDTH - left, widthOf)
  const right = overhang(dates, CONTENT_WIDTH - left, widthOf)
  return plot({
    width: CONTENT_WIDTH,
    height: HEIGHT,
    data: {
      labels: dates,
      datasets: kinds.map((label, kind) => ({
        label,
        data: spans.map(({ counts }) => counts[kind] ?? 0),
        backgroundColor: spans.map(({ type }) => (type === 'part' ? faded(colourOf(kind)) : colourOf(kind))),
        categoryPercentage: 0.84,
        barPercentage: 1,
        maxBarThickness: 64,
      })),
    },
    drawBelow(context, { x, y }) {
      if (!x || !y) return
      const width = x.width / spans.length
      for (const [index, { type }] of spans.entries()) {
        if (type === 'unknown') hatch(context, x.left + index * width, y.top, width, y.height)
      }
    },
    options: {
      layout: { autoPadding: false, padding: { top: font.size / 2, right } },
      scales: {
        x: {
          stacked: true,
          grid: { display: false, tickLength: 0 },
          border: { display: false },
          ticks: { autoSkip: false, maxRotation: 0, color: FAINT_INK, padding: 10, font },
          afterFit: (scale) => {
            Object.assign(scale, { paddingLeft: 0, paddingRight: 0 })
          },
        },
        y: {
          stacked: true,
          beginAtZero: true,
          suggestedMax: 1,
          grid: { color: RULE, lineWidth: 2, drawTicks: false },
          border: { display: false },
          ticks: { maxTicksLimit: MAX_GRID_LINES, precision: 0, color: FAINT_INK, padding: GAP, font },
          afterFit: (scale) => {
            Object.assign(scale, { width: left, paddingTop: 0, paddingBottom: 0 })
          },
        },
      },
    },
  })
}

/** How far dates reach beyond the last column, at most. */
function overhang(dates: readonly string[], width: number, widthOf: (text: string) => number): number {
  const beyond = dates.map((text, index) => {
    if (text === '') return 0
    return widthOf(text) / 2 - ((dates.length - index - 0.5) * width) / dates.length
  })
  return Math.ceil(Math.max(0, ...beyond))
}
