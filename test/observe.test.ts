import { expect, test } from 'vitest'
import { Health } from '../src/core/health.ts'
import type { ShardingStatus } from '../src/core/sharding/sharding-status.ts'
import { observeSharding } from '../src/observe.ts'
import { PrometheusMetrics } from '../src/server/prometheus.ts'
import { RecordedLog } from './support/recorded-log.ts'

/** The values of the metrics about several processes, and whether the process is ready, by its status. */
async function seen(status: ShardingStatus) {
  const health = new Health()
  const metrics = new PrometheusMetrics(new RecordedLog())
  observeSharding({ status }, { health, metrics })
  const text = await metrics.text()
  const lines = text.match(/^custos_(?:standby|shard_block|lease_valid_seconds) .*$/gm)
  return { lines, readiness: await health.readiness() }
}

test('the only process has no block and no lease', async () => {
  const { lines, readiness } = await seen({ type: 'alone' })
  expect(lines).toEqual(['custos_standby 0'])
  expect(readiness).toEqual({ type: 'ready' })
})

test('a process without a block stands by, which is no problem', async () => {
  const { lines, readiness } = await seen({ type: 'standing by', canClaim: true })
  expect(lines).toEqual(['custos_standby 1'])
  expect(readiness).toEqual({ type: 'standing by' })
})

test('a process that stands by and cannot reach the archive is not ready, since it could not take over', async () => {
  const { lines, readiness } = await seen({ type: 'standing by', canClaim: false })
  expect(lines).toEqual(['custos_standby 1'])
  expect(readiness).toEqual({
    type: 'not ready',
    problems: ['No shards can be claimed: the archive does not answer.'],
  })
})

test('a process with a block shows it, and for how long its lease is valid', async () => {
  const { lines, readiness } = await seen({
    type: 'serving',
    block: 2,
    ids: [4, 5],
    count: 8,
    validFor: 21_500,
  })
  expect(lines).toEqual(['custos_standby 0', 'custos_shard_block 2', 'custos_lease_valid_seconds 21.5'])
  expect(readiness).toEqual({ type: 'ready' })
})

test('a process whose lease could not be renewed is not ready', async () => {
  const { lines, readiness } = await seen({ type: 'serving', block: 0, ids: [0], count: 2, validFor: 0 })
  expect(lines).toContain('custos_lease_valid_seconds 0')
  expect(readiness).toEqual({
    type: 'not ready',
    problems: ['The lease on the shards could not be renewed.'],
  })
})
