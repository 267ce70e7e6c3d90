import { readConfig } from '../../src/config.ts'
import { start } from '../../src/start.ts'
import { DemoClock } from '../world/clock.ts'

// Custos as the demo runs it: a process of its own, whose clock the demo can move forward.

// Ctrl-C reaches every process of a terminal. The demo stops this one itself.
process.on('SIGINT', () => {})

const clock = new DemoClock()
clock.ahead = Number(process.env.DEMO_AHEAD ?? 0)
process.on('message', (ahead) => {
  if (typeof ahead === 'number') clock.ahead = ahead
})

const sendToDemo = (level: string) => (_facts: object, message: string) => {
  process.send?.({ level, message })
}
const log = {
  trace: () => {},
  debug: () => {},
  info: sendToDemo('info'),
  warn: sendToDemo('warn'),
  error: sendToDemo('error'),
  child: () => log,
  isLevelEnabled: () => false,
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

try {
  const running = await start(readConfig(process.env), log, clock, { onFatal: fail })
  // It also ends when the demo crashes, which closes the channel.
  for (const event of ['SIGTERM', 'disconnect'] as const) {
    process.once(event, async () => {
      await running?.stop()
      process.exit(0)
    })
  }
} catch (error) {
  fail(error)
}
