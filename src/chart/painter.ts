import type { ActivityChart } from '../core/query/activity-chart.ts'
import { ChartWorker } from './chart-worker.ts'

/** Draws charts of activity. */
export interface Painter {
  /** Draws a chart as a PNG. Charts are drawn one after another. */
  paint(chart: ActivityChart): Promise<Uint8Array>
  /** Waits for the charts being drawn. Rejects every chart after that. */
  close(): Promise<void>
}

/** Creates a painter. It starts its worker thread with the first chart, and a new one if that fails. */
export function createPainter(): Painter {
  let chartWorker: ChartWorker | undefined
  let closed = false
  return {
    async paint(chart) {
      if (closed) throw new Error('The painter is closed.')
      if (!chartWorker || chartWorker.hasEnded) chartWorker = new ChartWorker()
      return chartWorker.paint(chart)
    },
    async close() {
      closed = true
      await chartWorker?.close()
    },
  }
}
