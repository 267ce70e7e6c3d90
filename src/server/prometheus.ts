import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { messageOf } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { COUNTERS, GAUGES, TIMES } from '../core/metrics/metric-definitions.ts'
import type { Metrics, Reading } from '../core/metrics/metrics.ts'
import { SECOND } from '../core/time/units.ts'

/** How long a scrape waits for a value, in milliseconds. Prometheus waits ten seconds for all of them. */
const PATIENCE = 2 * SECOND

type AnyReadings = readonly Reading<Readonly<Record<string, string>>>[]

/** The metrics of this process, in the format that Prometheus scrapes. */
export class PrometheusMetrics implements Metrics {
  readonly #registry = new Registry()
  readonly #counters = new Map<string, Counter>()
  readonly #times = new Map<string, Histogram>()
  readonly #reads = new Map<string, () => AnyReadings | Promise<AnyReadings>>()
  readonly #log: Log
  /** The scrape under way: those who ask meanwhile share it. */
  #scrape: Promise<string> | undefined

  constructor(log: Log) {
    this.#log = log
    const registers = [this.#registry]
    collectDefaultMetrics({ register: this.#registry })
    for (const [name, { help, labels }] of Object.entries(COUNTERS))
      this.#counters.set(name, new Counter({ name, help, labelNames: [...labels], registers }))
    for (const [name, { help, labels, buckets }] of Object.entries(TIMES))
      this.#times.set(
        name,
        new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers }),
      )
    for (const [name, { help, labels }] of Object.entries(GAUGES)) {
      const readings = () => this.#readingsOf(name)
      new Gauge({
        name,
        help,
        labelNames: [...labels],
        registers,
        async collect() {
          setAll(this, await readings())
        },
      })
    }
  }

  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE

  readonly count: Metrics['count'] = (name, labels, by = 1) => {
    if (by > 0) this.#counters.get(name)?.inc(labels, by)
  }

  readonly time: Metrics['time'] = (name, labels, milliseconds) => {
    this.#times.get(name)?.observe(labels, Math.max(0, milliseconds) / SECOND)
  }

  readonly read: Metrics['read'] = (name, read) => {
    this.#reads.set(name, read)
  }

  /** All metrics as text. */
  text(): Promise<string> {
    this.#scrape ??= this.#registry.metrics().finally(() => {
      this.#scrape = undefined
    })
    return this.#scrape
  }

  /** What a gauge has now; nothing if that cannot be read. */
  async #readingsOf(name: string): Promise<AnyReadings> {
    const timeout = Promise.withResolvers<AnyReadings>()
    const timer = setTimeout(() => timeout.resolve([]), PATIENCE)
    try {
      return (await Promise.race([this.#reads.get(name)?.(), timeout.promise])) ?? []
    } catch (error) {
      this.#log.debug({ metric: name, reason: messageOf(error) }, 'A metric could not be read.')
      return []
    } finally {
      clearTimeout(timer)
    }
  }
}

function setAll(gauge: Gauge, readings: AnyReadings): void {
  gauge.reset()
  // A gauge without labels would be 0.
  gauge.remove({})
  for (const { labels, value } of readings) gauge.set({ ...labels }, value)
}
