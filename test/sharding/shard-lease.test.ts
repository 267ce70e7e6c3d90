import { setImmediate as nextTick } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { Gate } from '../../src/core/sharding/gate.ts'
import { LEASE_TIMES } from '../../src/sharding/lease-times.ts'
import { ShardLease } from '../../src/sharding/shard-lease.ts'
import { FakeLeases } from '../support/fake-leases.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { RecordedLog } from '../support/recorded-log.ts'

const { lease: DURATION, margin, renewal, retry } = LEASE_TIMES
const VALIDITY = DURATION - margin

function openLease() {
  const [clock, log, gate, leases, stopping] = [
    new ManualClock(),
    new RecordedLog(),
    new Gate(),
    new FakeLeases(),
    new AbortController(),
  ]
  onTestFinished(() => stopping.abort())
  let lost = 0
  const { signal } = stopping
  const deps = { leases, times: LEASE_TIMES, clock, log, signal, gate, onLost: () => void lost++ }
  const lease = new ShardLease(deps, clock.elapsed())
  const ended = lease.keep()
  /** Lets a pause pass, and what follows it happen. */
  const pass = async (milliseconds: number) => {
    clock.advance(milliseconds)
    await nextTick()
  }
  return { clock, log, gate, leases, stopping, lease, ended, pass, lost: () => lost }
}

test('a lease that is renewed stays valid', async () => {
  const { gate, lease, pass, log } = openLease()
  for (let renewals = 0; renewals < 20; renewals++) {
    await pass(renewal)
    expect(lease.validFor).toBe(VALIDITY)
  }
  expect(gate.isOpen).toBe(true)
  expect(log.lines).toEqual([])
})

test('a lease that cannot be renewed in time closes the gate, and the next renewal opens it', async () => {
  const { gate, leases, lease, pass, log, lost } = openLease()
  leases.renewal = new Error('The server is down.')
  await pass(renewal)
  for (let passed = renewal; passed < VALIDITY; passed += retry) {
    expect(gate.isOpen).toBe(true)
    await pass(retry)
  }
  expect(gate.isOpen).toBe(false)
  expect(lease.validFor).toBe(0)
  leases.renewal = true
  await pass(retry)
  expect(gate.isOpen).toBe(true)
  expect(lease.validFor).toBe(VALIDITY)
  expect(lost()).toBe(0)
  expect(log.lines.map(({ message }) => message)).toEqual([
    'Renewing the lease on the shards failed; trying again.',
    expect.stringContaining('could not be renewed in time'),
    'The lease on the shards is renewed. Connecting to Discord again.',
  ])
})

test('a lease counts from before its renewal, however long the answer takes', async () => {
  const { leases, lease, pass } = openLease()
  const answer = Promise.withResolvers<boolean>()
  leases.renewal = answer.promise
  await pass(renewal)
  await pass(10_000)
  answer.resolve(true)
  await pass(0)
  expect(lease.validFor).toBe(VALIDITY - 10_000)
})

test('an answer that comes after the lease may have been taken does not open the gate', async () => {
  const { gate, leases, pass } = openLease()
  const answer = Promise.withResolvers<boolean>()
  leases.renewal = answer.promise
  await pass(renewal)
  await pass(DURATION)
  expect(gate.isOpen).toBe(false)
  answer.resolve(true)
  await pass(0)
  expect(gate.isOpen).toBe(false)
  leases.renewal = true
  await pass(renewal)
  expect(gate.isOpen).toBe(true)
})

test('a process that was paused closes the gate as soon as it wakes up', async () => {
  const { gate, leases, pass } = openLease()
  leases.renewal = new Promise(() => {})
  await pass(10 * DURATION)
  expect(gate.isOpen).toBe(false)
})

test('a lease that another process took is reported once, and not renewed again', async () => {
  const { leases, pass, lost } = openLease()
  leases.renewal = false
  for (let renewals = 0; renewals < 3; renewals++) await pass(renewal)
  expect(lost()).toBe(1)
  expect(leases.calls).toEqual(['renew'])
})

test('a lease is no longer renewed once Custos stops', async () => {
  const { stopping, ended, leases } = openLease()
  stopping.abort()
  await ended
  expect(leases.calls).toEqual([])
})
