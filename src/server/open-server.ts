import type { Health, Readiness } from '../core/health.ts'
import type { Log } from '../core/log.ts'
import type { Metrics } from '../core/metrics/metrics.ts'
import { type Page, serve } from './http-server.ts'
import { PrometheusMetrics } from './prometheus.ts'

interface Deps {
  readonly health: Health
  readonly log: Log
}

/** What shows Custos from outside. */
interface OpenServer {
  readonly metrics: Metrics
  /** Stops serving at once. */
  close(): void
}

/**
 * Serves whether Custos lives and is ready, and its metrics.
 * @throws OperatorError when nothing can listen at the address
 */
export async function openServer(
  address: { readonly host: string; readonly port: number },
  { health, log }: Deps,
): Promise<OpenServer> {
  const metrics = new PrometheusMetrics(log)
  const pages = {
    '/livez': () => ({ status: 200, text: 'alive' }),
    '/readyz': async () => toPage(await health.readiness()),
    '/metrics': async () => ({
      status: 200,
      text: await metrics.text(),
      contentType: metrics.contentType,
    }),
  }
  const { url, close } = await serve(address, pages, log)
  metrics.read('custos_ready', async () => {
    const { type } = await health.readiness()
    return [{ labels: {}, value: type === 'not ready' ? 0 : 1 }]
  })
  log.info({ url }, 'Serving health and metrics.')
  return { metrics, close }
}

function toPage(readiness: Readiness): Page {
  if (readiness.type === 'not ready') return { status: 503, text: readiness.problems.join('\n') }
  return { status: 200, text: readiness.type }
}
