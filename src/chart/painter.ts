import type { ActivityChart } from '../core/query/activity-chart.ts'
import { ChartWorker } from './chart-worker.ts'

/** Draws charts of activity. */
export interface Painter {
  /** The chart as a PNG. Charts asked for at once are drawn one after another. */
  paint(chart: ActivityChart): Promise<Uint8Array>
  /** Lets what is under way finish. Nothing is drawn any more after that. */
  close(): Promise<void>
}

/** A painter that costs nothing until the first chart is asked for. */
export function createPainter(): Painter {
  let chartWorker: ChartWorker | undefined
  let closed = false
  return {
    async paint(chart) {
      if (closed) throw new Error('The painter is closed.')
      if (!chartWorker || chartWorker.broken) chartWorker = new ChartWorker()
      return chartWorker.paint(chart)
    },
    async close() {
      closed = true
      await chartWorker?.close()
    },
  }
}
