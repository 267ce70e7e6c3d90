import { parentPort } from 'node:worker_threads'
import type { ActivityChart } from '../core/query/activity-chart.ts'
import { drawPicture } from './picture.ts'
import { TextLayout } from './text-layout.ts'

/** One chart to draw. What comes back bears the same `id`. */
export interface Order {
  readonly id: number
  readonly chart: ActivityChart
}

/** Charts are drawn on a thread of their own: loading a font or filling a million pixels never keeps the gateway waiting. */
function serve(port: NonNullable<typeof parentPort>): void {
  const textLayout = new TextLayout()
  port.on('message', (message: Order | 'close') => {
    if (message === 'close') {
      port.close()
      return
    }
    const { id, chart } = message
    try {
      const png = drawPicture(chart, textLayout)
      port.postMessage({ id, png }, [png.buffer])
    } catch (error) {
      port.postMessage({ id, failure: error instanceof Error ? error.message : String(error) })
    }
  })
}

if (parentPort) serve(parentPort)
