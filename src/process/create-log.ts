import { type Logger, pino } from 'pino'
import { prettyFactory } from 'pino-pretty'
import type { LogLevel } from '../config.ts'
import { hostClock } from './host-clock.ts'
import type { Output } from './output.ts'
import { describeError, withoutSecrets } from './redact.ts'

/**
 * A log of JSON lines, or of text for a person at a terminal, that shows no token. Lines that could not be written are
 * counted, and said once there is room again.
 */
export function createLog(
  options: { level: LogLevel; token: string; pretty: boolean },
  output: Output,
): Logger {
  const format = options.pretty ? prettyFactory({}) : (line: string) => line
  let lost = 0
  const log = pino(
    {
      level: options.level,
      serializers: { err: describeError },
      timestamp: () => `,"time":${hostClock.now()}`,
    },
    {
      write(line) {
        if (!output.write(format(withoutSecrets(line, options.token)))) {
          lost++
          return
        }
        if (lost === 0) return
        const lines = lost
        lost = 0
        log.warn({ lines }, 'Lines of the log could not be written.')
      },
    },
  )
  return log
}
