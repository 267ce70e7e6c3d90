import type { ActivityChart } from '../core/query/activity-chart.ts'
import { ChartQueue, type ChartTurn } from './chart-queue.ts'
import { ChartWorker } from './chart-worker.ts'

/** Draws charts of activity. */
export interface Painter {
  /**
   * Draws a chart as a PNG. Charts are drawn one after another.
   * @throws the reason of the turn's signal once it aborts; the chart is not drawn if it was still waiting then
   */
  paint(chart: ActivityChart, turn?: ChartTurn): Promise<Uint8Array>
  /** Waits for the charts being drawn. Rejects every chart after that. */
  close(): Promise<void>
}

/** Creates a painter. It starts its worker thread with the first chart, and a new one if that fails. */
export function createPainter(): Painter {
  let chartWorker: ChartWorker | undefined
  let closed = false
  const queue = new ChartQueue(async (chart) => {
    if (!chartWorker || chartWorker.hasEnded) chartWorker = new ChartWorker()
    return chartWorker.paint(chart)
  })
  return {
    async paint(chart, turn = {}) {
      if (closed) throw new Error('The painter is closed.')
      return queue.draw(chart, turn)
    },
    async close() {
      closed = true
      await queue.settled()
      await chartWorker?.close()
    },
  }
}
