import { SILENT } from '../../src/core/log.ts'
import { type Metrics, NO_METRICS } from '../../src/core/metrics/metrics.ts'
import { GatewayEvents } from '../../src/discord/gateway/gateway-events.ts'
import { PrometheusMetrics } from '../../src/server/prometheus.ts'

/** `node test/bench/metrics.ts`: what counting and timing costs for each event, in nanoseconds, over a million of them. */
const CALLS = 1_000_000

function measure(what: string, call: (index: number) => void): void {
  const run = () => {
    for (let index = 0; index < CALLS; index++) call(index)
  }
  // Compiled first.
  run()
  const startedAt = performance.now()
  run()
  const nanoseconds = ((performance.now() - startedAt) * 1e6) / CALLS
  process.stdout.write(`${what.padEnd(48)}${nanoseconds.toFixed(0).padStart(8)} ns\n`)
}

function measureAll(name: string, metrics: Metrics): void {
  const events = new GatewayEvents(SILENT, metrics)
  const shard = { index: 0, count: 1 }
  measure(`${name}: an event that is not used`, () => events.dispatch('TYPING_START', {}, shard))
  measure(`${name}: counting an event`, () =>
    metrics.count('custos_gateway_events_total', { event: 'GUILD_AUDIT_LOG_ENTRY_CREATE' }),
  )
  measure(`${name}: timing an entry`, (index) => metrics.time('custos_entry_delay_seconds', {}, index % 3000))
  measure(`${name}: timing an operation`, (index) =>
    metrics.time('custos_archive_operation_seconds', { operation: 'record' }, index % 3000),
  )
}

measureAll('without', NO_METRICS)
const metrics = new PrometheusMetrics(SILENT)
measureAll('with', metrics)
const SCRAPES = 50
const startedAt = performance.now()
for (let count = 0; count < SCRAPES; count++) await metrics.text()
const milliseconds = (performance.now() - startedAt) / SCRAPES
process.stdout.write(`${'a scrape'.padEnd(48)}${milliseconds.toFixed(1).padStart(8)} ms\n`)
