import { expect, test } from 'vitest'
import { Gate } from '../../../src/core/sharding/gate.ts'
import { SharedIdentifyThrottler } from '../../../src/discord/connection/shared-identify-throttler.ts'
import { FakeLeases } from '../../support/fake-leases.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

function openThrottler(maxConcurrency: number) {
  const [clock, log, gate, leases] = [new ManualClock(), new RecordedLog(), new Gate(), new FakeLeases()]
  const reserveIdentify = (bucket: number) => leases.reserveIdentify(bucket)
  const throttler = new SharedIdentifyThrottler(maxConcurrency, { reserveIdentify, gate, clock, log })
  return { clock, log, gate, leases, throttler }
}

const never = new AbortController().signal

test('a shard identifies once that is reserved for its remainder', async () => {
  const { leases, throttler } = openThrottler(16)
  await throttler.waitForIdentify(35, never)
  expect(leases.calls).toEqual(['identify 3'])
})

test('a shard waits as long as it is told, and then asks again', async () => {
  const { clock, leases, throttler } = openThrottler(1)
  leases.waits = [5500, 200, 0]
  const waited = throttler.waitForIdentify(0, never)
  await clock.sleepThrough(5500)
  await clock.sleepThrough(200)
  await waited
  expect(leases.calls).toHaveLength(3)
})

test('one of the shards with the same remainder asks at a time, and others need not wait for it', async () => {
  const { clock, leases, throttler } = openThrottler(2)
  leases.waits = [5500, 0]
  const asleep = clock.slept(5500)
  const waited = [throttler.waitForIdentify(0, never), throttler.waitForIdentify(2, never)]
  await asleep
  await throttler.waitForIdentify(1, never)
  expect(leases.calls).toEqual(['identify 0', 'identify 1'])
  clock.advance(5500)
  await Promise.all(waited)
  expect(leases.calls).toEqual(['identify 0', 'identify 1', 'identify 0', 'identify 0'])
})

test('a shard whose connection is closed while it waits does not identify, and keeps no other waiting', async () => {
  const { clock, leases, throttler } = openThrottler(1)
  leases.waits = [5500, 0]
  const closed = new AbortController()
  const asleep = clock.slept(5500)
  const waited = throttler.waitForIdentify(0, closed.signal)
  const next = throttler.waitForIdentify(1, never)
  await asleep
  closed.abort()
  await expect(waited).rejects.toBe(closed.signal.reason)
  await next
  expect(leases.calls).toHaveLength(2)
})

test('while the database cannot be reached, a shard waits', async () => {
  const { clock, leases, log, throttler } = openThrottler(1)
  leases.waits = [new Error('The server is down.'), 0]
  const waited = throttler.waitForIdentify(0, never)
  await clock.sleepThrough(1000)
  await waited
  expect(log.times('Reserving a login of a shard failed; trying again.')).toBe(1)
})

test('while the shards may not be connected, none identifies', async () => {
  const { gate, leases, throttler } = openThrottler(1)
  gate.close()
  const waited = throttler.waitForIdentify(0, never)
  await new Promise(setImmediate)
  expect(leases.calls).toEqual([])
  gate.open()
  await waited
  expect(leases.calls).toEqual(['identify 0'])
})

test('a reservation whose answer took too long is not used', async () => {
  const { clock, leases, throttler } = openThrottler(1)
  const late = Promise.withResolvers<number>()
  const answers = [late.promise, Promise.resolve(0)]
  leases.reserveIdentify = async (bucket) => {
    leases.calls.push(`identify ${bucket}`)
    return answers.shift() ?? 0
  }
  const waited = throttler.waitForIdentify(0, never)
  await new Promise(setImmediate)
  clock.advance(501)
  late.resolve(0)
  await waited
  expect(leases.calls).toHaveLength(2)
})
