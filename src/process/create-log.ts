import { type Logger, pino } from 'pino'
import { prettyFactory } from 'pino-pretty'
import type { LogLevel } from '../config.ts'
import { hostClock } from './host-clock.ts'
import type { Output } from './output.ts'
import { describeError, withoutSecrets } from './redact.ts'

/**
 * A log of JSON lines, or of readable text, that never shows a token. Lines that could not be written are counted, and
 * reported when writing works again.
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
        log.warn({ lines }, 'Log lines were lost.')
      },
    },
  )
  return log
}
