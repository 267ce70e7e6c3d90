import type { Log } from '../core/log.ts'
import type { Running } from '../start.ts'
import { leaveAtOnce } from './leave.ts'

/** How long stopping takes at most, in milliseconds: the operator is promised five seconds. */
const LONGEST_STOP = 4200

/**
 * Stops what runs or is still starting. If that takes too long, the log says what for, and the process ends with 0 all
 * the same: what the archive has confirmed is safe, as it is from a loss of power.
 * @param longest how long it may take, in milliseconds
 */
export async function stopInTime(
  starting: Promise<Running>,
  log: Log,
  longest: number = LONGEST_STOP,
): Promise<void> {
  let step = 'the start'
  const leave = () => {
    log.warn({ step }, 'Custos ends before everything is finished. What was confirmed is safe.')
    leaveAtOnce()
  }
  const limit = setTimeout(leave, longest)
  try {
    const running = await starting
    const isOver = await running.stop((next) => {
      step = next
    })
    if (!isOver) leave()
  } catch (error) {
    log.error({ err: error, step }, 'Custos could not stop in order.')
  }
  clearTimeout(limit)
}
