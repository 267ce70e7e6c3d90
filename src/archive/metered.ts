import type { Archive, ArchiveUpdate } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import { ArchiveUnavailable } from '../core/errors.ts'
import { type Metrics, NO_METRICS } from '../core/metrics/metrics.ts'
import { timeOf } from '../core/snowflake.ts'

interface Deps {
  readonly metrics: Metrics
  /** Discord's clock, by which entries are dated. */
  readonly clock: Pick<Clock, 'now' | 'elapsed'>
}

/**
 * The same archive, whose operations are timed, and whose failures are counted.
 * @param signal aborts when nobody waits for what is read any more: what fails then is no failure
 */
export function metered(archive: Archive, deps: Deps, signal?: AbortSignal): Archive {
  if (deps.metrics === NO_METRICS) return archive
  const within: Archive['within'] = (until, log) => metered(archive.within(until, log), deps, until)
  const record: Archive['record'] = async (updates, at) => {
    const arrivedIn = await archive.record(updates, at)
    timeEntries(updates, deps)
    return arrivedIn
  }
  return new Proxy(archive, {
    get(target, name) {
      if (name === 'within') return within
      const property: unknown = name === 'record' ? record : Reflect.get(target, name)
      if (!isFunction(property)) return property
      return (...parameters: unknown[]) => {
        const startedAt = deps.clock.elapsed()
        const result = Reflect.apply(property, target, parameters)
        // What is answered from memory takes no time.
        if (!(result instanceof Promise)) return result
        return timed(result, { ...deps, operation: String(name), startedAt, signal })
      }
    },
  })
}

interface Call extends Deps {
  readonly operation: string
  readonly startedAt: number
  readonly signal: AbortSignal | undefined
}

async function timed(
  result: Promise<unknown>,
  { metrics, clock, operation, startedAt, signal }: Call,
): Promise<unknown> {
  try {
    return await result
  } catch (error) {
    const reason = error instanceof ArchiveUnavailable ? error.reason : 'other'
    if (!signal?.aborted) metrics.count('custos_archive_failures_total', { operation, reason })
    throw error
  } finally {
    metrics.time('custos_archive_operation_seconds', { operation }, clock.elapsed() - startedAt)
  }
}

/** How long it took from each act until its entry was stored. What is read can be as old as the log. */
function timeEntries(updates: readonly ArchiveUpdate[], { metrics, clock }: Deps): void {
  const now = clock.now()
  for (const { entries, from } of updates) {
    if (from !== 'gateway') continue
    for (const { id } of entries) metrics.time('custos_entry_delay_seconds', {}, now - timeOf(id))
  }
}

function isFunction(value: unknown): value is (...parameters: unknown[]) => unknown {
  return typeof value === 'function'
}
