import type { ActivityChart } from '../core/query/activity-chart.ts'
import type { Block } from './block.ts'
import { datesUnder } from './dates.ts'
import { hatch } from './hatch.ts'
import { plot } from './plot.ts'
import { spansOf, type Unit, unitFor } from './spans.ts'
import { colourOf, FAINT_INK, type Frame, GAP, RULE } from './style.ts'
import type { Font } from './text/text-layout.ts'

const HEIGHT = 236

/** The most horizontal grid lines, including the base line. */
const MAX_GRID_LINES = 4

/** Actions over time: a column for each day, or for each week or month if there are many days. */
export function dayColumns(
  days: ActivityChart['days'],
  kinds: readonly string[],
  frame: Frame,
  font: Font,
): Block & { readonly unit: Unit } {
  const unit = unitFor(days.length)
  const spans = spansOf(days, unit)
  const block = plot({
    width: frame.width,
    height: HEIGHT,
    data: {
      labels: datesUnder(spans, days, frame.width - frame.left - frame.right),
      datasets: kinds.map((label, kind) => ({
        label,
        data: spans.map(({ counts }) => counts[kind] ?? 0),
        backgroundColor: colourOf(kind),
        categoryPercentage: 0.84,
        barPercentage: 1,
        maxBarThickness: 64,
      })),
    },
    drawBelow(context, { x, y }) {
      if (!x || !y) return
      const width = x.width / spans.length
      for (const [index, { isUnknown }] of spans.entries()) {
        if (isUnknown) hatch(context, x.left + index * width, y.top, width, y.height)
      }
    },
    options: {
      layout: { autoPadding: false, padding: { top: font.size / 2, right: frame.right } },
      scales: {
        x: {
          stacked: true,
          grid: { display: false, tickLength: 0 },
          border: { display: false },
          ticks: { autoSkip: false, maxRotation: 0, color: FAINT_INK, padding: 14, font },
        },
        y: {
          stacked: true,
          beginAtZero: true,
          suggestedMax: 1,
          grid: { color: RULE, lineWidth: 2, drawTicks: false },
          border: { display: false },
          ticks: { maxTicksLimit: MAX_GRID_LINES, precision: 0, color: FAINT_INK, padding: GAP, font },
          afterFit: (scale) => {
            Object.assign(scale, { width: frame.left, paddingTop: 0, paddingBottom: 0 })
          },
        },
      },
    },
  })
  return { ...block, unit }
}
