import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readConfig } from '../../src/config.ts'
import { SILENT } from '../../src/core/log.ts'
import { hostClock } from '../../src/process/host-clock.ts'
import { start } from '../../src/start.ts'

/** How long the event loop was kept waiting since this was last told, in milliseconds. */
export interface LoopDelay {
  readonly p99: number
  readonly max: number
  /** The longest that it worked at a stretch itself, which is less where other processes want the processor too. */
  readonly busy: number
}

/** How often it is looked at how long the event loop has worked, in milliseconds. */
const LOOK = 2

// Custos in a process of its own, which tells how late its event loop was whenever it is asked.

const delay = monitorEventLoopDelay({ resolution: 1 })
const tell = (_facts: object, message: string) => process.send?.(message)
const log = { ...SILENT, info: tell, warn: tell, error: tell }

const running = await start(readConfig(process.env), log, hostClock, (error) => {
  throw error
})
delay.enable()
let used = process.threadCpuUsage()
let busy = 0
setInterval(() => {
  const { user, system } = process.threadCpuUsage(used)
  used = process.threadCpuUsage()
  busy = Math.max(busy, (user + system) / 1000)
}, LOOK).unref()
process.on('message', () => {
  const told: LoopDelay = { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6, busy }
  delay.reset()
  busy = 0
  process.send?.(told)
})
// It goes when the benchmark goes, however that came about.
for (const end of ['SIGTERM', 'disconnect'] as const) {
  process.once(end, async () => {
    await running.stop()
    process.exit(0)
  })
}
