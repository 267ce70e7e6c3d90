import { type Logger, pino } from 'pino'
import { prettyFactory } from 'pino-pretty'
import type { LogLevel } from '../config.ts'
import { MINUTE } from '../core/time/units.ts'
import { hostClock } from './host-clock.ts'
import { LineLimit } from './line-limit.ts'
import type { Output } from './output.ts'
import { describeError, withoutSecrets } from './redact.ts'

/** How many lines with the same message are written in a minute, from `info` on. */
const MOST_LINES = 20

/** The levels whose lines are limited. The end of the process is always logged. */
const LIMITED = ['info', 'warn', 'error'] as const

interface Options {
  readonly level: LogLevel
  /** What no line shows. */
  readonly secrets: readonly string[]
  readonly pretty: boolean
}

/**
 * A log of JSON lines, or of readable text, that never shows a secret. Lines that could not be written are counted, and
 * reported when writing works again. Of the lines that repeat a message, those beyond a number a minute are at `debug`.
 */
export function createLog({ level, secrets, pretty }: Options, output: Output): Logger {
  const format = pretty ? prettyFactory({}) : (line: string) => line
  let lost = 0
  const limits = new Map(
    LIMITED.map((name) => [
      pino.levels.values[name],
      new LineLimit({
        most: MOST_LINES,
        inAMinute: (run) => void setTimeout(run, MINUTE).unref(),
        onLeftOut: (message, lines) =>
          log[name]({ message, lines }, 'Lines with the same message were left out.'),
      }),
    ]),
  )
  const log = pino(
    {
      level,
      serializers: { err: describeError },
      timestamp: () => `,"time":${hostClock.now()}`,
      hooks: {
        logMethod(line, write, level) {
          const isWritten = limits.get(level)?.admits(String(line[1])) !== false
          if (isWritten || (level === pino.levels.values.error && isAboutRequest(this)))
            write.apply(this, line)
          else this.debug(...line)
        },
      },
    },
    {
      write(line) {
        if (!output.write(format(withoutSecrets(line, secrets)))) {
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

/** Whether the lines of a log are about one request: a member may send the operator the id of one that failed. */
function isAboutRequest(log: Logger): boolean {
  return 'request' in log.bindings()
}
