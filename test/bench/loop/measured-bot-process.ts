import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readConfig } from '../../../src/config.ts'
import { SILENT } from '../../../src/core/log.ts'
import { hostClock } from '../../../src/process/host-clock.ts'
import { start } from '../../../src/start.ts'

/** The delay of the event loop since the last report, in milliseconds. */
export interface LoopDelay {
  readonly p99: number
  readonly max: number
  /** The longest time it was busy itself, which is less than the delay when other processes use the processor. */
  readonly busy: number
  /** The most memory that the process has used so far, in MB. */
  readonly memory: number
}

/** How often the time the event loop was busy is measured, in milliseconds. */
const CHECK_INTERVAL = 2

// Custos in a process of its own, which reports the delay of its event loop on request.

const delay = monitorEventLoopDelay({ resolution: 1 })
const send = (_facts: object, message: string) => process.send?.(message)
const log = { ...SILENT, info: send, warn: send, error: send }

const running = await start(readConfig(process.env), log, hostClock, {
  onFatal: (error) => {
    throw error
  },
})
delay.enable()
let used = process.threadCpuUsage()
let busy = 0
setInterval(() => {
  const { user, system } = process.threadCpuUsage(used)
  used = process.threadCpuUsage()
  busy = Math.max(busy, (user + system) / 1000)
}, CHECK_INTERVAL).unref()
process.on('message', () => {
  const memory = process.resourceUsage().maxRSS / 1024
  const report: LoopDelay = { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6, busy, memory }
  delay.reset()
  busy = 0
  process.send?.(report)
})
// It ends with the benchmark, however that ends.
for (const end of ['SIGTERM', 'disconnect'] as const) {
  process.once(end, async () => {
    await running?.stop()
    process.exit(0)
  })
}
