import { Health } from './core/health.ts'
import type { Log } from './core/log.ts'
import { type Metrics, NO_METRICS } from './core/metrics/metrics.ts'
import type { HttpAddress } from './http-address.ts'

/** What runs until it is stopped. */
interface Stoppable {
  stop(onStep?: (step: string) => void): Promise<boolean>
}

/** Where those who watch Custos from outside look. */
export interface Observers {
  readonly health: Health
  readonly metrics: Metrics
}

interface Deps {
  readonly log: Log
  /** Aborts when Custos is to stop. */
  readonly stopped: AbortSignal
}

/**
 * Serves health and metrics while Custos starts and runs. They are there before the archive can be reached, and end first,
 * so that they delay no stop.
 * @param address undefined to serve nothing
 * @param start starts Custos; gives undefined when it was stopped meanwhile
 * @throws OperatorError when nothing can be served at the address
 */
export async function withObservers(
  address: HttpAddress | undefined,
  { log, stopped }: Deps,
  start: (observers: Observers) => Promise<Stoppable | undefined>,
): Promise<Stoppable | undefined> {
  const health = new Health()
  health.set('archive', () => ['The archive is not open yet.'])
  health.set('gateway', () => ['Custos is not connected to Discord yet.'])
  if (!address) return start({ health, metrics: NO_METRICS })
  // Without an address, Custos needs less memory if this is not loaded.
  const { openServer } = await import('./server/open-server.ts')
  const { metrics, close } = await openServer(address, { health, log })
  stopped.addEventListener('abort', close, { once: true })
  let running: Stoppable | undefined
  try {
    running = await start({ health, metrics })
  } finally {
    if (!running) close()
  }
  return (
    running && {
      stop: (onStep) => {
        close()
        return running.stop(onStep)
      },
    }
  )
}
