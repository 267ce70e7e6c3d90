import { setPriority } from 'node:os'
import process from 'node:process'
import type { ActivityChart } from '../core/query/activity-chart.ts'
import { drawPicture } from './picture.ts'
import { TextLayout } from './text/text-layout.ts'

/** A chart as a PNG, or why it could not be drawn. */
export type Drawn =
  | { readonly type: 'done'; readonly png: Uint8Array }
  | { readonly type: 'failed'; readonly message: string }

// The process of a `ChartProcess`. It draws one chart after another until the bot disconnects or ends.

setPriority(Number(process.argv[2]))

// A terminal sends Ctrl-C to this process as well, while the bot may still wait for a chart.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})
process.on('disconnect', () => process.exit())

const textLayout = new TextLayout()
process.on('message', (chart: ActivityChart) => process.send?.(draw(chart)))

function draw(chart: ActivityChart): Drawn {
  try {
    return { type: 'done', png: drawPicture(chart, textLayout) }
  } catch (error) {
    return { type: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}
