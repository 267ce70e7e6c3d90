import { expect, test } from 'vitest'
import { PrometheusMetrics } from '../../src/server/prometheus.ts'
import { RecordedLog } from '../support/recorded-log.ts'

/** The lines of a metric, without comments. */
async function linesOf(metrics: PrometheusMetrics, name: string): Promise<string[]> {
  return (await metrics.text()).split('\n').filter((line) => line.startsWith(name))
}

test('what is counted adds up, by its labels', async () => {
  const metrics = new PrometheusMetrics(new RecordedLog())
  metrics.count('custos_entries_kept_total', { source: 'rest' }, 3)
  metrics.count('custos_entries_kept_total', { source: 'rest' })
  metrics.count('custos_entries_kept_total', { source: 'gateway' }, 0)
  expect(await linesOf(metrics, 'custos_entries_kept_total')).toEqual([
    'custos_entries_kept_total{source="rest"} 4',
  ])
})

test('durations are in seconds, and none is below zero, as after a clock was corrected', async () => {
  const metrics = new PrometheusMetrics(new RecordedLog())
  for (const milliseconds of [1500, -200]) metrics.time('custos_entry_delay_seconds', {}, milliseconds)
  const lines = await linesOf(metrics, 'custos_entry_delay_seconds')
  expect(lines).toContain('custos_entry_delay_seconds_sum 1.5')
  expect(lines).toContain('custos_entry_delay_seconds_bucket{le="1"} 1')
  expect(lines).toContain('custos_entry_delay_seconds_bucket{le="2"} 2')
})

test('a gauge is read when somebody looks, and has no value before it can be read', async () => {
  const metrics = new PrometheusMetrics(new RecordedLog())
  expect(await linesOf(metrics, 'custos_held_events ')).toEqual([])
  let value = 1
  metrics.read('custos_held_events', () => [{ labels: {}, value: value++ }])
  expect(await linesOf(metrics, 'custos_held_events ')).toEqual(['custos_held_events 1'])
  expect(await linesOf(metrics, 'custos_held_events ')).toEqual(['custos_held_events 2'])
})

test('what a gauge no longer has is gone', async () => {
  const metrics = new PrometheusMetrics(new RecordedLog())
  let states = ['idle', 'ready']
  metrics.read('custos_shards', () => states.map((state) => ({ labels: { state }, value: 1 })))
  expect(await linesOf(metrics, 'custos_shards')).toHaveLength(2)
  states = ['ready']
  expect(await linesOf(metrics, 'custos_shards')).toEqual(['custos_shards{state="ready"} 1'])
})

test('a gauge that cannot be read, or takes too long, keeps nobody from the others', async () => {
  const log = new RecordedLog()
  const metrics = new PrometheusMetrics(log)
  metrics.read('custos_archive_size_bytes', () => Promise.reject(new Error('It is down.')))
  metrics.read('custos_servers_with_holes', () => new Promise(() => {}))
  metrics.read('custos_held_events', () => [{ labels: {}, value: 5 }])
  const text = await metrics.text()
  expect(text).toContain('custos_held_events 5')
  expect(text).not.toMatch(/^custos_(?:archive_size_bytes|servers_with_holes) /m)
  expect(log.lines).toEqual([
    {
      level: 'debug',
      facts: { metric: 'custos_archive_size_bytes', reason: 'It is down.' },
      message: 'A metric could not be read.',
    },
  ])
})

test('those who look at the same time share what is read', async () => {
  const metrics = new PrometheusMetrics(new RecordedLog())
  let reads = 0
  metrics.read('custos_held_events', async () => [{ labels: {}, value: ++reads }])
  const texts = await Promise.all(Array.from({ length: 10 }, () => metrics.text()))
  expect(new Set(texts).size).toBe(1)
  expect(reads).toBe(1)
})
