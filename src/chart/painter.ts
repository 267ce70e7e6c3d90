import { constants } from 'node:os'
import type { Clock } from '../core/clock.ts'
import type { ActivityChart } from '../core/query/activity-chart.ts'
import { MINUTE } from '../core/time/units.ts'
import { ChartProcess } from './chart-process.ts'
import { ChartQueue, type ChartTurn } from './chart-queue.ts'

/** How long the process that draws charts is kept after a chart, in milliseconds. */
export const KEPT = MINUTE

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

/**
 * Creates a painter. It draws in a process of its own, which it starts with the first chart and ends when none was drawn
 * for a minute, so that fonts use memory only while charts are drawn.
 * @param priority of that process, as `os.setPriority` takes it. Answers do not wait for charts, so by default drawing
 * them leaves the processors to whatever answers
 */
export function createPainter(
  clock: Pick<Clock, 'sleep'>,
  priority: number = constants.priority.PRIORITY_BELOW_NORMAL,
): Painter {
  let chartProcess: ChartProcess | undefined
  let idle = new AbortController()
  let closed = false
  const endWhenIdle = () => {
    idle = new AbortController()
    clock.sleep(KEPT, idle.signal).then(
      () => chartProcess?.close(),
      () => {},
    )
  }
  const queue = new ChartQueue(async (chart) => {
    idle.abort()
    if (!chartProcess || chartProcess.hasEnded) chartProcess = new ChartProcess(priority)
    try {
      return await chartProcess.paint(chart)
    } finally {
      if (!closed) endWhenIdle()
    }
  })
  return {
    async paint(chart, turn = {}) {
      if (closed) throw new Error('The painter is closed.')
      return queue.draw(chart, turn)
    },
    async close() {
      closed = true
      idle.abort()
      await queue.settled()
      await chartProcess?.close()
    },
  }
}
