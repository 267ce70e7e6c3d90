import type { Log } from '../core/log.ts'
import type { Running } from '../start.ts'

/** How long a stop may take, in milliseconds. The operator is promised five seconds. */
const STOP_TIMEOUT = 4200

/**
 * Stops Custos while it runs or starts. If that takes too long, it logs what was waited for and ends the process with 0.
 * What the archive has confirmed is safe then, as after a power failure.
 */
export async function stopInTime(
  starting: Promise<Running | undefined>,
  log: Log,
  timeout: number = STOP_TIMEOUT,
): Promise<void> {
  let step = 'the start'
  const leave = () => {
    log.warn({ step }, 'Stopping took too long. Confirmed writes are safe.')
    exitAtOnce()
  }
  const timer = setTimeout(leave, timeout)
  try {
    const running = await starting
    const hasEnded = await running?.stop((next) => {
      step = next
    })
    if (hasEnded === false) leave()
  } catch (error) {
    log.error({ err: error, step }, 'Stopping failed.')
  }
  clearTimeout(timer)
}

/**
 * Ends the process even while a thread is running a statement of SQLite. `process.exit` waits for threads, which can take
 * as long as the statement; replacing the process by another program does not. SQLite rolls back what it had not confirmed
 * when the archive is opened again, as after a power failure.
 */
function exitAtOnce(): never {
  process.execve?.(process.execPath, [process.execPath, '--eval', '0'], {})
  process.exit(0)
}
