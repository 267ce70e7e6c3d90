import { parentPort } from 'node:worker_threads'
import type { ActivityChart } from '../core/query/activity-chart.ts'
import { serveJobs } from '../worker/serve-jobs.js'
import { drawPicture } from './picture.ts'
import { TextLayout } from './text/text-layout.ts'

// Charts are drawn on a thread of their own, so that loading a font or filling a million pixels never delays the gateway.
if (parentPort) {
  const textLayout = new TextLayout()
  serveJobs(parentPort, (chart: ActivityChart) => drawPicture(chart, textLayout), {
    transfer: (png) => [png.buffer],
  })
}
