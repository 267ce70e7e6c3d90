import type { Archive } from '../../core/archive.ts'
import { backoff } from '../../core/backoff.ts'
import type { Clock } from '../../core/clock.ts'
import { ArchiveUnavailable } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import type { Metrics } from '../../core/metrics/metrics.ts'
import type { Fence } from '../../core/sharding/leases.ts'
import { SECOND } from '../../core/time/units.ts'
import type { ArchiveAddress } from '../address.ts'
import { openArchive } from './open.ts'

/** The longest wait between two tries, in milliseconds. */
const LONGEST_WAIT = 10 * SECOND

interface Deps {
  readonly clock: Pick<Clock, 'sleep'>
  readonly log: Log
  readonly metrics: Metrics
  /** Called each time the server cannot be reached. */
  readonly onUnreachable: () => void
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** Keeps the process from writing while it holds no block of shards; by default it may always. */
  readonly fence?: Fence | undefined
  readonly open?: typeof openArchive
}

/**
 * Opens an archive, however long its server cannot be reached: both may have been started at the same time.
 * @returns undefined when the signal aborts first
 * @throws OperatorError when the archive cannot be used
 */
export async function openWhenReachable(
  address: ArchiveAddress,
  { clock, log, metrics, onUnreachable, signal, fence, open = openArchive }: Deps,
): Promise<Archive | undefined> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      const archive = await open(address, log, fence, metrics)
      if (failures > 0) log.info({}, 'The archive can be reached.')
      return archive
    } catch (error) {
      if (!(error instanceof ArchiveUnavailable)) throw error
      onUnreachable()
      const wait = backoff(++failures, { longest: LONGEST_WAIT })
      log.warn(
        { archive: String(address), reason: error.message, retryInSeconds: wait / SECOND },
        'The archive cannot be reached; trying again.',
      )
      await clock.sleep(wait, signal).catch(() => {})
    }
  }
  return undefined
}
